/** What answers break, whichever check they came in: it fails the requirement, and not the check that met it. */

import type { Outcome } from './check.ts'

/**
 * The outcomes, with a failure for each requirement that an answer of any check breaks.
 *
 * @param outcomes - By the id of the requirement, or by a target's name, a space and the id.
 */
export function withBrokenAnswers(
  outcomes: ReadonlyMap<string, Outcome>,
): ReadonlyMap<string, Outcome> {
  const judged = new Map(outcomes)
  for (const [key, { broken = [], exchanges, milliseconds }] of outcomes) {
    for (const { requirement, message } of broken) {
      const its = key.slice(0, key.lastIndexOf(' ') + 1) + requirement
      const own = judged.get(its)
      if (own?.thrown?.family === 'broken') continue
      const thrown = { family: 'broken', message } as const
      const {
        reading: _none,
        circumstances,
        drawn,
        ...rest
      } = own ?? { leftovers: [], milliseconds }
      // Those of another check say nothing about this answer.
      const isOwn = its === key
      const under = isOwn && circumstances ? { circumstances } : {}
      const by = isOwn && drawn ? { drawn } : {}
      judged.set(its, { ...rest, ...under, ...by, thrown, exchanges })
    }
  }
  return judged
}
