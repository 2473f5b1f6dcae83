/** A budget of requests: which checks are asked within it, by what they found among planted faults. */

/** One check in the order in which a budget is spent. */
export interface OrderedCheck {
  /** The id of its requirement. */
  readonly id: string
  /** Requests that it takes of a target that settles at once, with its fixtures, looks and clean-up. */
  readonly requests: number
  /** How many planted faults of its dialect are found by it and by all checks before it. */
  readonly found: number
}

/** What a dialect's budget is spent on first. */
export type KillOrder = readonly OrderedCheck[]

/** Requests that a run takes of a target beside its checks: a probe, and load balancers made and removed. */
const beside = 30

/**
 * The ids of the checks that are asked within a budget: as many as fit, the most useful first.
 *
 * A check that does not fit is passed over, and later ones may fit. A check that the order does not know is left out.
 *
 * @param order - Of one dialect.
 * @param requests - For one target of this dialect.
 */
export function withinBudget(order: KillOrder, requests: number): readonly OrderedCheck[] {
  let left = requests - beside
  return order.filter((check) => {
    if (check.requests > left) return false
    left -= check.requests
    return true
  })
}
