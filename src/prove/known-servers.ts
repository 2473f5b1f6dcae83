/** Servers whose behaviour is known: the reference, its mutants and its variants. */

import type { Dialect } from '../model.ts'
import type { Target } from '../target.ts'
import type { Wire } from '../wire/wire.ts'

/** Minutes of a known server that is asked what takes minutes: long enough for a busy machine, short for a proof. */
export const shortMinute = 2_000

/** A server to which checks are put: the reference, a mutant or a variant; empty at first. */
export interface ServerUnderTest {
  readonly target: Target
  /** The secrets that the target names. */
  readonly environment: Readonly<Record<string, string>>
  readonly wire: Wire
  setProvisioningStatus(loadBalancerId: string, status: string): Promise<void>
  /** How many objects it holds, by kind. */
  inventory(): Readonly<Record<string, number>>
  close(): Promise<void>
  /** Milliseconds in a minute of its traffic; absent where it is not asked what takes minutes. */
  readonly minute?: number
}

/** A mutant, as `prove` reports it. */
export interface MutantInfo {
  readonly dialect: Dialect
  readonly id: string
  /** The id of the requirement. */
  readonly breaks: string
  readonly story: string
  /** Why a check of another requirement finds it, where that is so. */
  readonly foundElsewhere?: string
  /** Its checks mostly wait. */
  readonly takesLong: boolean
}

/** A variant, as `prove` reports it. */
export interface VariantInfo {
  readonly dialect: Dialect
  readonly id: string
  readonly allowedBy: string
  /** Prefixes of the requirements that cannot be asked of it: not being able to ask them is right. */
  readonly unasked?: readonly string[]
  /** Its checks mostly wait. */
  readonly takesLong?: true
  /** The ids of the variants that it has all at once. */
  readonly parts?: readonly string[]
}

/** Two mutants that cannot be combined in one server: the second changes a rule that the first removes. */
export class Incompatible extends Error {
  override readonly name = 'Incompatible'
}

/** All known servers. Each call makes a new one. */
export interface KnownServers {
  readonly mutants: readonly MutantInfo[]
  /** Faults of operations that set-up uses: planted where these are asked. */
  readonly setUpMutants: readonly MutantInfo[]
  readonly variants: readonly VariantInfo[]
  reference(dialect: Dialect, asynchronous: boolean): Promise<ServerUnderTest>
  /** With several ids, one server with all these faults, applied in this order. @throws {Incompatible} */
  mutant(dialect: Dialect, ids: readonly string[]): Promise<ServerUnderTest>
  variant(dialect: Dialect, id: string): Promise<ServerUnderTest>
}
