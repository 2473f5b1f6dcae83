/** Joins the results of all trials by the id of the requirement, and judges them. Pure. */

import { isCheck, type Suite } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import type { MutantInfo, VariantInfo } from './known-servers.ts'
import type { MisspeltMutant } from './misspelt-mutants.ts'
import type { Pair } from './mutant-pairs.ts'
import type {
  Counts,
  LawfulResult,
  MutantResult,
  PairsResult,
  Proof,
  RequirementResult,
  Results,
} from './proof.ts'
import { shortcomingsOf } from './shortcomings.ts'
import { failuresOn } from './lawful-failures.ts'
import { isSelected, type Selection, type TrialResult } from './trial.ts'

/** What was asked, and the result. */
export interface ResultOf<Subject> {
  readonly subject: Subject
  readonly result: TrialResult
}

/** The results of all trials of a proof. */
export interface TrialResults {
  readonly references: readonly ResultOf<{ dialect: Dialect; asynchronous: boolean }>[]
  readonly variants: readonly ResultOf<VariantInfo>[]
  readonly mutants: readonly ResultOf<MutantInfo>[]
  readonly pairs: readonly ResultOf<Pair>[]
  /** How many pairs were replaced because their mutants cannot be combined. */
  readonly incompatible: number
  readonly seed: number
}

/** How and when the proof was made. */
interface Circumstances extends Selection {
  readonly suites: readonly Suite[]
  readonly misspelt: readonly MisspeltMutant[]
  readonly about: Pick<Proof, 'poolproof' | 'command' | 'threads'>
  readonly startedAt: string
  readonly milliseconds: number
}

/** The value of `$schema` in a proof. */
export const proofSchema = 'https://poolproof.dev/schemas/prove.schema.json'

/** The whole document. */
export function proofOf(trials: TrialResults, circumstances: Circumstances): Proof {
  const { suites, only, full, misspelt, about, startedAt, milliseconds } = circumstances
  const references = trials.references.map(({ subject, result }) =>
    lawful(
      `reference-${subject.dialect}${subject.asynchronous ? '-asynchronous' : ''}`,
      subject,
      result,
    ),
  )
  const variants = trials.variants.map(({ subject, result }) => lawful(subject.id, subject, result))
  const mutants = trials.mutants.map(({ subject, result }) => mutantResult(subject, result))
  const requirements = requirementsOf(suites, only, mutants, requestsIn(trials))
  const results = {
    references,
    variants,
    mutants,
    pairs: pairsResult(trials),
    requirements,
    idleChecks: ids(requirements.filter(({ asked, kills }) => asked && kills.length === 0)),
    checksWithoutMutant: ids(requirements.filter((one) => one.asked && one.mutants.length === 0)),
  }
  const shortcomings = shortcomingsOf(results, misspelt)
  return {
    $schema: proofSchema,
    version: 1,
    ...about,
    startedAt,
    milliseconds,
    only,
    full,
    exitCode: shortcomings.length === 0 ? 0 : 1,
    shortcomings,
    counts: countsOf(results),
    ...results,
  }
}

function lawful(
  id: string,
  {
    dialect,
    allowedBy,
    unasked = [],
  }: Pick<VariantInfo, 'dialect' | 'unasked'> & { allowedBy?: string },
  result: TrialResult,
): LawfulResult {
  const why = allowedBy === undefined ? {} : { allowedBy }
  const { asked, askedOn, leftovers, held } = result
  const failures = failuresOn({ unasked }, result)
  const where = askedOn ? { askedOn } : {}
  return { id, dialect, ...why, asked, ...where, failures, leftovers, held }
}

function mutantResult(
  { foundElsewhere, takesLong: _takesLong, ...mutant }: MutantInfo,
  { notPassed, asked, held }: TrialResult,
): MutantResult {
  const failed = notPassed.filter(({ family }) => family === 'broken')
  const killers = failed.map(({ check }) => check)
  const rightReason = killers.includes(mutant.breaks)
  const [first = notPassed[0]] = failed
  const excused = killers.length > 0 && !rightReason ? foundElsewhere : undefined
  return {
    ...mutant,
    killed: killers.length > 0,
    rightReason,
    ...(excused === undefined ? {} : { explanation: excused }),
    killers,
    asked,
    ...(first ? { message: `${first.check}: ${first.message}` } : {}),
    breakdowns: notPassed
      .filter(({ family }) => family === 'ours')
      .map(({ check, message }) => `${check}: ${message}`),
    held,
  }
}

function requirementsOf(
  suites: readonly Suite[],
  only: readonly string[],
  mutants: readonly MutantResult[],
  requests: ReadonlyMap<string, number>,
): RequirementResult[] {
  const entries = suites.flatMap((suite) => suite.entries)
  return entries
    .filter(({ requirement }) => isSelected(requirement.id, only))
    .map((entry) => {
      const { id, level, text, source } = entry.requirement
      const cost = requests.get(id)
      return {
        id,
        level,
        text,
        source,
        asked: isCheck(entry),
        mutants: ids(mutants.filter(({ breaks }) => breaks === id)),
        kills: ids(mutants.filter(({ killers }) => killers.includes(id))),
        ...(cost === undefined ? {} : { requests: cost }),
      }
    })
}

function requestsIn({ references }: TrialResults): ReadonlyMap<string, number> {
  const synchronous = references.filter(({ subject }) => !subject.asynchronous)
  return new Map(synchronous.flatMap(({ result }) => Object.entries(result.requests ?? {})))
}

function pairsResult({ pairs, incompatible, seed }: TrialResults): PairsResult {
  const caught = pairs.filter(({ result }) => killersOf(result).length > 0)
  const right = caught.filter(({ subject, result }) =>
    subject.some(({ breaks }) => killersOf(result).includes(breaks)),
  )
  const missed = pairs.filter((pair) => !caught.includes(pair))
  return {
    seed,
    tried: pairs.length,
    caught: caught.length,
    rightReason: right.length,
    incompatible,
    missed: missed.map(({ subject }) => ({ dialect: subject[0].dialect, mutants: ids(subject) })),
  }
}

function killersOf({ notPassed }: TrialResult): string[] {
  return notPassed.filter(({ family }) => family === 'broken').map(({ check }) => check)
}

function countsOf({ mutants, variants, references, requirements, ...rest }: Results): Counts {
  const killed = mutants.filter((mutant) => mutant.killed)
  const lawfuls = [...references, ...variants]
  return {
    mutants: mutants.length,
    killed: killed.length,
    survived: mutants.length - killed.length,
    rightReason: killed.filter(({ rightReason }) => rightReason).length,
    explained: killed.filter(({ explanation }) => explanation !== undefined).length,
    variants: variants.length,
    failedVariants: variants.filter(({ failures }) => failures.length > 0).length,
    requirements: requirements.length,
    checks: requirements.filter(({ asked }) => asked).length,
    idleChecks: rest.idleChecks.length,
    checksWithoutMutant: rest.checksWithoutMutant.length,
    leftovers: lawfuls.reduce(
      (sum, { leftovers, held }) => sum + leftovers.length + heldIn(held),
      0,
    ),
  }
}

function heldIn(held: Readonly<Record<string, number>>): number {
  return Object.values(held).reduce((sum, count) => sum + count, 0)
}

function ids(all: readonly { readonly id: string }[]): string[] {
  return all.map(({ id }) => id)
}
