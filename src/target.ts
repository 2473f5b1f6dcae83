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
  /** A key of the same account that may read, and may not write. */
  readonly readOnlyAccessKeyId?: Secret
  readonly readOnlyAccessKeySecret?: Secret
  readonly readOnlySecurityToken?: Secret
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

/** A backend server that traffic may reach: one that the run starts, or one of `poolproof backend`. */
export interface LentBackend {
  /** `slb`: the id of the server that has this address. */
  readonly serverId?: string
  /** As the load balancer sees it; one that the run starts is bound to it on this machine. */
  readonly address: string
  /** Any free one where the run starts it and none is named. */
  readonly port?: number
  /** The control port of `poolproof backend`; without it, the run starts the backend server itself. */
  readonly control?: number
}

/** What the operator lends so that traffic can be asked. Nothing else is ever connected to. */
export interface GivenTraffic {
  /** An address for all connections, or a network in which the address lies that the API shows. */
  readonly entry: string
  /** Source addresses to bind on this machine; one client with the usual address where absent. */
  readonly clients?: readonly string[]
  /** Protocols of listeners that the way in lets through; all three where absent. */
  readonly protocols?: readonly ('TCP' | 'UDP' | 'HTTP')[]
  readonly servers: readonly LentBackend[]
  /** What `poolproof backend` was given, too. */
  readonly secret?: Secret
  /** How long open connections are watched, and new ones counted, after a change. */
  readonly watchSeconds?: number
  /** How long the load balancer may take until its traffic follows its API. */
  readonly settleSeconds?: number
}

/** What holds where `given.traffic` is silent. */
export const defaultTraffic = {
  protocols: ['TCP', 'UDP', 'HTTP'],
  watchSeconds: 5,
  settleSeconds: 30,
} as const

/** What the operator of an `elb` target lends. */
export interface GivenElb {
  readonly subnetId: string
  readonly addresses: readonly string[]
  readonly loadBalancerId?: string
  /** May load balancers be created beside those of others? */
  readonly shared?: boolean
  readonly traffic?: GivenTraffic
  /** Of a server certificate, for listeners that terminate HTTPS. */
  readonly certificateId?: string
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
  readonly traffic?: GivenTraffic
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

/**
 * How many load balancers a run uses at once where the target file does not say, by how long the target was seen to
 * need for a write: from so many milliseconds on, so many.
 */
export const lanesByWait = [
  { milliseconds: 300, lanes: 12 },
  { milliseconds: 1_000, lanes: 24 },
] as const

/** How many checks may be under way at once on a target that turns out to be slow. */
export function mostLanesOf(limits: Limits = {}): number {
  return limits.lanes ?? Math.max(...lanesByWait.map(({ lanes }) => lanes))
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
