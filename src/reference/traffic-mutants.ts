/** Faults of the data plane as mutants, for both dialects. */

import type { TrafficChange } from './data-plane/rules.ts'
import { carrying, type Mutant } from './mutant.ts'

/** One fault. The requirement that it breaks is named without its operation. */
export type TrafficFault = readonly [
  id: string,
  breaks: string,
  story: string,
  change: TrafficChange,
]

/** @param operation - The beginning of every requirement id. */
export function trafficMutantsOf<Store>(
  operation: string,
  faults: readonly TrafficFault[],
): readonly Mutant<Store>[] {
  return faults.map(([id, breaks, story, change]) => ({
    id,
    breaks: `${operation}/${breaks}`,
    story,
    carries: true,
    mutate: carrying(change),
  }))
}
