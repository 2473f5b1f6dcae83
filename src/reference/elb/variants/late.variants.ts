/** Lawful differences in when a write is seen: no page says that every read shows it at once. */

import { readingLate } from '../../late-reads.ts'
import type { Change, Variant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import type { ElbStore } from '../store.ts'

/** Of 0.3 to 2 s, one part in two hundred, as with every time of the reference. */
const milliseconds = [2, 5, 10]

/** A server where some reads follow its writes late. */
export function readingLateIf(isLate: (call: Call) => boolean): Change<ElbStore> {
  return readingLate({
    isRead: ({ method }) => method === 'GET',
    isLate,
    copied: ({ settleMilliseconds, tokens, tokenMilliseconds, ...objects }) => ({
      ...structuredClone(objects),
      settleMilliseconds,
      tokens,
      tokenMilliseconds,
    }),
    milliseconds,
  })
}

const kinds: readonly (readonly [id: string, path: RegExp])[] = [
  ['pools-are-shown-late', /\/pools\/[^/]+$/],
  ['members-are-shown-late', /\/members(\/|$)/],
  ['status-trees-are-late', /\/statuses$/],
  ['lists-are-late', /\/lbaas\/\w+$/],
]

export const elbLateVariants: readonly Variant<ElbStore>[] = kinds.map(([id, pattern]) => ({
  id,
  allowedBy: 'No page says that a read shows a write at once, or that all reads do so together.',
  takesLong: true,
  change: readingLateIf(({ path }) => pattern.test(path)),
}))
