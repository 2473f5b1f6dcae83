/**
 * Circumstances: what the sentence of a check does not depend on, and what a run draws for one asking of it.
 *
 * A check with one fixture finds the faults that its author thought of. So a check names the factors that do not
 * matter to its sentence, the fixtures turn a drawn value of each into what they make, and a run draws one
 * combination a check by its seed, or all pairs or triples of them, as a covering array.
 */

import { createHash } from 'node:crypto'
import type { Circumstances, Infeasible, Strength, Varies } from '../model.ts'

/** Those in which every factor has its usual value. */
export function usual({ factors }: Varies): Circumstances {
  return Object.fromEntries(
    factors.map(({ name, values }) => [name, Object.keys(values)[0] ?? ''] as const),
  )
}

const arrays = new Map<string, readonly Circumstances[]>()

/**
 * A covering array: every feasible combination of values of any so many factors is in one of them.
 *
 * The same for the same factors, in any process.
 */
export function coveringArray(varies: Varies, strength: 2 | 3): readonly Circumstances[] {
  const key = JSON.stringify([varies, strength])
  const known = arrays.get(key)
  if (known) return known
  const drawn = covering(varies, strength)
  arrays.set(key, drawn)
  return drawn
}

/**
 * Greedy over all feasible combinations: next is the one with most tuples that are still missing.
 *
 * A library was tried (covertable 2.5): with constraints it leaves feasible pairs out.
 */
function covering(varies: Varies, strength: number): readonly Circumstances[] {
  const candidates = feasible(varies).map((row) => ({ row, tuples: tuplesOf(row, strength) }))
  const open = new Set(candidates.flatMap(({ tuples }) => tuples))
  const rows: Circumstances[] = []
  while (open.size > 0) {
    const gains = candidates.map(({ tuples }) => tuples.filter((tuple) => open.has(tuple)).length)
    const next = candidates[gains.indexOf(Math.max(...gains))]
    if (!next) break
    for (const tuple of next.tuples) open.delete(tuple)
    rows.push(next.row)
  }
  return rows
}

/** All combinations in which no values meet that cannot. */
function feasible({ factors, never = [] }: Varies): readonly Circumstances[] {
  const all = factors.reduce<readonly Circumstances[]>(
    (rows, { name, values }) =>
      rows.flatMap((row) => Object.keys(values).map((value) => ({ ...row, [name]: value }))),
    [{}],
  )
  return all.filter((row) => !never.some((one) => meet(row, one)))
}

function meet(row: Circumstances, { values }: Infeasible): boolean {
  return Object.entries(values).every(([name, some]) => some.includes(row[name] ?? ''))
}

/** Every choice of so many values of a row, as text. */
function tuplesOf(row: Circumstances, strength: number): readonly string[] {
  const values = Object.entries(row).map(([name, value]) => `${name}=${value}`)
  return subsets(values, Math.min(strength, values.length)).map((some) => some.join())
}

function subsets(values: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]]
  return values.flatMap((value, index) =>
    subsets(values.slice(index + 1), size - 1).map((rest) => [value, ...rest]),
  )
}

/**
 * What is asked of one check in one run.
 *
 * @param id - Of the requirement: checks with the same factors draw different combinations.
 * @returns one combination for strength 1: as seeds count up, a check walks through all pairs.
 */
export function drawn(
  varies: Varies | undefined,
  id: string,
  seed: number,
  strength: Strength,
): readonly Circumstances[] {
  if (!varies || varies.factors.length === 0) return [{}]
  if (strength > 1) return coveringArray(varies, strength === 3 ? 3 : 2)
  const pairs = coveringArray(varies, 2)
  const digest = createHash('sha256').update(id).digest().readUInt32BE(0)
  const one = pairs[(digest + seed) % pairs.length]
  return one ? [one] : [usual(varies)]
}

/** `the pool has two members and it is the default pool of a listener`; empty for usual ones. */
export function inWords({ factors }: Varies, circumstances: Circumstances): string {
  return factors
    .filter(({ name, values }) => circumstances[name] !== Object.keys(values)[0])
    .map(({ name, values }) => values[circumstances[name] ?? ''] ?? '')
    .filter((words) => words !== '')
    .join(', and ')
}

/**
 * The fewest unusual values with which a check still fails.
 *
 * @param fails - Asks again; once for each unusual value at most.
 */
export async function reduced(
  varies: Varies,
  circumstances: Circumstances,
  fails: (circumstances: Circumstances) => Promise<boolean>,
): Promise<Circumstances> {
  const simplest = usual(varies)
  let least = circumstances
  for (const name of Object.keys(circumstances)) {
    if (least[name] === simplest[name]) continue
    const simpler = { ...least, [name]: simplest[name] ?? '' }
    if (await fails(simpler)) least = simpler
  }
  return least
}
