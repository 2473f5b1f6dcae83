/** Lawful differences in the form of ids: the pages type them as texts, and only their examples are UUIDs. */

import { performing, type Change, type Variant } from '../../mutant.ts'
import type { Given } from '../body.ts'
import { createMember, createPool } from '../changes.ts'
import { existing, listenersOf, type ElbStore } from '../store.ts'

const allowedBy = 'Ids are typed String, without a length or a format; only examples show UUIDs.'

const long = (old: string) =>
  `1.Reference.eu-1.${old.replaceAll('-', '_').toUpperCase()}${'z'.repeat(180)}`

/** All that can be in a segment of a path without being encoded, but for what some would take for two segments. */
const punctuated = (old: string) => `~eu-1:${old.replaceAll('-', '.')}@=+_`

/** Gives a new object another id, and that id to what refers to the object. */
function renaming<Kind extends object>(
  on: string,
  wrapper: string,
  objectsOf: (store: ElbStore) => Map<string, Kind>,
  form: (old: string) => string,
): Change<ElbStore> {
  return performing(on, (call, store, original) => {
    const answer = original(call)
    const shown = (answer.body as Readonly<Record<string, Given>>)[wrapper]
    const old = String(shown?.['id'])
    const id = `${wrapper}${form(old)}`
    const objects = objectsOf(store)
    objects.set(id, { ...existing(objects, old), id })
    objects.delete(old)
    for (const listener of listenersOf(store, old)) listener.default_pool_id = id
    return { ...answer, body: { [wrapper]: { ...shown, id } } }
  })
}

export const idVariants: readonly Variant<ElbStore>[] = [
  {
    id: 'pool-ids-are-long',
    allowedBy,
    change: renaming(createPool, 'pool', ({ pools }) => pools, long),
  },
  {
    id: 'pool-ids-have-punctuation',
    allowedBy,
    change: renaming(createPool, 'pool', ({ pools }) => pools, punctuated),
  },
  {
    id: 'member-ids-are-long',
    allowedBy,
    change: renaming(createMember, 'member', ({ members }) => members, long),
  },
  {
    id: 'member-ids-have-punctuation',
    allowedBy,
    change: renaming(createMember, 'member', ({ members }) => members, punctuated),
  },
]
