/** The order in which a budget of requests is spent: by planted faults found for each request. Pure. */

import type { KillOrder, OrderedCheck } from '../check/budget.ts'
import type { Dialect } from '../model.ts'
import type { RequirementResult } from './proof.ts'

/** A check that can be ordered. */
interface Candidate {
  readonly id: string
  readonly requests: number
  readonly kills: readonly string[]
}

/**
 * Orders the checks of each dialect: next is always the check that finds most further mutants for each request.
 *
 * Those that find no further mutant come last, the cheapest first.
 *
 * @param requirements - With the kills and the requests of each check, as a proof with `--full` shows them.
 */
export function killOrders(
  requirements: readonly RequirementResult[],
): Readonly<Record<Dialect, KillOrder>> {
  const candidates = requirements.flatMap(({ id, kills, requests }) =>
    requests === undefined ? [] : [{ id, requests, kills }],
  )
  const of = (dialect: Dialect) =>
    ordered(candidates.filter(({ id }) => id.startsWith(`${dialect}/`)))
  return { elb: of('elb'), slb: of('slb') }
}

function ordered(candidates: readonly Candidate[]): KillOrder {
  const open = new Set(candidates)
  const found = new Set<string>()
  const order: OrderedCheck[] = []
  while (open.size > 0) {
    const next = best([...open], found)
    open.delete(next)
    for (const mutant of next.kills) found.add(mutant)
    order.push({ id: next.id, requests: next.requests, found: found.size })
  }
  return order
}

function best(candidates: readonly Candidate[], found: ReadonlySet<string>): Candidate {
  const worth = ({ kills, requests }: Candidate) =>
    kills.filter((mutant) => !found.has(mutant)).length / requests
  const [first] = candidates.toSorted(
    (one, other) =>
      worth(other) - worth(one) || one.requests - other.requests || (one.id < other.id ? -1 : 1),
  )
  if (!first) throw new Error('There is no check to choose from.')
  return first
}

/** One line for each check, so that changes can be read. */
export function killOrderJson(requirements: readonly RequirementResult[]): string {
  const lists = Object.entries(killOrders(requirements)).map(([dialect, order]) => {
    const lines = order.map((check) => `    ${JSON.stringify(check)}`)
    return `  "${dialect}": [\n${lines.join(',\n')}\n  ]`
  })
  return `{\n${lists.join(',\n')}\n}\n`
}
