/** Creations whose answer nobody read: what came of them has no key in a journal, and often no name of a run. */

import { isSameName } from '../session/claim.ts'
import type { Unremoved } from '../session/journal.ts'
import type { TargetObject } from './target-object.ts'

/** What is listed as if it had come of them. */
export interface Unanswered {
  /** Looks for it in a new list. */
  see(objects: readonly TargetObject[], isOurs: (one: TargetObject) => boolean): void
  has(key: string): boolean
  /** What the last list shows that may have come of them, or may be somebody else's. */
  readonly doubtful: readonly (TargetObject & { readonly why: string })[]
}

/** Creations that asked for the same, and how many of them there are. */
interface Asked extends Unremoved {
  readonly times: number
}

/**
 * Takes for ours what is of the kind and the name that was asked for, with the fields that were asked for, in the
 * object of ours that it was asked for.
 *
 * Where there are more of them than creations without an answer, some are somebody else's, and which ones cannot be
 * told: then it takes none. In what is not ours, as in a load balancer that is lent, nothing can be told at all.
 *
 * @param noted - What journals say was asked for.
 * @param isKnown - Has an object a creation with an answer, by its key?
 */
export function unansweredIn(
  noted: readonly Unremoved[],
  isKnown: (key: string) => boolean,
): Unanswered {
  const groups = groupsOf(noted.filter(({ key }) => key === undefined))
  const found = new Map<string, Asked>()
  let doubtful: Unanswered['doubtful'] = []
  return {
    get doubtful() {
      return doubtful
    },
    has: (key) => found.has(key),
    see: (objects, isOurs) => {
      const ours = new Set(objects.filter((one) => isOurs(one)).map(({ key }) => key))
      const free = objects.filter(({ key }) => !ours.has(key) && !isKnown(key))
      for (const asked of groups) {
        const before = [...found.values()].filter((one) => one === asked).length
        const more = free.filter((one) => isExactly(one, asked) && !found.has(one.key))
        const isAtHome = asked.parent !== undefined && ours.has(asked.parent)
        if (!isAtHome || before + more.length > asked.times) continue
        for (const { key } of more) found.set(key, asked)
      }
      const left = free.filter((one) => !found.has(one.key))
      doubtful = [
        ...left.filter((one) => groups.some((asked) => mayBe(one, asked))).map(doubted),
        ...unlisted(groups, objects, ours),
      ]
    },
  }
}

const doubted = (one: TargetObject) => ({ ...one, why: untold })

const untold =
  'it may have come of a creation whose answer never came, or be somebody else’s, and nothing tells which'

function groupsOf(noted: readonly Unremoved[]): Asked[] {
  const groups = new Map<string, Asked>()
  for (const one of noted) {
    const place = JSON.stringify([one.kind, one.names[0] ?? '', one.parent, one.fields])
    groups.set(place, { ...one, times: (groups.get(place)?.times ?? 0) + 1 })
  }
  return [...groups.values()]
}

/** Without a name, only its fields tell it from what others have put there. */
function isExactly(
  one: TargetObject,
  { names: [name = ''], fields = [], ...asked }: Asked,
): boolean {
  if (one.kind !== asked.kind || !isSameName(one.name, name) || !isIn(one, asked.parent))
    return false
  return fields.every((field) => one.fields?.includes(field)) && (name !== '' || fields.length > 0)
}

/**
 * A target may give a name where none was asked for. What was asked for without a name and without a place has at
 * least the fields that were asked for, and no place of its own.
 */
function mayBe(one: TargetObject, { kind, names: [name], parent, fields = [] }: Asked): boolean {
  if (one.kind !== kind || !isIn(one, parent)) return false
  if (name !== undefined) return isSameName(one.name, name)
  if (parent !== undefined) return true
  return one.parent === undefined && fields.every((field) => one.fields?.includes(field) ?? true)
}

function isIn({ parent, others = [] }: TargetObject, asked: string | undefined): boolean {
  return asked === undefined || parent === asked || others.includes(asked)
}

/** Members are listed only in pools of ours; in another one that is there, they may be as well. */
function unlisted(
  groups: readonly Asked[],
  objects: readonly TargetObject[],
  ours: ReadonlySet<string>,
): Unanswered['doubtful'] {
  const isForeign = (parent = '') =>
    !ours.has(parent) && objects.some(({ key }) => key === parent && key.startsWith('/pools/'))
  return groups
    .filter(({ kind, parent }) => kind === 'members' && isForeign(parent))
    .map(({ kind, names: [name = ''], parent = '' }) => {
      const why = `no answer to its creation came, and ${parent} has no name of a run`
      return { kind, name, key: `${parent}/members`, id: `in ${parent}`, why }
    })
}
