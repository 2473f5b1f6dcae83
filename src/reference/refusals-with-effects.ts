/**
 * Faults of one kind: the refusal is correct, but something has changed.
 *
 * Only a look afterwards shows it. Each requirement whose check takes such a look has a fault of its own,
 * so that a check that no longer looks is noticed.
 */

import { deciding, type Mutant } from './mutant.ts'
import type { Call } from './rule.ts'

/** The story that all of them share. */
export const tooLateStory =
  'A note of the request is stored in a description before the request is refused.'

/** A refusal that comes after an effect. */
export interface RefusalWithEffect<Store> {
  /** The requirement whose check has to look afterwards. */
  readonly breaks: string
  /** The rule that refuses, where the requirement has none of its own. */
  readonly keeps?: string
  /** Which refusals of that rule; all by default. */
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
