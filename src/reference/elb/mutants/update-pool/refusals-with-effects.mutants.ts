/** Updates that are refused, but have an effect. */

import { together, type Mutant } from '../../../mutant.ts'
import { refusalsWithEffects, type RefusalWithEffect } from '../../../refusals-with-effects.ts'
import type { Call } from '../../../rule.ts'
import { given, isObject, textOr } from '../../body.ts'
import { isCall, poolOf, refusesBut, stickinessIn, storesOtherwise } from '../../changes.ts'
import { isMalformed, isWellFormed, noted, sentIn } from '../../refusals-with-effects.ts'
import type { ElbStore } from '../../store.ts'
import { busyAfterUpdates } from './active-only.mutants.ts'
import { updatePool } from '../../update-pool.ts'

type Late = RefusalWithEffect<ElbStore>

const own = (name: string): string => `elb/update-pool/${name}`
const row = (place: string): string => own(`request.pool.${place}`)
const sent = (call: Call) => given(call, 'pool')
const minutes = (call: Call) => stickinessIn(sent(call))?.['persistence_timeout']

/** Beyond the basic plane, where characters and units are not the same. */
const isAstral = (text: unknown): boolean => /[\u{10000}-\u{10FFFF}]/u.test(textOr(text, ''))

const wrapper = own('wrapper-required')

const bodies: readonly Late[] = [
  { breaks: own('unknown-pool'), when: isWellFormed },
  { breaks: own('malformed-pool'), keeps: own('unknown-pool'), when: isMalformed },
  { breaks: own('content-type'), keeps: 'elb/set-up/json-required', when: isForm },
  { breaks: wrapper, when: ({ body }) => body === undefined },
  {
    breaks: own('request.type'),
    keeps: wrapper,
    when: ({ body }) => body !== undefined && !isObject(body),
  },
  {
    breaks: own('request.pool.mandatory'),
    keeps: wrapper,
    when: (call) => sentIn(call)?.['pool'] === null,
  },
  {
    breaks: own('request.pool.type'),
    keeps: wrapper,
    when: (call) => (sentIn(call)?.['pool'] ?? null) !== null,
  },
]

function isForm(call: Call): boolean {
  return isCall(updatePool, call) && call.text.startsWith('pool.')
}

const texts: readonly Late[] = [
  { breaks: row('name.type') },
  { breaks: row('name.max-length'), when: (call) => !isAstral(sent(call)['name']) },
  {
    breaks: own('unit-of-length'),
    keeps: row('name.max-length'),
    when: (call) => isAstral(sent(call)['name']),
  },
  { breaks: row('description.type') },
  {
    breaks: own('unit-of-length.description'),
    keeps: row('description.max-length'),
    when: (call) => isAstral(sent(call)['description']),
  },
  { breaks: row('description.max-length'), when: (call) => !isAstral(sent(call)['description']) },
  { breaks: row('lb_algorithm.type') },
  {
    breaks: row('lb_algorithm.enum'),
    keeps: own('unknown-algorithm'),
    when: (call) => Object.keys(sent(call)).length > 1,
  },
  {
    breaks: own('error-body'),
    keeps: own('unknown-algorithm'),
    when: (call) => Object.keys(sent(call)).length === 1,
  },
]

const sessions: readonly Late[] = [
  { breaks: row('session_persistence.type') },
  { breaks: row('session_persistence.type.type') },
  {
    breaks: row('session_persistence.type.enum'),
    keeps: own('unknown-session-persistence-type'),
    when: (call) => Object.keys(sent(call)).length > 1,
  },
  { breaks: row('session_persistence.cookie_name.type') },
  { breaks: row('session_persistence.persistence_timeout.type') },
  {
    breaks: own('cookie-name-required.after-off'),
    keeps: own('cookie-name-required'),
    when: (call, store) => poolOf(call, store)?.session_persistence === null,
  },
  {
    breaks: own('cookie-name-required.after-http-cookie'),
    keeps: own('cookie-name-required'),
    when: (call, store) => poolOf(call, store)?.session_persistence?.type === 'HTTP_COOKIE',
  },
  { breaks: own('cookie-name-required.empty') },
  { breaks: own('cookie-name-required.null') },
  ...['tcp', 'udp', 'http'].map((protocol) => ({ breaks: own(`timeout-${protocol}-0`) })),
  { breaks: own('timeout-udp-61'), when: (call) => minutes(call) === 61 },
  ...['tcp', 'udp'].map((protocol) => ({
    breaks: own(`timeout-${protocol}-1440`),
    keeps: own(`timeout-${protocol}-61`),
    when: (call: Call) => minutes(call) === 1440,
  })),
  {
    breaks: own('timeout-tcp-2147483648'),
    keeps: own('timeout-tcp-61'),
    when: (call) => Number(minutes(call)) >= 2 ** 31,
  },
]

const others: readonly Late[] = [
  'active-only.pending-create',
  'active-only.pending-delete',
  'active-only.error',
  'listener-protocol-udp',
  'listener-protocol-tcp',
  'listener-protocol-http',
  'listener-protocol-terminated-https',
].map((name): Late => ({ breaks: own(name) }))

const unlisted: Late = { breaks: own('other-pool-protocols'), keeps: own('pool-protocols') }

const halves: readonly Mutant<ElbStore>[] = [
  {
    id: 'sessions-end-beside-a-wrong-algorithm',
    breaks: own('partial-application-of-session-persistence'),
    story: 'Sessions are a row of their own, deleted before the algorithm is read.',
    mutate: refusesBut(own('unknown-algorithm'), (call, store) => {
      const pool = poolOf(call, store)
      if (pool && sent(call)['session_persistence'] === null) pool.session_persistence = null
    }),
  },
]

/** Updates that are accepted and have to change nothing. */
const needless: readonly Mutant<ElbStore>[] = [
  {
    id: 'same-update-again-toggles',
    breaks: own('idempotent'),
    story: 'The same value again is read as a toggle.',
    mutate: storesOtherwise(({ pool, was, sent: fields }) => {
      const names = Object.keys(fields) as (keyof typeof pool)[]
      const isSame = names.length > 1 && names.every((name) => was[name] === fields[name])
      if (isSame) pool.admin_state_up = !was.admin_state_up
    }),
  },
  {
    id: 'sessions-off-again-puts-the-pool-down',
    breaks: own('session-persistence-null-when-off'),
    story: 'There is nothing to switch off, so the pool is switched off instead.',
    mutate: storesOtherwise(({ pool, was, sent: fields }) => {
      const isOff = fields['session_persistence'] === null && was.session_persistence === null
      if (isOff) pool.admin_state_up = false
    }),
  },
]

/** The check itself writes descriptions, so the effect is on another field. */
const window: readonly Mutant<ElbStore>[] = refusalsWithEffects<ElbStore>(
  [{ breaks: own('active-only.natural-window') }],
  (call, store) => {
    const pool = poolOf(call, store)
    if (pool) pool.admin_state_up = false
  },
).map((mutant) => ({
  ...mutant,
  mutate: together(busyAfterUpdates, mutant.mutate),
  settles: true,
}))

export const updatePoolRefusalsWithEffects: readonly Mutant<ElbStore>[] = [
  ...refusalsWithEffects([...bodies, ...texts, ...sessions, ...others, unlisted], noted),
  ...window,
  ...needless,
  ...halves,
]
