/**
 * Sticky sessions: what may be asked for, and what is then stored. The same on creation, where nothing
 * is stored yet, and on update.
 *
 * A type that does not take effect on the pool's protocol (SOURCE_IP on HTTP, a cookie on TCP or UDP) is
 * accepted and stored: the page only says that it has no effect.
 *
 * @see Updating a Backend Server Group, Table 4
 */

import { isObject, textOr, type Given } from './body.ts'
import { isOfKind } from './fields.ts'
import type { SessionPersistence } from './store.ts'

/** A `session_persistence` object as sent, and the pool that it applies to. */
export interface Asked {
  readonly sent: Given
  readonly stored: SessionPersistence | null
  /** The protocol of the pool. */
  readonly protocol: string
}

/** One requirement of the page for such an object; the complaint is a sentence. */
export interface Demand {
  readonly keeps: string
  complaint(asked: Asked): string | undefined
}

const types = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE']
const row = 'elb/update-pool/request.pool.session_persistence'

/** The longest sticky session in minutes. @see Table 4, row `persistence_timeout` */
export function longestMinutes(protocol: string): number {
  return protocol === 'HTTP' ? 1440 : 60
}

/** The resulting type: the one sent, else the one stored. */
export function typeInForce({ sent, stored }: Asked): unknown {
  return sent['type'] === undefined ? stored?.type : sent['type']
}

function timeoutThatCounts(asked: Asked): number | undefined {
  const minutes = asked.sent['persistence_timeout']
  return typeof minutes === 'number' && typeInForce(asked) !== 'APP_COOKIE' ? minutes : undefined
}

/** A bound that holds for one protocol only. */
function bound(keeps: string, protocol: string, breaks: (minutes: number) => boolean): Demand {
  return {
    keeps,
    complaint(asked) {
      const minutes = timeoutThatCounts(asked)
      if (minutes === undefined || asked.protocol !== protocol || !breaks(minutes)) return undefined
      const range = `1 to ${longestMinutes(protocol)}`
      return `persistence_timeout is ${minutes}, but ${protocol} allows ${range} minutes.`
    },
  }
}

const bounds: readonly Demand[] = [
  bound('elb/update-pool/timeout-tcp-0', 'TCP', (minutes) => minutes < 1),
  bound('elb/update-pool/timeout-tcp-61', 'TCP', (minutes) => minutes > 60),
  bound('elb/update-pool/timeout-udp-0', 'UDP', (minutes) => minutes < 1),
  bound('elb/update-pool/timeout-udp-61', 'UDP', (minutes) => minutes > 60),
  bound('elb/update-pool/timeout-http-0', 'HTTP', (minutes) => minutes < 1),
  bound('elb/update-pool/timeout-http-1441', 'HTTP', (minutes) => minutes > 1440),
]

/** The name is mandatory with APP_COOKIE, unless the type is left as it was and has one. */
function needsCookieName(asked: Asked): boolean {
  return asked.sent['type'] === 'APP_COOKIE' || asked.stored?.type === typeInForce(asked)
    ? typeInForce(asked) === 'APP_COOKIE'
    : false
}

const cookieNames: readonly Demand[] = [
  {
    keeps: 'elb/update-pool/cookie-name-required',
    complaint(asked) {
      if (asked.sent['type'] !== 'APP_COOKIE' || 'cookie_name' in asked.sent) return undefined
      return 'cookie_name is required with APP_COOKIE.'
    },
  },
  {
    keeps: 'elb/update-pool/cookie-name-required.null',
    complaint: (asked) =>
      needsCookieName(asked) && asked.sent['cookie_name'] === null
        ? 'cookie_name cannot be null with APP_COOKIE.'
        : undefined,
  },
  {
    keeps: 'elb/update-pool/cookie-name-required.empty',
    complaint: (asked) =>
      needsCookieName(asked) && asked.sent['cookie_name'] === ''
        ? 'cookie_name cannot be empty with APP_COOKIE.'
        : undefined,
  },
  {
    keeps: 'elb/update-pool/cookie-name-without-app-cookie',
    complaint(asked) {
      const named = typeof asked.sent['cookie_name'] === 'string'
      if (!named || typeInForce(asked) === 'APP_COOKIE') return undefined
      return 'cookie_name can be specified with APP_COOKIE only.'
    },
  },
]

/** What the page requires, in the order in which it is checked. */
export const demands: readonly Demand[] = [
  {
    keeps: 'elb/update-pool/session-persistence-empty-object',
    complaint: ({ sent }) =>
      Object.keys(sent).length === 0 ? 'session_persistence is empty.' : undefined,
  },
  {
    keeps: 'elb/update-pool/unknown-field',
    complaint({ sent }) {
      const known = ['type', 'cookie_name', 'persistence_timeout']
      const stranger = Object.keys(sent).find((name) => !known.includes(name))
      return stranger && `session_persistence.${stranger} cannot be specified.`
    },
  },
  {
    keeps: `${row}.type.type`,
    complaint: ({ sent: { type } }) =>
      type === undefined || isOfKind('string', type) ? undefined : 'type is not a string.',
  },
  {
    keeps: 'elb/update-pool/unknown-session-persistence-type',
    complaint: ({ sent: { type } }) =>
      typeof type !== 'string' || types.includes(type)
        ? undefined
        : `type is not one of ${types.join(', ')}.`,
  },
  {
    keeps: 'elb/update-pool/session-persistence-type-omitted',
    complaint: (asked) =>
      typeInForce(asked) === undefined ? 'type is required: there is none yet.' : undefined,
  },
  {
    keeps: `${row}.cookie_name.type`,
    complaint: ({ sent: { cookie_name: name } }) =>
      name === undefined || name === null || isOfKind('string', name)
        ? undefined
        : 'cookie_name is not a string.',
  },
  ...cookieNames,
  {
    keeps: `${row}.persistence_timeout.type`,
    complaint(asked) {
      const minutes = asked.sent['persistence_timeout']
      const absent = minutes === null && typeInForce(asked) === 'APP_COOKIE'
      if (minutes === undefined || absent || isOfKind('integer', minutes)) return undefined
      return 'persistence_timeout is not an integer.'
    },
  },
  ...bounds,
]

/**
 * What is stored when every requirement is met.
 *
 * Left out, the type is kept; name and timeout are kept with it, but not across a change of type. A
 * timeout that was never given is the longest: the creation page shows 1440 for HTTP. With APP_COOKIE
 * it has no meaning and is not stored.
 *
 * @param sent - `null` switches sticky sessions off.
 */
export function merged(
  sent: unknown,
  stored: SessionPersistence | null,
  protocol: string,
): SessionPersistence | null {
  if (!isObject(sent)) return null
  const type = textOr(typeInForce({ sent, stored, protocol }), '')
  const kept = stored?.type === type ? stored : undefined
  const application = type === 'APP_COOKIE'
  const minutes = sent['persistence_timeout'] ?? kept?.persistence_timeout
  return {
    type,
    cookie_name: application ? textOr(sent['cookie_name'], kept?.cookie_name ?? null) : null,
    persistence_timeout: application ? null : Number(minutes ?? longestMinutes(protocol)),
  }
}
