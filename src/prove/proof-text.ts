/** The sentences and figures of a proof, the same in every format. Pure. */

import type { Proof, RequirementResult } from './proof.ts'
import { operationOf } from './trial.ts'

/** The conclusion. */
export function inOneSentence({ exitCode, counts, pairs }: Proof): string {
  const { mutants, killed, variants } = counts
  if (exitCode === 0) {
    return `Proved: ${count(mutants, 'mutant')} killed, no check fails on ${count(variants, 'variant')}, ${count(pairs.caught, 'pair')} caught.`
  }
  return `Not proved: ${killed} of ${count(mutants, 'mutant')} killed, checks fail on ${counts.failedVariants} of ${count(variants, 'variant')}.`
}

/** `1 mutant`, `2 mutants`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** Each figure with its name, the most important first. */
export function figures({ counts, pairs, references }: Proof): (readonly [string, string])[] {
  const { mutants, killed, rightReason, explained } = counts
  return [
    ['Mutants', `${mutants}: ${killed} killed, ${counts.survived} survived`],
    [
      'For the right reason',
      `${rightReason} of ${killed} (${percent(rightReason, killed)}); ${explained} explained`,
    ],
    ['Variants', `${counts.variants}: checks fail on ${counts.failedVariants}`],
    [
      'References',
      `${references.length}: checks fail on ${references.filter(({ failures }) => failures.length > 0).length}`,
    ],
    [
      'Pairs of mutants',
      `${pairs.caught} of ${pairs.tried} caught, ${pairs.rightReason} of them for the right reason; ${pairs.incompatible} that cannot be combined were replaced (seed ${pairs.seed})`,
    ],
    [
      'Checks',
      `${counts.checks}: ${counts.idleChecks} idle, ${counts.checksWithoutMutant} whose requirement no mutant breaks`,
    ],
    [
      'Requirements',
      `${counts.requirements}, ${counts.requirements - counts.checks} of them not observable in any exchange`,
    ],
    ['Left behind', counts.leftovers === 0 ? 'nothing' : String(counts.leftovers)],
  ]
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`
}

/** The requirements of one operation. */
export interface OperationGroup {
  /** `elb/delete-pool` */
  readonly operation: string
  readonly requirements: readonly RequirementResult[]
}

export function byOperation({ requirements }: Proof): OperationGroup[] {
  const operations = [...new Set(requirements.map(({ id }) => operationOf(id)))]
  return operations.map((operation) => ({
    operation,
    requirements: requirements.filter(({ id }) => operationOf(id) === operation),
  }))
}

/** Seconds with one decimal: `12.3 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
