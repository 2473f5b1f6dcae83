/** The system under test and how to reach it, as types; and the secrets that it names. */

import { UsageError, type Dialect, type Feature } from './model.ts'

/** The name of an environment variable that holds a secret; never the secret itself. */
export interface Secret {
  readonly env: string
}

export interface TokenAuth {
  readonly token: Secret
  /** Another project's, to ask what it may not do. */
  readonly otherToken?: Secret
}

export interface AccessKeyAuth {
  readonly accessKeyId: Secret
  readonly accessKeySecret: Secret
  /** Another account's, to ask what it may not do. */
  readonly otherAccessKeyId?: Secret
  readonly otherAccessKeySecret?: Secret
}

/** What the operator of an `elb` target lends. */
export interface GivenElb {
  readonly subnetId: string
  readonly addresses: readonly string[]
  readonly loadBalancerId?: string
  /** May load balancers be created beside those of others? */
  readonly shared?: boolean
}

/** What the operator of an `slb` target lends. */
export interface GivenSlb {
  readonly region: string
  readonly serverIds: readonly string[]
  readonly eniIds?: readonly string[]
  readonly vSwitchId?: string
  readonly loadBalancerId?: string
  /** May load balancers be created beside those of others? */
  readonly shared?: boolean
}

/** Bounds on what a run may ask of a target; the unit is in each name. */
export interface Limits {
  readonly lanes?: number
  readonly requestsPerSecond?: number
  readonly requestSeconds?: number
  readonly patienceSeconds?: number
  readonly settleSeconds?: number
  readonly pollSeconds?: number
  readonly runSeconds?: number
}

/** A dated, owned excuse for one failing requirement. */
export interface Waiver {
  readonly requirement: string
  readonly reason: string
  readonly owner: string
  /** The last day it holds: `2027-01-31`. */
  readonly expires: string
}

/** Something of the operator's that we may use: a command line, its words, or a request. */
export type Hook =
  | string
  | readonly string[]
  | { readonly url: string; readonly method?: 'PUT' | 'POST' | 'PATCH' | 'GET' }

interface TargetOf<D extends Dialect, Auth, Given> {
  readonly name: string
  readonly dialect: D
  /** Without a trailing slash. */
  readonly endpoint: string
  readonly auth: Auth
  readonly given: Given
  readonly limits?: Limits
  readonly profile?: Readonly<Partial<Record<Feature, boolean>>>
  readonly hooks?: { readonly setProvisioningStatus?: Hook }
  readonly waivers?: readonly Waiver[]
  /** By the id of a requirement, the name of the reading that the target is to follow. */
  readonly readings?: Readonly<Record<string, string>>
  /** The file it came from, as the person named it; absent for the built-in reference. */
  readonly file?: string
}

export type ElbTarget = TargetOf<'elb', TokenAuth, GivenElb>
export type SlbTarget = TargetOf<'slb', AccessKeyAuth, GivenSlb>
export type Target = ElbTarget | SlbTarget

/** What holds where a target file is silent. Described in `schemas/target.schema.json`. */
export const defaultLimits = {
  lanes: 4,
  requestSeconds: 30,
  patienceSeconds: 60,
  settleSeconds: 120,
  pollSeconds: 1,
  runSeconds: 1800,
} as const

/** How many checks may be under way on a target at once. */
export function lanesOf(limits: Limits = {}): number {
  return limits.lanes ?? defaultLimits.lanes
}

/** Printable ASCII, with nothing blank at either end: what a header takes, and what a key looks like. */
const sendable = /^[!-~](?:[ -~]*[!-~])?$/

/**
 * The secrets a target names, from the environment.
 *
 * @returns by the key of `auth`: `{ token: '…' }`.
 * @throws {UsageError} When a variable is unset, empty or no token or key at all; names it.
 */
export function secretsOf(
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(target.auth).map(([key, { env }]: [string, Secret]) => {
      const value = environment[env]
      if (value && sendable.test(value)) return [key, value]
      if (value) {
        throw new UsageError(
          `The environment variable ${env} holds a line break, a blank at an end, or a letter beyond ASCII. ` +
            `${target.file ?? target.name} names it as auth.${key}; set it again without: export ${env}=…`,
        )
      }
      throw new UsageError(
        `The environment variable ${env} is not set. ${target.file ?? target.name} names it as auth.${key}; ` +
          `set it before the run: export ${env}=…`,
      )
    }),
  )
}
