/** Lawful differences in when a write is seen: no page says that every look shows it at once. */

import { readingLate } from '../../late-reads.ts'
import type { Change, Variant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { onRefusal } from '../answer.ts'
import type { SlbStore } from '../store.ts'

/** Of 0.3 to 2 s that a look is late, one part in two hundred. */
const milliseconds = [2, 5, 10]

/** A server where some looks follow its writes late. */
export function readingLateIf(isLate: (call: Call) => boolean): Change<SlbStore> {
  return readingLate({
    isRead: ({ parameters }, on) =>
      on === onRefusal || (parameters['Action'] ?? '').startsWith('Describe'),
    isLate,
    copied: (store) => ({
      ...store,
      loadBalancers: structuredClone(store.loadBalancers),
      groups: structuredClone(store.groups),
    }),
    milliseconds,
  })
}

const kinds: readonly (readonly [id: string, look: string])[] = [
  ['groups-are-shown-late', 'DescribeVServerGroupAttribute'],
  ['load-balancers-are-shown-late', 'DescribeLoadBalancerAttribute'],
]

export const slbLateVariants: readonly Variant<SlbStore>[] = kinds.map(([id, look]) => ({
  id,
  allowedBy: 'No page says that a look shows a removal at once, or that all looks do so together.',
  takesLong: true,
  change: readingLateIf(({ parameters }) => parameters['Action'] === look),
}))
