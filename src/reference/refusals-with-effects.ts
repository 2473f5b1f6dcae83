/**
 * Faults of one kind: the refusal is as it should be, and something is not as it was before.
 *
 * Only a look afterwards tells. Each requirement whose check takes one has such a fault of its own,
 * so that a look that is dropped is missed.
 */

import { deciding, type Mutant } from './mutant.ts'
import type { Call } from './rule.ts'

/** How each of them comes about. */
export const tooLateStory = 'What is refused has been noted already, in a place that others read.'

/** A refusal that comes too late. */
export interface RefusalWithEffect<Store> {
  /** The requirement whose check has to look afterwards. */
  readonly breaks: string
  /** The rule that refuses, where the requirement has none of its own. */
  readonly keeps?: string
  /** Which of that rule's refusals; all unless told. */
  readonly when?: (call: Call, store: Store) => boolean
}

/** @param act - What has happened by the time of the refusal. */
export function refusalsWithEffects<Store>(
  all: readonly RefusalWithEffect<Store>[],
  act: (call: Call, store: Store) => void,
): readonly Mutant<Store>[] {
  return all.map(({ breaks, keeps = breaks, when = () => true }) => ({
    id: tooLateId(breaks),
    breaks,
    story: tooLateStory,
    mutate: deciding<Store>(keeps, (call, store, refusal) => {
      if (refusal && when(call, store)) act(call, store)
      return refusal
    }),
  }))
}

/** `update-pool-request-pool-name-type-too-late` of `elb/update-pool/request.pool.name.type`. */
export function tooLateId(requirement: string): string {
  const [, ...words] = requirement.toLowerCase().split(/[^a-z0-9]+/)
  return `${words.join('-')}-too-late`
}
