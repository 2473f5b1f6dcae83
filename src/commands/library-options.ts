/** The options of the library's functions. */

import type { Level, Strength } from '../model.ts'
import type { OwnOperation } from '../check/rows/own-operation.ts'
import type { Target } from '../target.ts'

export type { OwnGround, OwnOperation, OwnRequest } from '../check/rows/own-operation.ts'
export type { Recipe } from '../check/rows/recipe.ts'

/** What a run asks, and of whom. */
export interface ConformanceOptions {
  /** The path of a target file, or its contents; several of them, one for each dialect; absent: the built-in reference. */
  readonly target?: string | Target | readonly (string | Target)[]
  /** Where the report and the journal are written. */
  readonly report: string
  /** The path or `file:` address of a module that exports `operations` of your own: then only these are asked. */
  readonly operations?: string
  /** Ids, their beginnings, or patterns; absent: all. */
  readonly only?: readonly string[]
  readonly levels?: readonly Level[]
  readonly skip?: readonly string[]
  /** 1 where absent. */
  readonly seed?: number
  readonly strength?: Strength
  /** Drawn sequences of operations of each dialect; 0 where absent. */
  readonly walks?: number
  /** Where secrets are; absent: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Called when a check has ended. */
  readonly onProgress?: (id: string, done: number, of: number) => void
  /** Ends the run: what was created is removed. */
  readonly signal?: AbortSignal
}

/** Which operations of your own are to be proved. */
export interface ProveOperationsOptions {
  /** The path or `file:` address of a module that exports `operations` of your own. */
  readonly operations: string
  /** Ids, their beginnings, or patterns; absent: all. */
  readonly only?: readonly string[]
  /** Are the lawful variants of the reference asked too? That takes a minute. */
  readonly variants?: boolean
  /** Called when a server has been asked. */
  readonly onProgress?: (id: string, done: number, of: number) => void
}

/** One fault that was made from a row. */
export interface PlantedFault {
  readonly id: string
  /** The id of the row. */
  readonly breaks: string
  readonly story: string
  /** Did a check find it? */
  readonly killed: boolean
}

/** What the checks of your rows found. */
export interface OperationsProof {
  /** 0 where each fault was found, each check finds one, and none fails on the reference. */
  readonly exitCode: 0 | 1
  readonly conclusion: string
  readonly mutants: readonly PlantedFault[]
  /** Why the exit code is 1, one sentence each. */
  readonly shortcomings: readonly string[]
}

/** What is declared. */
export interface SuitesOptions {
  /** The path of a target file, or its contents; absent: the built-in reference of `dialect`. */
  readonly target?: string | Target
  /** Of the built-in reference; `elb` where absent. */
  readonly dialect?: 'elb' | 'slb'
  /** Operations of your own: then only these are asked. */
  readonly operations?: readonly OwnOperation[]
  readonly only?: readonly string[]
  readonly levels?: readonly Level[]
  readonly skip?: readonly string[]
  /** 1 where absent. */
  readonly seed?: number
  readonly strength?: Strength
  /** Where the journal is written; `reports/latest/journal` where absent, where `poolproof sweep` looks. */
  readonly journal?: string
  /** What becomes of a requirement that could not be decided; it fails where absent. */
  readonly undecided?: 'fail' | 'skip'
}
