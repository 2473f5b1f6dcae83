/** The system under test and how to reach it, as types. */

import type { Dialect, Feature } from './model.ts'

/** The name of an environment variable or of a file that holds a secret; never the secret itself. */
export type Secret = { readonly env: string } | { readonly file: string }

/** `elb`: a token that the operator hands over. */
export interface TokenAuth {
  readonly token: Secret
  /** Another project's, to ask what it may not do. */
  readonly otherToken?: Secret
}

/** `elb`: a password, for which the identity service gives tokens. */
export interface PasswordAuth {
  /** Address of the identity service. */
  readonly iam: string
  readonly password: Secret
  /** A user by name, who then has a domain, or by id. */
  readonly user?: string | Secret
  readonly userId?: string | Secret
  readonly domain?: string | Secret
  readonly project?: string | Secret
  readonly projectId?: string | Secret
  /** Another project, of the same user unless another is named, to ask what it may not do. */
  readonly otherPassword?: Secret
  readonly otherUser?: string | Secret
  readonly otherUserId?: string | Secret
  readonly otherDomain?: string | Secret
  readonly otherProject?: string | Secret
  readonly otherProjectId?: string | Secret
}

/** A key pair that signs each request; a temporary one comes with a security token. */
export interface AccessKeyAuth {
  readonly accessKeyId: Secret
  readonly accessKeySecret: Secret
  readonly securityToken?: Secret
  /** Another project's or account's, to ask what it may not do. */
  readonly otherAccessKeyId?: Secret
  readonly otherAccessKeySecret?: Secret
  readonly otherSecurityToken?: Secret
}

/** `elb`: SDK-HMAC-SHA256. */
export interface ElbKeyAuth extends AccessKeyAuth {
  readonly projectId?: string | Secret
  readonly otherProjectId?: string | Secret
}

/** `slb`: HMAC-SHA1 (signature version 1.0) unless stated otherwise. */
export interface SlbKeyAuth extends AccessKeyAuth {
  readonly signature?: 'HMAC-SHA1' | 'ACS3-HMAC-SHA256'
}

/** Who may be believed, and who we are, where TLS asks. All in PEM. */
export interface Tls {
  /** Certificates of authorities, beside those that Node trusts. */
  readonly ca?: Secret
  /** Our own certificate, and its key. */
  readonly certificate?: Secret
  readonly key?: Secret
  /** Of the key. */
  readonly passphrase?: Secret
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
  readonly connections?: number
  readonly unanswered?: number
  readonly requestSeconds?: number
  readonly patienceSeconds?: number
  readonly settleSeconds?: number
  readonly pollSeconds?: number
  readonly lastingSeconds?: number
  readonly runSeconds?: number
  readonly cleanUpSeconds?: number
}

/** A dated, owned excuse for one failing requirement. */
export interface Waiver {
  readonly requirement: string
  readonly reason: string
  readonly owner: string
  /** The last day it holds: `2027-01-31`. */
  readonly expires: string
  /** Of the one failure that it excuses, where it does not excuse every one: see `fingerprintOf`. */
  readonly fingerprint?: string
  /** That failure in words, for people. */
  readonly failure?: string
  /** The shipped profile that it comes from. */
  readonly profile?: string
}

/** Something of the operator's that we may use: a command line, its words, or a request. */
export type Hook =
  | string
  | readonly string[]
  | { readonly url: string; readonly method?: 'PUT' | 'POST' | 'PATCH' | 'GET' }

interface TargetOf<D extends Dialect, Auth, Given> {
  readonly name: string
  readonly dialect: D
  /** The shipped profile whose features, readings and waivers are part of this target. */
  readonly extends?: string
  /** Without a trailing slash. */
  readonly endpoint: string
  readonly auth: Auth
  readonly tls?: Tls
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

export type ElbTarget = TargetOf<'elb', TokenAuth | PasswordAuth | ElbKeyAuth, GivenElb>
export type SlbTarget = TargetOf<'slb', SlbKeyAuth, GivenSlb>
export type Target = ElbTarget | SlbTarget

/** What holds where a target file is silent. Described in `schemas/target.schema.json`. */
export const defaultLimits = {
  lanes: 4,
  requestSeconds: 30,
  patienceSeconds: 60,
  settleSeconds: 120,
  pollSeconds: 1,
  lastingSeconds: 5,
  runSeconds: 1800,
  cleanUpSeconds: 120,
} as const

/** How many load balancers a run uses at once on a slow target whose file does not say. */
const lanesOnSlowTargets = 12

/** How many checks may be under way at once on a target that turns out to be slow. */
export function mostLanesOf(limits: Limits = {}): number {
  return limits.lanes ?? lanesOnSlowTargets
}

/** How many checks may be under way on a target at once. */
export function lanesOf(limits: Limits = {}): number {
  return limits.lanes ?? defaultLimits.lanes
}

/** How many connections, and so requests, there may be at once. */
export function connectionsOf(limits: Limits = {}): number {
  return limits.connections ?? 2 * lanesOf(limits)
}

/** How many requests in a row may go unanswered, before a run is given up. */
export function unansweredOf(limits: Limits = {}): number {
  return limits.unanswered ?? 2 * lanesOf(limits) + 1
}

/** The waivers of one requirement. */
export function waiversOf({ waivers = [] }: Target, id: string): readonly Waiver[] {
  return waivers.filter(({ requirement }) => requirement === id)
}

/** Does the operator lend credentials of somebody else, to ask what they may not do? */
export function lendsAnother({ auth }: Target): boolean {
  return Object.keys(auth).some((key) => key.startsWith('other'))
}
