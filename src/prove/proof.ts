/** The contents of `prove.json`, as types. The schema is `schemas/prove.schema.json`. */

import type { Dialect, Level } from '../model.ts'
import type { NotPassed } from './trial.ts'

/** One mutant, and which checks found it. */
export interface MutantResult {
  readonly id: string
  readonly dialect: Dialect
  readonly breaks: string
  readonly story: string
  readonly killed: boolean
  /** Was it found by the check of what it breaks? */
  readonly rightReason: boolean
  /** Why only another check finds it: the `foundElsewhere` of the mutant. */
  readonly explanation?: string
  /** The checks that failed. Without `--full` the first is enough. */
  readonly killers: readonly string[]
  readonly asked: number
  /** The message of the first killer; if there is none, of the first check that did not pass. */
  readonly message?: string
  /** Checks that ended in an error of ours, which no fault of a target may cause. */
  readonly breakdowns: readonly string[]
  /** What could not be removed because of the fault itself. */
  readonly held: Readonly<Record<string, number>>
}

/** The reference or a variant: no check may fail on it, and nothing may be left on it. */
export interface LawfulResult {
  readonly id: string
  readonly dialect: Dialect
  readonly allowedBy?: string
  readonly asked: number
  /** The variants with several differences at once on which this one was asked, before it was asked alone. */
  readonly askedOn?: readonly string[]
  readonly failures: readonly NotPassed[]
  readonly leftovers: readonly string[]
  readonly held: Readonly<Record<string, number>>
}

/** One requirement, its check and its mutants. */
export interface RequirementResult {
  readonly id: string
  readonly level: Level
  readonly text: string
  readonly source: string
  /** Is there a check? */
  readonly asked: boolean
  /** The mutants that break it. */
  readonly mutants: readonly string[]
  /** All mutants that its check found, also those that break another requirement. */
  readonly kills: readonly string[]
  /** How many requests it sent to the reference, with its fixtures, looks and clean-up; only with `--full`. */
  readonly requests?: number
}

/** Two mutants at once. */
export interface PairsResult {
  readonly seed: number
  readonly tried: number
  readonly caught: number
  /** Caught by the check of a requirement that one of the two breaks. */
  readonly rightReason: number
  /** Pairs that were replaced: one removes the rule that the other changes. */
  readonly incompatible: number
  /** Pairs that no check found: together they hide each other. */
  readonly missed: readonly { readonly dialect: Dialect; readonly mutants: readonly string[] }[]
}

export interface Counts {
  readonly mutants: number
  readonly killed: number
  readonly survived: number
  readonly rightReason: number
  /** Killed only by another check, with an explanation. */
  readonly explained: number
  readonly variants: number
  readonly failedVariants: number
  readonly requirements: number
  readonly checks: number
  readonly idleChecks: number
  readonly checksWithoutMutant: number
  readonly leftovers: number
}

export interface Proof {
  readonly $schema: string
  readonly version: 1
  readonly poolproof: string
  readonly startedAt: string
  readonly milliseconds: number
  /** The command that repeats it. */
  readonly command: string
  readonly only: readonly string[]
  readonly full: boolean
  readonly threads: number
  readonly exitCode: 0 | 1
  /** Why the exit code is 1, one sentence each, with what to correct. */
  readonly shortcomings: readonly string[]
  readonly counts: Counts
  readonly references: readonly LawfulResult[]
  readonly variants: readonly LawfulResult[]
  readonly mutants: readonly MutantResult[]
  readonly pairs: PairsResult
  readonly requirements: readonly RequirementResult[]
  /** Checks that found no mutant. */
  readonly idleChecks: readonly string[]
  /** Checks whose requirement no mutant breaks. */
  readonly checksWithoutMutant: readonly string[]
}

/** The part of a proof from which counts and shortcomings follow. */
export type Results = Pick<
  Proof,
  | 'references'
  | 'variants'
  | 'mutants'
  | 'pairs'
  | 'requirements'
  | 'idleChecks'
  | 'checksWithoutMutant'
>
