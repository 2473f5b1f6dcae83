/** `--budget`: so many requests for each target, spent on the checks that find most faults for them. */

import { existsSync, readFileSync } from 'node:fs'
import { withinBudget, type KillOrder } from '../check/budget.ts'
import type { Budget } from '../check/select.ts'
import { UsageError, type Dialect } from '../model.ts'

/** What was measured by `prove --full`: the checks of each dialect, in the order in which a budget is spent. */
export type KillOrders = Readonly<Record<Dialect, KillOrder>>

/** The file that is shipped; it is above `src/`, or above `dist/src/`. */
export function shippedKillOrders(): KillOrders {
  const places = ['../../suites/kill-order.json', '../../../suites/kill-order.json'].map(
    (place) => new URL(place, import.meta.url),
  )
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error('suites/kill-order.json was not found above this file.')
  return JSON.parse(readFileSync(found, 'utf8')) as KillOrders
}

/**
 * What is asked within a budget.
 *
 * @param requests - For each target; every target has a dialect of its own.
 * @throws {UsageError} When no check of a dialect fits.
 */
export function budgetOf(requests: number, orders: KillOrders = shippedKillOrders()): Budget {
  const within = Object.values(orders).flatMap((order) => withinBudget(order, requests))
  if (within.length > 0) return { requests, within: within.map(({ id }) => id) }
  const least = Math.min(
    ...Object.values(orders)
      .flat()
      .map((one) => one.requests),
  )
  throw new UsageError(
    `No check fits into --budget ${requests}: the smallest takes ${least} requests beside those for load balancers. Give it at least 100.`,
  )
}

/** One sentence for each dialect that is asked: what the budget buys. */
export function budgetInWords(
  requests: number,
  dialects: ReadonlySet<Dialect>,
  orders: KillOrders = shippedKillOrders(),
): string[] {
  const budget = budgetOf(requests, orders)
  return [...dialects].map((dialect) => {
    const order = orders[dialect]
    const asked = order.filter(({ id }) => budget.within.includes(id)).length
    const share = Math.floor(100 * shareFound(order, budget))
    return (
      `Within ${requests} requests, ${asked} of ${order.length} checks of ${dialect} are asked; ` +
      `they find at least ${share} % of the faults that all find.`
    )
  })
}

/** The share of the known planted faults that the checks within a budget find at least, from 0 to 1. */
export function shareFound(order: KillOrder, { within }: Budget): number {
  const asked = order.filter(({ id }) => within.includes(id))
  const gains = order.map(({ found }, place) => found - (order[place - 1]?.found ?? 0))
  const own = asked.reduce((sum, one) => sum + (gains[order.indexOf(one)] ?? 0), 0)
  const all = order.at(-1)?.found ?? 0
  return all === 0 ? 0 : own / all
}
