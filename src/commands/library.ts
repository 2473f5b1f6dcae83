/** The library: a run from a program of your own. Its whole surface is described in docs/library.md. */

import type {
  ConformanceOptions,
  OperationsProof,
  OwnOperation,
  ProveOperationsOptions,
} from './library-options.ts'
import type { Report } from '../report/report.ts'
import type { Target } from '../target.ts'

export type { Report } from '../report/report.ts'
export type { Target } from '../target.ts'

export type {
  ConformanceOptions,
  OperationsProof,
  OwnGround,
  OwnOperation,
  OwnRequest,
  PlantedFault,
  ProveOperationsOptions,
  Recipe,
} from './library-options.ts'

/** A target, with its type: for files that export one. It is checked when it is used. */
export function defineTarget<T extends Target>(target: T): T {
  return target
}

/** An operation of your own: the schema of its page, and how it is asked. It is read when it is used. */
export function defineOperation<Arranged>(operation: OwnOperation<Arranged>): OwnOperation {
  return operation as OwnOperation
}

/**
 * Runs the checks, and writes the report as `poolproof run` does, but prints nothing.
 *
 * @returns the report; its `exitCode` is that of the program.
 * @throws {Error} What the program reports with exit code 2: a wrong target, a secret that is not set, a selection that
 *   selects nothing, a directory that is not ours.
 */
export async function conformance(options: ConformanceOptions): Promise<Report> {
  const { runOf } = await import('./library-run.ts')
  return runOf(options)
}

/**
 * Plants faults that are made from the rows of your operations, one at a time, in the built-in reference, and asks your
 * checks: whether they can fail.
 *
 * @throws {Error} When the reference does not have the operation, or the operations cannot be read.
 */
export async function proveOperations(options: ProveOperationsOptions): Promise<OperationsProof> {
  const { proofOf } = await import('./library-prove.ts')
  return proofOf(options)
}
