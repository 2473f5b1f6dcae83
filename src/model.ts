/**
 * The words of the project, as types. Imports nothing, so that every room can use it.
 *
 * What each word means is said once, in ARCHITECTURE.md.
 */

/**
 * The documented operations that are judged, in the order of a report.
 *
 * `page` is the vendor's page: its title, a public address where a reader can open an edition of it, and the
 * sha-256 of the edition that the schemas were taken from. An edition at the address may be newer.
 */
export const operations = [
  {
    dialect: 'elb',
    operation: 'update-pool',
    method: 'PUT',
    path: '/v2.0/lbaas/pools/{pool_id}',
    page: {
      title: 'Updating a Backend Server Group',
      address: 'https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-elb/elb_zq_hz_0004.html',
      sha256: '119afdeaa990ef190a0ff5d4d504b164d362cf2650db4dcc6e911815f886d4be',
    },
  },
  {
    dialect: 'elb',
    operation: 'delete-pool',
    method: 'DELETE',
    path: '/v2.0/lbaas/pools/{pool_id}',
    page: {
      title: 'Deleting a Backend Server Group',
      address: 'https://support.huaweicloud.com/en-us/api-elb/elb_zq_hz_0005.html',
      sha256: '101e15a6ffe15521898d206278edd3402c496738ba0d87ada26b6d69116ca0ab',
    },
  },
  {
    dialect: 'elb',
    operation: 'remove-member',
    method: 'DELETE',
    path: '/v2.0/lbaas/pools/{pool_id}/members/{member_id}',
    page: {
      title: 'Removing a Backend Server',
      address: 'https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-elb/elb_zq_hd_0005.html',
      sha256: '794d2d0ba70c1889446b374cf626bc4e862b7d3c300dd373ca9394a27f49306a',
    },
  },
  {
    dialect: 'slb',
    operation: 'remove-vserver-group-backend-servers',
    method: 'GET',
    path: '/',
    page: {
      title: 'RemoveVServerGroupBackendServers',
      address:
        'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removevservergroupbackendservers',
      sha256: '7ba97a87f420107ce1e3f9b7b8552d3032e98e019fe25b15857309a6d6f8a77c',
    },
  },
  {
    dialect: 'slb',
    operation: 'remove-backend-servers',
    method: 'GET',
    path: '/',
    page: {
      title: 'RemoveBackendServers',
      address:
        'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removebackendservers',
      sha256: 'a6e2c573645b7db08b7e93aa295934a47a233fac4bd540fc413047a8936ad2b0',
    },
  },
] as const

/** Pages that describe no operation, and that requirements come from all the same. */
const otherPages = [
  {
    title: 'HTTP Status Codes for Enhanced Load Balancers',
    address: 'https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-elb/elb_gc_0002.html',
  },
] as const

const addresses = new Map<string, string>(
  [...operations.map(({ page }) => page), ...otherPages].map(({ title, address }) => [
    title,
    address,
  ]),
)

/** Where a reader can open the page that a source begins with; `undefined` for a page not listed above. */
export function addressOf(source: string): string | undefined {
  return addresses.get(source.split(' › ', 1)[0] ?? '')
}

/** One vendor's API family: `elb` is LBaaS v2 at `/v2.0/lbaas`, `slb` the RPC API of 2014-05-15. */
export type Dialect = (typeof operations)[number]['dialect']

export type Operation = (typeof operations)[number]['operation']

/** One of these operations, or another that is asked by its id: one that set-up uses, or that a project brings itself. */
export type AnyOperation = Operation | (string & {})

/**
 * How firmly a page stands behind a requirement.
 *
 * `must`: the page states it. `implied`: without it the page's statement means nothing.
 * `reading`: the page is silent or contradicts itself, so what the target does is recorded, never failed.
 */
export type Level = 'must' | 'implied' | 'reading'

/** What a target may say, in its profile, that it does not offer. */
export type Feature =
  | 'authentication'
  | 'asynchronous'
  | 'delayedReads'
  | 'udp'
  | 'persistenceTimeout'
  | 'healthMonitors'
  | 'forwardingPolicies'
  | 'statusTree'
  | 'xml'
  | 'post'
  | 'eni'

/** What only the operator can lend, or the person who starts a run: without it a question is not put. */
export type Loan = 'traffic' | 'patience' | 'certificate' | 'readOnlyCredentials'

/** One thing that does not matter: its values by name, each with the words a finding uses. The first is usual. */
export interface Factor {
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

/** Values that cannot meet, and the place in a page that says so. */
export interface Infeasible {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly source: string
}

/** What a check does not depend on. */
export interface Varies {
  readonly factors: readonly Factor[]
  readonly never?: readonly Infeasible[]
}

/** The value of each factor, by the name of the factor. */
export type Circumstances = Readonly<Record<string, string>>

/** How many factors meet in all combinations; 1 draws a single combination. */
export type Strength = 1 | 2 | 3

/** One sentence a target must obey, in our words, with the place in the page it comes from. */
export interface Requirement {
  /** Kebab-case path, never reused: `elb/delete-pool/members-first`. */
  readonly id: string
  readonly level: Level
  readonly text: string
  /** Page title, section, table, row: `Deleting a Backend Server Group › Constraints`. */
  readonly source: string
  /** What the target must offer for the question to make sense. */
  readonly needs?: readonly Feature[]
  /** What has to be lent: without it the requirement is listed with the reason, and not asked. */
  readonly lent?: readonly Loan[]
  /** What the sentence does not depend on: a run draws it anew. */
  readonly varies?: Varies
  /** For `reading`: each lawful interpretation, by its name. */
  readonly readings?: Readonly<Record<string, string>>
}

/** What a check of a requirement came to. */
export type Verdict = 'pass' | 'fail' | 'waived' | 'inconclusive' | 'not-applicable'

/** Why a request was sent: to prepare, to ask the question, to look at the result, or to clean up. */
export type Purpose = 'arrange' | 'ask' | 'look' | 'clean-up'

/** A request below a target's endpoint, before the dialect has signed it. */
export interface HttpRequest {
  readonly method: string
  /** Starts with `/`; relative to the endpoint, which may carry a prefix of its own. */
  readonly path: string
  /** Query parameters in order, not yet encoded. */
  readonly query?: readonly (readonly [name: string, value: string])[]
  readonly headers?: Readonly<Record<string, string>>
  /** The body exactly as sent. */
  readonly body?: string
  /** The path is not one of the API: a gateway may redirect it, and that is an answer. */
  readonly mayRedirect?: true
  /** Whose credentials go with it, where that is the question; the target's own unless stated otherwise. */
  readonly credentials?: Credentials
}

/**
 * None at all, some that do not fit, those of another project or account, those that may only read; for
 * signed calls also a key that does not exist, a signature over other parameters than are sent, one that is wrong only at its
 * end, one that ends too early, and one that fits a call without a parameter that belongs to it.
 */
export type Credentials =
  | 'none'
  | 'wrong'
  | 'other'
  | 'readOnly'
  | 'unknown'
  | 'altered'
  | 'misspelt'
  | 'cut'
  | Particular

/** The target's own credentials, on a call that says something particular of itself. */
export interface Particular {
  /** The common parameter that it lacks. */
  readonly without?: string
  /** How many milliseconds ago it says that it was made. */
  readonly aged?: number
  /** Where it is noted how the last attempt was stamped. */
  readonly noted?: Noted
  /** Stamped as was noted there, so that it is the same call again. */
  readonly again?: Noted
}

/** When a call says that it was made, and what tells it from every other. */
export interface Noted {
  stamp?: { readonly date: Date; readonly nonce: string }
}

/** What came back, its body decoded and read once. */
export interface HttpResponse {
  readonly status: number
  /** In the order received, names as received. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string
  /** The body as JSON, or XML as plain objects; `undefined` when empty or neither. */
  readonly body: unknown
}

/** One request and what came back. */
export interface Exchange extends HttpResponse {
  readonly purpose: Purpose
  readonly request: HttpRequest
}

/** `X-Auth-Token: (none)`: where the credentials of a request go, and in a word what they were. Never a secret. */
export interface ShownCredentials {
  /** A header, or a parameter of a call. */
  readonly name: string
  /** `(redacted)` for the right ones, `(none)`, `(wrong)` and so on where the check asks with others. */
  readonly value: string
}

/** An exchange as it goes into a report: secrets redacted, also when no answer came. */
export interface RecordedExchange {
  readonly purpose: Purpose
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [name: string, value: string])[]
    readonly body?: string
    readonly credentials?: ShownCredentials
  }
  readonly response?: {
    readonly status: number
    readonly headers: readonly (readonly [name: string, value: string])[]
    readonly body: string
  }
  /** Why there is no response, or why it was asked more than once. */
  readonly trouble?: string
  /** Milliseconds from the first attempt to the last byte. */
  readonly milliseconds: number
}

/** What one asking of a check drew, so that the same can be asked again of its evidence. */
export interface Draws {
  /** The id of the run; of a merged report, that of the shard. */
  readonly run: string
  /** How many of the exchanges belong to it. */
  readonly exchanges: number
  /** The ids of load balancers: its own, and those on which other checks have asked what it shares. */
  readonly loadBalancers: readonly string[]
  /** Names, ports and the like in the order in which they were drawn, by what they are for. */
  readonly values: Readonly<Record<string, readonly Drawn[]>>
}

/** One value that chance, the clock or other checks have decided. */
export type Drawn = string | number | boolean

/** Who answered one connection of ours, and when. */
export interface TrafficSample {
  /** Milliseconds since the first connection of the check. */
  readonly at: number
  /** The number of a backend server, from 1; 0 where nobody answered. */
  readonly server: number
  /** What it belongs to: a client, or an open connection. */
  readonly from: string
}

/** What went through the load balancer while a check was asked. */
export interface TrafficRecord {
  readonly protocol: 'TCP' | 'UDP' | 'HTTP'
  readonly servers: number
  /** What was done to the configuration, and when. */
  readonly events: readonly { readonly at: number; readonly what: string }[]
  readonly samples: readonly TrafficSample[]
}

/** The question could not be put: the target, or something on the way to it, did not answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** No credentials could be obtained, and asking again is of no use. */
  readonly refusedCredentials: boolean

  constructor(message: string, refusedCredentials = false) {
    super(message)
    this.refusedCredentials = refusedCredentials
  }
}

/** The target knows the credentials and says that they may not do this: it has not judged the request itself. */
export class Denied extends NoAnswer {
  /** Its refusal: nothing was done. */
  readonly response: HttpResponse

  constructor(message: string, response: HttpResponse) {
    super(message)
    this.response = response
  }
}

/** The question could not be put: the fixture that it needs could not be created. */
export class Unarranged extends Error {
  override readonly name = 'Unarranged'
}

/** The question does not arise: the target's profile says it does not offer this. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered'
}

/** The user can correct this: a wrong option, file or variable. Exit code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** The target file does not fit the target, as its answer to the first request shows. Exit code 2. */
export class Misconfigured extends UsageError {
  override readonly name = 'Misconfigured'
}
