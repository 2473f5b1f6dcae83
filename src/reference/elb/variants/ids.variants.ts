/** Lawful differences in the form of ids: the pages type them as texts, and only their examples are UUIDs. */

import { performing, type Change, type Variant } from '../../mutant.ts'
import type { Given } from '../body.ts'
import { createMember, createPool } from '../changes.ts'
import { existing, listenersOf, type ElbStore } from '../store.ts'

const allowedBy = 'Ids are typed String, without a length or a format; only examples show UUIDs.'

/** Gives a new object another id, and that id to what refers to the object. */
function renaming<Kind extends object>(
  on: string,
  wrapper: string,
  objectsOf: (store: ElbStore) => Map<string, Kind>,
): Change<ElbStore> {
  return performing(on, (call, store, original) => {
    const answer = original(call)
    const shown = (answer.body as Readonly<Record<string, Given>>)[wrapper]
    const old = String(shown?.['id'])
    const id = `${wrapper}1.Reference.eu-1.${old.replaceAll('-', '_').toUpperCase()}${'z'.repeat(40)}`
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
    change: renaming(createPool, 'pool', ({ pools }) => pools),
  },
  {
    id: 'member-ids-are-long',
    allowedBy,
    change: renaming(createMember, 'member', ({ members }) => members),
  },
]
