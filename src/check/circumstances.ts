/**
 * Circumstances: what the sentence of a check does not depend on, and what a run draws for one asking of it.
 *
 * A check with one fixture finds the faults that its author thought of. So a check names the factors that do not
 * matter to its sentence, the fixtures turn a drawn value of each into what they make, and a run draws one
 * combination a check by its seed, or all pairs or triples of them, as a covering array.
 */

import { createHash } from 'node:crypto'
import covertable from 'covertable'
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

function covering({ factors, never = [] }: Varies, strength: 2 | 3): readonly Circumstances[] {
  const named = Object.fromEntries(
    factors.map(({ name, values }) => [name, Object.keys(values)] as const),
  )
  const options = {
    length: Math.min(strength, factors.length),
    seed: 'poolproof',
    preFilter: (row: Record<string, unknown>) => !never.some((one) => meets(row, one)),
  }
  if (factors.length < 2) {
    return Object.entries(named).flatMap(([name, values]) =>
      values.map((value) => ({ [name]: value })),
    )
  }
  return covertable.make(named, options) as Circumstances[]
}

/** Do the values that cannot meet, meet here? A row that is not complete may still become feasible. */
function meets(row: Record<string, unknown>, { values }: Infeasible): boolean {
  return Object.entries(values).every(([name, some]) => some.includes(String(row[name])))
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
