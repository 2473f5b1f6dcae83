/** Asks the checks of the reference, every variant, every mutant and pairs of mutants, and joins the results. */

import type { Suite } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import { misspeltMutants } from './misspelt-mutants.ts'
import { pairsOf, type Pair } from './mutant-pairs.ts'
import { proofOf, type TrialResults, type ResultOf } from './proof-conclusion.ts'
import type { Proof } from './proof.ts'
import type { KnownServers, MutantInfo } from './known-servers.ts'
import type { TrialRunner } from './threads.ts'
import { askVariants, type Ask } from './variant-trials.ts'
import {
  emptyResult,
  isSelected,
  merged,
  operationOf,
  type NotPassed,
  type Selection,
  type Trial,
} from './trial.ts'

/** Is called after each trial, with the number of trials so far. */
export type OnProgress = (done: number, of: number, what: string) => void

export interface ProveOptions extends Selection {
  readonly suites: readonly Suite[]
  readonly knownServers: KnownServers
  readonly runner: TrialRunner
  /** How many pairs of mutants are tried, and the seed that chooses them. */
  readonly pairs: number
  readonly seed: number
  readonly onProgress?: OnProgress
  readonly about: Pick<Proof, 'poolproof' | 'command' | 'threads'>
  readonly now?: () => Date
}

/** Runs every trial that is selected, and judges the results together. */
export async function prove(options: ProveOptions): Promise<Proof> {
  const { suites, knownServers, only, now = () => new Date() } = options
  const startedAt = now()
  const operations = new Set(suites.map(({ dialect, operation }) => `${dialect}/${operation}`))
  const mutants = [...knownServers.mutants, ...knownServers.setUpMutants].filter(
    ({ breaks }) => isSelected(breaks, only) && operations.has(operationOf(breaks)),
  )
  const dialects = dialectsAsked(suites, only)
  const variants = knownServers.variants.filter(({ dialect }) => dialects.includes(dialect))
  const references = dialects.flatMap((dialect) =>
    [false, true].map((asynchronous) => ({ dialect, asynchronous })),
  )
  const total = references.length + variants.length + mutants.length + options.pairs
  const ask = asking(options, total)
  // All at once: while slow servers settle, others can be asked.
  const [ofReferences, ofVariants, ofMutants, ofPairs] = await Promise.all([
    ask(references, (reference) => ({ kind: 'reference', ...reference })),
    askVariants(ask, variants, idsAsked(suites, only), options.full),
    ask(mutants, (mutant) => mutantTrial(mutant.dialect, [mutant])),
    askPairs(ask, mutants, options),
  ])
  const results: TrialResults = {
    references: await Promise.all(ofReferences.map((one) => askedToTheEnd(one, options.runner))),
    variants: ofVariants,
    mutants: await whollyAsked(ofMutants, options.runner),
    ...ofPairs,
  }
  const milliseconds = now().getTime() - startedAt.getTime()
  return proofOf(results, {
    ...options,
    misspelt: misspeltMutants(options),
    startedAt: startedAt.toISOString(),
    milliseconds,
  })
}

/**
 * What could not be asked of a reference is asked once more when nothing else is: many servers at once may have kept the
 * machine too busy for a check that looks at a certain moment.
 */
async function askedToTheEnd(
  { subject, result }: ResultOf<Reference>,
  runner: TrialRunner,
): Promise<ResultOf<Reference>> {
  const checks = result.notPassed.filter((one) => !isAsked(one)).map(({ check }) => check)
  if (checks.length === 0) return { subject, result }
  const again = await runner.run({ kind: 'reference', ...subject, checks })
  const first = { ...result, notPassed: result.notPassed.filter(isAsked), unput: [] }
  return { subject, result: { ...first, ...merged(first, again), asked: result.asked } }
}

/** The same for mutants: where the check of what it breaks could not be asked, the whole trial is run again, alone. */
async function whollyAsked(
  results: readonly ResultOf<MutantInfo>[],
  runner: TrialRunner,
): Promise<readonly ResultOf<MutantInfo>[]> {
  const asked: ResultOf<MutantInfo>[] = []
  for (const one of results) {
    const own = one.result.notPassed.filter(({ check }) => check === one.subject.breaks)
    const isUnasked =
      own.some((check) => !isAsked(check)) && own.every(({ family }) => family !== 'broken')
    const { subject } = one
    asked.push(
      isUnasked
        ? { subject, result: await runner.run(mutantTrial(subject.dialect, [subject])) }
        : one,
    )
  }
  return asked
}

function isAsked({ family }: NotPassed): boolean {
  return family !== 'unasked'
}

type Reference = Pick<Trial & { kind: 'reference' }, 'dialect' | 'asynchronous'>

function idsAsked(suites: readonly Suite[], only: readonly string[]): string[] {
  const ids = suites.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))
  return ids.filter((id) => isSelected(id, only))
}

/** Variants of a dialect are asked only if one of its checks is selected. */
function dialectsAsked(suites: readonly Suite[], only: readonly string[]): Dialect[] {
  const asked = suites.filter(({ entries }) =>
    entries.some(({ requirement }) => isSelected(requirement.id, only)),
  )
  return [...new Set(asked.map(({ dialect }) => dialect))]
}

function mutantTrial(dialect: Dialect, faults: readonly MutantInfo[]): Trial {
  return {
    kind: 'mutants',
    dialect,
    faults: faults.map(({ id, breaks }) => ({ id, breaks })),
    takesLong: faults.some(({ takesLong }) => takesLong),
  }
}

function asking({ runner, onProgress = () => undefined }: ProveOptions, total: number): Ask {
  let done = 0
  const askOne = async <Subject extends object>(
    subject: Subject,
    trial: Trial | undefined,
  ): Promise<ResultOf<Subject>> => {
    const result = trial ? await runner.run(trial) : emptyResult
    onProgress((done += 1), total, nameOf(subject))
    return { subject, result }
  }
  return (subjects, trialOf) =>
    Promise.all(subjects.map((subject) => askOne(subject, trialOf(subject))))
}

function nameOf(subject: object | { readonly id: string }): string {
  return 'id' in subject ? subject.id : 'several'
}

/** As many pairs as are wanted, or as there are. A pair that cannot be combined is replaced by another. */
async function askPairs(
  ask: Ask,
  mutants: readonly MutantInfo[],
  { pairs, seed }: ProveOptions,
): Promise<Pick<TrialResults, 'pairs' | 'incompatible' | 'seed'>> {
  const source = pairsOf(mutants, seed)
  const combined: ResultOf<Pair>[] = []
  let incompatible = 0
  for (;;) {
    const drawn = nextOf(source, pairs - combined.length)
    if (drawn.length === 0) return { pairs: combined, incompatible, seed }
    const results = await ask(drawn, (pair) => mutantTrial(pair[0].dialect, pair))
    const compatible = results.filter(({ result }) => !result.incompatible)
    incompatible += results.length - compatible.length
    combined.push(...compatible)
  }
}

function nextOf<Item>(source: Iterator<Item>, most: number): Item[] {
  const taken: Item[] = []
  while (taken.length < most) {
    const { done, value } = source.next() as IteratorResult<Item, undefined>
    if (done) break
    taken.push(value)
  }
  return taken
}
