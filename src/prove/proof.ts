/** What a proof says: `prove.json` in types. The schema is `schemas/prove.schema.json`. */

import type { Dialect, Level } from '../model.ts'
import type { Said } from './trial.ts'

/** One mutant, and who found it. */
export interface MutantResult {
  readonly id: string
  readonly dialect: Dialect
  readonly breaks: string
  readonly story: string
  readonly killed: boolean
  /** Was it found by the check of what it breaks? */
  readonly rightReason: boolean
  /** Why another check finds it, where that is so and somebody has said why. */
  readonly explanation?: string
  /** The checks that failed. Without `--full` the first is enough. */
  readonly killers: readonly string[]
  readonly asked: number
  /** What the first of them said; or what came instead of a failure. */
  readonly message?: string
  /** Checks that broke down on it, which no fault of a target may bring about. */
  readonly breakdowns: readonly string[]
  /** What the fault itself kept from being removed. */
  readonly held: Readonly<Record<string, number>>
}

/** The reference or a variant: nothing may fail on it, and nothing may be left on it. */
export interface LawfulResult {
  readonly id: string
  readonly dialect: Dialect
  readonly allowedBy?: string
  readonly asked: number
  readonly failures: readonly Said[]
  readonly leftovers: readonly string[]
  readonly held: Readonly<Record<string, number>>
}

/** One requirement, and what stands for it. */
export interface RequirementResult {
  readonly id: string
  readonly level: Level
  readonly text: string
  readonly source: string
  /** Is there a check? */
  readonly asked: boolean
  /** The mutants that break it. */
  readonly mutants: readonly string[]
  /** The mutants, of it or of others, that its check was seen to find. */
  readonly kills: readonly string[]
}

/** Two mutants at once. */
export interface PairsResult {
  readonly seed: number
  readonly tried: number
  readonly caught: number
  /** Caught by the check of what one of the two breaks. */
  readonly rightReason: number
  /** Drawn again: one takes away the rule that the other changes. */
  readonly incompatible: number
  /** One hid the other, and both hid. */
  readonly missed: readonly { readonly dialect: Dialect; readonly mutants: readonly string[] }[]
}

export interface Counts {
  readonly mutants: number
  readonly killed: number
  readonly survived: number
  readonly rightReason: number
  /** Killed for another reason, and why is said. */
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
  /** To repeat it. */
  readonly command: string
  readonly only: readonly string[]
  readonly full: boolean
  readonly threads: number
  readonly exitCode: 0 | 1
  /** Why the exit code is 1, one sentence each; each names what to mend. */
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

/** The part of a proof that is found rather than reckoned. */
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
