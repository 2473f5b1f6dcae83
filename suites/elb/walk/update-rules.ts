/** What the page says of one update: whether it must be accepted or refused, and what is shown afterwards. */

import { isDeepStrictEqual } from 'node:util'
import { isFields, type Fields } from '../../../fixtures/elb/wire-shapes.ts'
import type { Ruling } from '../../../src/check/ruling.ts'
import { exactly, known, type Expected, type OwnField, type WalkedPool } from './world.ts'

const id = (name: string) => `elb/update-pool/${name}`
const accepted = (name: string): Ruling => ({ follows: 'accepted', requirement: id(name) })
const refused = (name: string): Ruling => ({ follows: 'refused', requirement: id(name) })
const open = (name: string): Ruling => ({ follows: 'open', requirement: id(name) })

/** @see Updating a Backend Server Group › Request › Tables 3 and 4 */
export function rulingOn(pool: WalkedPool, sent: Fields): Ruling {
  const rulings = tellingFirst
    .filter((name) => name in sent)
    .map((name) => fieldRuling(pool, name, sent[name]))
  return (
    rulings.find(({ follows }) => follows === 'refused') ??
    rulings.find(({ follows }) => follows === 'open') ??
    rulings[0] ??
    open('empty-pool-object')
  )
}

/** Of several fields that must be accepted, the one that is most likely to be why they are not. */
const tellingFirst = [
  'session_persistence',
  'lb_algorithm',
  'admin_state_up',
  'name',
  'description',
]

function fieldRuling(pool: WalkedPool, name: string, value: unknown): Ruling {
  if (name === 'name' || name === 'description') return textRuling(name, value)
  if (name === 'lb_algorithm') return algorithmRuling(pool, value)
  if (name === 'admin_state_up') {
    if (value === true) return accepted('admin-state-up-true')
    return open(value === false ? 'admin-state-up-false' : 'request.pool.admin_state_up.type')
  }
  if (name === 'session_persistence') return persistenceRuling(pool, value)
  throw new Error(`No walk sends ${name}.`)
}

const plain = /^[\w.-]*$/

function textRuling(name: 'name' | 'description', value: unknown): Ruling {
  if (value === null) return open(`null-${name}`)
  if (typeof value !== 'string') return refused(`request.pool.${name}.type`)
  if (!plain.test(value)) return open('text-stored-as-sent')
  if (value.length > 255) return refused(`request.pool.${name}.max-length`)
  if (value.length === 255) return accepted(`request.pool.${name}.max-length`)
  return value === '' ? open(`empty-${name}`) : accepted('active-accepted')
}

export const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP']

function algorithmRuling({ protocol }: WalkedPool, value: unknown): Ruling {
  if (value === null) return open('request.pool.lb_algorithm.type')
  if (typeof value !== 'string') return refused('request.pool.lb_algorithm.type')
  if (!algorithms.includes(value)) return refused('unknown-algorithm')
  return accepted(`every-algorithm-on-${protocol.toLowerCase()}`)
}

const types = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE']

function persistenceRuling(pool: WalkedPool, value: unknown): Ruling {
  const stored = known(pool.own.session_persistence)
  if (value === null) {
    return accepted(
      stored === null ? 'session-persistence-null-when-off' : 'session-persistence-null-disables',
    )
  }
  if (!isFields(value)) return refused('request.pool.session_persistence.type')
  if (Object.keys(value).length === 0) return open('session-persistence-empty-object')
  const asked = { sent: value, stored: isFields(stored) ? stored : undefined, pool }
  const rulings = [typeRuling(asked), cookieRuling(asked), timeoutRuling(asked)]
  const refusal = rulings.find(({ follows }) => follows === 'refused')
  return (
    refusal ??
    rulings.find(({ follows }) => follows === 'open') ??
    rulings.find(({ requirement }) => requirement.includes('timeout')) ??
    rulings[0] ??
    open('unknown-field')
  )
}

/** A session persistence as it is sent, and what it meets. */
interface Asked {
  readonly sent: Fields
  readonly stored: Fields | undefined
  readonly pool: WalkedPool
}

/** The type that will hold: the one sent, or the one that is stored. */
function typeInForce({ sent, stored }: Asked): unknown {
  return sent['type'] ?? stored?.['type']
}

function typeRuling(asked: Asked): Ruling {
  const { type } = asked.sent
  if (type === undefined) return open('session-persistence-type-omitted')
  if (typeof type !== 'string') {
    return refused('request.pool.session_persistence.type.type')
  }
  if (!types.includes(type)) return refused('unknown-session-persistence-type')
  const { protocol } = asked.pool
  if (protocol === 'UDP') {
    return open(type === 'SOURCE_IP' ? 'source-ip-on-udp' : 'cookie-types-on-udp')
  }
  const takesEffect = (protocol === 'TCP') === (type === 'SOURCE_IP')
  if (takesEffect)
    return accepted(`${type.toLowerCase().replace('_', '-')}-on-${protocol.toLowerCase()}`)
  return open(protocol === 'TCP' ? 'cookie-types-on-tcp' : 'source-ip-on-http')
}

function cookieRuling(asked: Asked): Ruling {
  const { type, cookie_name: name } = asked.sent
  if (name !== undefined && name !== null && typeof name !== 'string') {
    return refused('request.pool.session_persistence.cookie_name.type')
  }
  if (typeInForce(asked) !== 'APP_COOKIE') {
    return name === undefined
      ? accepted('cookie-name-not-needed')
      : open('cookie-name-without-app-cookie')
  }
  if (type === undefined) return open('session-persistence-type-omitted')
  if (name === null) return refused('cookie-name-required.null')
  if (name === '') return refused('cookie-name-required.empty')
  if (name !== undefined)
    return cookie.test(name) ? accepted('cookie-name-stored') : open('cookie-name-stored')
  const isStored = typeof asked.stored?.['cookie_name'] === 'string'
  return isStored ? open('cookie-name-required') : refused('cookie-name-required')
}

/** No page limits the name; services of this family accept such a name. */
const cookie = /^[\w.-]{1,20}$/

/** Minutes. @see Table 4, row persistence_timeout */
export function longest(protocol: WalkedPool['protocol']): number {
  return protocol === 'HTTP' ? 1440 : 60
}

function timeoutRuling(asked: Asked): Ruling {
  const { persistence_timeout: minutes } = asked.sent
  const { protocol } = asked.pool
  const type = typeInForce(asked)
  if (minutes === undefined) return accepted('active-accepted')
  if (type === 'APP_COOKIE') return open('timeout-with-app-cookie')
  if (minutes === null) return open('timeout-null')
  if (!Number.isInteger(minutes)) {
    return refused('request.pool.session_persistence.persistence_timeout.type')
  }
  if (type === undefined) return open('session-persistence-type-omitted')
  const within = Number(minutes) >= 1 && Number(minutes) <= longest(protocol)
  return within
    ? accepted(timeoutRow(protocol, Number(minutes)))
    : refused(timeoutRow(protocol, Number(minutes)))
}

const timeoutRows: Readonly<Record<string, readonly number[]>> = {
  TCP: [1, 60, 0, -1, 61, 1440, 2_147_483_648],
  UDP: [1, 60, 0, -1, 61, 1440],
  HTTP: [1, 61, 1440, 0, -1, 1441, 86_400],
}

/** The requirement that names a timeout; of what none names, the one about the nearest end of the range. */
function timeoutRow(protocol: string, minutes: number): string {
  const most = protocol === 'HTTP' ? 1440 : 60
  if (timeoutRows[protocol]?.includes(minutes)) {
    return `timeout-${protocol.toLowerCase()}-${String(minutes).replace('-', 'minus-')}`
  }
  const within = minutes >= 1 && minutes <= most
  const end = minutes < 1 ? 0 : within ? most : most + 1
  return `timeout-${protocol.toLowerCase()}-${end}`
}

/** How each of a pool's own fields must be shown after an update that was accepted. */
export function expectedAfter(pool: WalkedPool, sent: Fields): Record<OwnField, Expected> {
  const { own } = pool
  const text = (name: 'name' | 'description') =>
    name in sent ? textAfter(own[name], sent[name]) : own[name]
  return {
    tenant_id: own.tenant_id,
    name: text('name'),
    description: text('description'),
    lb_algorithm:
      typeof sent['lb_algorithm'] === 'string' ? exactly(sent['lb_algorithm']) : own.lb_algorithm,
    admin_state_up: adminStateAfter(own.admin_state_up, sent),
    session_persistence:
      'session_persistence' in sent
        ? persistenceAfter(pool, sent['session_persistence'])
        : own.session_persistence,
  }
}

function textAfter(before: Expected, value: unknown): Expected {
  if (typeof value === 'string' && value !== '') return exactly(value)
  const was = known(before)
  return {
    lawful: (shown) => shown === null || shown === '' || shown === was,
    among: 'an empty text, or what was there before',
  }
}

/** Left out it may stay or fall back to its default, true. */
function adminStateAfter(before: Expected, { admin_state_up: sent }: Fields): Expected {
  const was = known(before)
  if (sent === true) return exactly(true)
  if (sent === undefined) {
    return was === false
      ? { lawful: (shown) => typeof shown === 'boolean', among: 'true or false' }
      : before
  }
  return { lawful: (shown) => typeof shown === 'boolean', among: 'true or false' }
}

function persistenceAfter(pool: WalkedPool, sent: unknown): Expected {
  if (!isFields(sent)) return exactly(null)
  const stored = known(pool.own.session_persistence)
  const before = isFields(stored) ? stored : undefined
  const asked = { sent, stored: before, pool }
  // What takes no effect, and an object without a type, may be passed over.
  const mayBePassedOver = typeRuling(asked).follows === 'open' || Object.keys(sent).length === 0
  return {
    lawful: (shown) =>
      (mayBePassedOver && (shown === null || isDeepStrictEqual(shown, stored))) ||
      isAsSent(asked, shown),
    among: `what was sent: ${JSON.stringify(sent)}`,
  }
}

/** Is a session persistence shown with what was sent, and with nothing that contradicts it? */
export function isAsSent(asked: Asked, shown: unknown): boolean {
  return persistenceFaults(asked, shown) === undefined
}

/** Which part is not as it was sent. */
export function persistenceFaults(
  { sent, stored, pool }: Asked,
  shown: unknown,
): 'off' | 'type' | 'cookie_name' | 'persistence_timeout' | undefined {
  if (!isFields(shown)) return 'off'
  const type = typeInForce({ sent, stored, pool })
  if (shown['type'] !== type) return 'type'
  const kept = stored?.['type'] === type ? stored : undefined
  const name = sent['cookie_name'] ?? kept?.['cookie_name'] ?? null
  // Where no cookie of an application is followed, the page leaves open whether a name stays.
  const names = type === 'APP_COOKIE' ? [name] : [null, name, stored?.['cookie_name']]
  if (!names.includes(shown['cookie_name'] ?? null)) return 'cookie_name'
  if (type === 'APP_COOKIE') return undefined
  const minutes = shown['persistence_timeout'] ?? null
  const asked = sent['persistence_timeout']
  const lawful =
    typeof asked === 'number'
      ? minutes === asked
      : minutes === null || isWithin(minutes, pool.protocol)
  return lawful ? undefined : 'persistence_timeout'
}

function isWithin(minutes: unknown, protocol: WalkedPool['protocol']): boolean {
  return Number.isInteger(minutes) && Number(minutes) >= 1 && Number(minutes) <= longest(protocol)
}
