/** Which journals are of no more use: all that they name was seen to be gone. */

import type { ReadJournal } from '../session/journal-file.ts'
import { notRemovedIn } from '../session/journal.ts'
import { runIdIn } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import { believedOf } from './believed.ts'
import type { Rounds } from './rounds.ts'
import type { TargetObject } from './target-object.ts'

/** @param doubtful - What may have come of creations without an answer: it keeps every journal that has one. */
export function clearedOf(
  journals: readonly ReadJournal[],
  { left, notOurs, listing }: Rounds,
  doubtful: readonly TargetObject[],
  { ownership: { objects }, target }: Session,
): ReadJournal[] {
  if (listing.unread.length > 0) return []
  return journals.filter((journal) => {
    const named = notRemovedIn(journal.entries)
    const keys = new Set(named.map(({ key }) => key))
    const isItsOwn = ({ key, name }: TargetObject) =>
      keys.has(key) || runIdIn(name) === journal.heading.run
    const isDoubted = believedOf(journal, objects, target).doubted.length > 0
    const mayBeLeft = keys.has(undefined) && doubtful.length > 0
    if (isDoubted || mayBeLeft || journal.odd.length > 0) return false
    return ![...left, ...notOurs].some((one) => isItsOwn(one))
  })
}
