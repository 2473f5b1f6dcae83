/** What came of every trial, joined by the id of the requirement, and judged. Pure. */

import { isCheck, type Suite } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import type { Pair } from './pairs.ts'
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
import type { Difference, Fault } from './specimen.ts'
import { isMeant, type Manner, type Tried } from './trial.ts'

/** What was tried, and what came of it. */
export interface Tally<One> {
  readonly one: One
  readonly tried: Tried
}

/** Everything that a proof is made from. */
export interface Findings {
  readonly references: readonly Tally<{ dialect: Dialect; asynchronous: boolean }>[]
  readonly variants: readonly Tally<Difference>[]
  readonly mutants: readonly Tally<Fault>[]
  readonly pairs: readonly Tally<Pair>[]
  readonly incompatible: number
  readonly seed: number
}

/** What a proof says of itself. */
interface Circumstances extends Manner {
  readonly suites: readonly Suite[]
  readonly about: Pick<Proof, 'poolproof' | 'command' | 'threads'>
  readonly startedAt: string
  readonly milliseconds: number
}

/** What `$schema` of a proof says. */
export const proofSchema = 'https://poolproof.dev/schemas/prove.schema.json'

/** The whole document. */
export function proofOf(findings: Findings, circumstances: Circumstances): Proof {
  const { suites, only, full, about, startedAt, milliseconds } = circumstances
  const references = findings.references.map(({ one, tried }) =>
    lawful(`reference-${one.dialect}${one.asynchronous ? '-asynchronous' : ''}`, one, tried),
  )
  const variants = findings.variants.map(({ one, tried }) => lawful(one.id, one, tried))
  const mutants = findings.mutants.map(({ one, tried }) => mutantResult(one, tried))
  const requirements = requirementsOf(suites, only, mutants)
  const results = {
    references,
    variants,
    mutants,
    pairs: pairsResult(findings),
    requirements,
    idleChecks: ids(requirements.filter(({ asked, kills }) => asked && kills.length === 0)),
    checksWithoutMutant: ids(requirements.filter((one) => one.asked && one.mutants.length === 0)),
  }
  const shortcomings = shortcomingsOf(results)
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
  { dialect, allowedBy }: { dialect: Dialect; allowedBy?: string },
  { said: failures, asked, leftovers, held }: Tried,
): LawfulResult {
  const why = allowedBy === undefined ? {} : { allowedBy }
  return { id, dialect, ...why, asked, failures, leftovers, held }
}

function mutantResult({ foundElsewhere, ...mutant }: Fault, tried: Tried): MutantResult {
  const { said, asked, held } = tried
  const failed = said.filter(({ family }) => family === 'broken')
  const killers = failed.map(({ check }) => check)
  const rightReason = killers.includes(mutant.breaks)
  const [telling = said[0]] = failed
  const excused = killers.length > 0 && !rightReason ? foundElsewhere : undefined
  return {
    ...mutant,
    killed: killers.length > 0,
    rightReason,
    ...(excused === undefined ? {} : { explanation: excused }),
    killers,
    asked,
    ...(telling ? { message: `${telling.check}: ${telling.message}` } : {}),
    breakdowns: said
      .filter(({ family }) => family === 'ours')
      .map(({ check, message }) => `${check}: ${message}`),
    held,
  }
}

function requirementsOf(
  suites: readonly Suite[],
  only: readonly string[],
  mutants: readonly MutantResult[],
): RequirementResult[] {
  const entries = suites.flatMap((suite) => suite.entries)
  return entries
    .filter(({ requirement }) => isMeant(requirement.id, only))
    .map((entry) => {
      const { id, level, text, source } = entry.requirement
      return {
        id,
        level,
        text,
        source,
        asked: isCheck(entry),
        mutants: ids(mutants.filter(({ breaks }) => breaks === id)),
        kills: ids(mutants.filter(({ killers }) => killers.includes(id))),
      }
    })
}

function pairsResult({ pairs, incompatible, seed }: Findings): PairsResult {
  const caught = pairs.filter(({ tried }) => killersOf(tried).length > 0)
  const right = caught.filter(({ one, tried }) =>
    one.some(({ breaks }) => killersOf(tried).includes(breaks)),
  )
  const missed = pairs.filter((pair) => !caught.includes(pair))
  return {
    seed,
    tried: pairs.length,
    caught: caught.length,
    rightReason: right.length,
    incompatible,
    missed: missed.map(({ one }) => ({ dialect: one[0].dialect, mutants: ids(one) })),
  }
}

function killersOf({ said }: Tried): string[] {
  return said.filter(({ family }) => family === 'broken').map(({ check }) => check)
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
