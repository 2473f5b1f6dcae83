/** A server whose conduct is known, and the faults and differences that a collection of them has. */

import type { Dialect } from '../model.ts'
import type { Target } from '../target.ts'
import type { Wire } from '../wire/wire.ts'

/** The reference, changed or not, ready to be asked; with nothing in it. */
export interface Specimen {
  readonly target: Target
  /** The secrets that the target names. */
  readonly environment: Readonly<Record<string, string>>
  readonly wire: Wire
  setProvisioningStatus(loadBalancerId: string, status: string): Promise<void>
  /** How many objects it holds, by kind. */
  inventory(): Readonly<Record<string, number>>
  close(): Promise<void>
}

/** One planted fault, as `prove` tells of it. */
export interface Fault {
  readonly dialect: Dialect
  readonly id: string
  /** The id of the requirement. */
  readonly breaks: string
  readonly story: string
  /** Why a check of another requirement finds it, where that is so. */
  readonly foundElsewhere?: string
}

/** One lawful difference. */
export interface Difference {
  readonly dialect: Dialect
  readonly id: string
  readonly allowedBy: string
}

/** Two changes that cannot be made to one server: the second needs a rule that the first has taken. */
export class Incompatible extends Error {
  override readonly name = 'Incompatible'
}

/** Where specimens come from. */
export interface Collection {
  readonly mutants: readonly Fault[]
  readonly variants: readonly Difference[]
  reference(dialect: Dialect, asynchronous: boolean): Promise<Specimen>
  /** With several ids, all these faults at once, in this order. @throws {Incompatible} */
  mutant(dialect: Dialect, ids: readonly string[]): Promise<Specimen>
  variant(dialect: Dialect, id: string): Promise<Specimen>
}
