/** The checks against the reference, every variant, every mutant and pairs of mutants; joined by id. */

import type { Suite } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import { pairsOf, type Pair } from './pairs.ts'
import { proofOf, type Findings, type Tally } from './conclude.ts'
import type { Proof } from './proof.ts'
import type { Collection, Difference, Fault } from './specimen.ts'
import type { Bench } from './threads.ts'
import { isMeant, type Manner, type Planted, type Trial } from './trial.ts'

/** Somebody who is told how far it is. */
export type Watch = (done: number, of: number, what: string) => void

export interface ProveOptions extends Manner {
  readonly suites: readonly Suite[]
  readonly collection: Collection
  readonly bench: Bench
  /** How many pairs of mutants are tried, and the seed that chooses them. */
  readonly pairs: number
  readonly seed: number
  readonly watch?: Watch
  readonly about: Pick<Proof, 'poolproof' | 'command' | 'threads'>
  readonly now?: () => Date
}

/** Everything that is selected is tried; what came of it is joined and judged. */
export async function prove(options: ProveOptions): Promise<Proof> {
  const { suites, collection, only, now = () => new Date() } = options
  const startedAt = now()
  const mutants = collection.mutants.filter(({ breaks }) => isMeant(breaks, only))
  const dialects = dialectsAsked(suites, only)
  const variants = collection.variants.filter(({ dialect }) => dialects.includes(dialect))
  const ways = dialects.flatMap((dialect) =>
    [false, true].map((asynchronous) => ({ dialect, asynchronous })),
  )
  const total = ways.length + variants.length + mutants.length + options.pairs
  const ask = asking(options, total)
  // All at once, since servers that take their time leave the processors to the others.
  const [references, varied, broken, paired] = await Promise.all([
    ask(ways, (way) => ({ kind: 'reference', ...way })),
    ask(variants, ({ dialect, id }) => ({ kind: 'variant', dialect, id })),
    ask(mutants, (mutant) => planting(mutant.dialect, [mutant])),
    askPairs(ask, mutants, options),
  ])
  const findings: Findings = { references, variants: varied, mutants: broken, ...paired }
  const milliseconds = now().getTime() - startedAt.getTime()
  return proofOf(findings, { ...options, startedAt: startedAt.toISOString(), milliseconds })
}

/** A variant is asked only what is selected, so that of a dialect with nothing selected is not. */
function dialectsAsked(suites: readonly Suite[], only: readonly string[]): Dialect[] {
  const asked = suites.filter(({ entries }) =>
    entries.some(({ requirement }) => isMeant(requirement.id, only)),
  )
  return [...new Set(asked.map(({ dialect }) => dialect))]
}

function planting(dialect: Dialect, faults: readonly Planted[]): Trial {
  return {
    kind: 'mutants',
    dialect,
    faults: faults.map(({ id, breaks }) => ({ id, breaks })),
  }
}

/** Tries some things as soon as the bench takes them; what came of each, in their order. */
type Ask = <One extends object>(
  all: readonly One[],
  trialOf: (one: One) => Trial,
) => Promise<readonly Tally<One>[]>

function asking({ bench, watch = () => undefined }: ProveOptions, total: number): Ask {
  let done = 0
  const tally = async <One extends object>(one: One, trial: Trial): Promise<Tally<One>> => {
    const tried = await bench.attempt(trial)
    watch((done += 1), total, nameOf(one))
    return { one, tried }
  }
  return (all, trialOf) => Promise.all(all.map((one) => tally(one, trialOf(one))))
}

function nameOf(one: object | Fault | Difference): string {
  return 'id' in one ? one.id : 'several'
}

/** As many pairs as are wanted, or as there are; those that cannot be planted together are drawn again. */
async function askPairs(
  ask: Ask,
  mutants: readonly Fault[],
  { pairs, seed }: ProveOptions,
): Promise<Pick<Findings, 'pairs' | 'incompatible' | 'seed'>> {
  const source = pairsOf(mutants, seed)
  const good: Tally<Pair>[] = []
  let incompatible = 0
  for (;;) {
    const drawn = next(source, pairs - good.length)
    if (drawn.length === 0) return { pairs: good, incompatible, seed }
    const tallies = await ask(drawn, (pair) => planting(pair[0].dialect, pair))
    const together = tallies.filter(({ tried }) => !tried.incompatible)
    incompatible += tallies.length - together.length
    good.push(...together)
  }
}

function next<One>(source: Iterator<One>, most: number): One[] {
  const taken: One[] = []
  while (taken.length < most) {
    const { done, value } = source.next() as IteratorResult<One, undefined>
    if (done) break
    taken.push(value)
  }
  return taken
}
