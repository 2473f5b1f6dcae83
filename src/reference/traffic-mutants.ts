/** Faults of the data plane as mutants, for both dialects. */

import { staleFor } from './data-plane/faults.ts'
import type { TrafficChange } from './data-plane/rules.ts'
import { carrying, type Mutant } from './mutant.ts'

/** One fault. The requirement that it breaks is named without its operation. */
export type TrafficFault = readonly [
  id: string,
  breaks: string,
  story: string,
  change: TrafficChange,
]

/** A removal reaches the data plane, but not what carries one protocol. */
export const untoldProtocols: readonly TrafficFault[] = [
  [
    'only-streams-are-told',
    'new-requests',
    'HTTP is carried by another process, which nobody tells.',
    staleFor('HTTP'),
  ],
  [
    'datagrams-are-not-told',
    'new-datagrams',
    'UDP is balanced in the kernel, where the entry stays.',
    staleFor('UDP'),
  ],
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
