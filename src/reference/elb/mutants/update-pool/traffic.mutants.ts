/** Faults in how a data plane follows an update: session persistence, algorithms and weights. */

import {
  balancing,
  byTurns,
  forgetting,
  forgettingSome,
  hashWithPort,
  keyed,
  neverOff,
  periodOf,
  refusingWhere,
  weighed,
  weightedHash,
} from '../../../data-plane/faults.ts'
import type { TrafficChange } from '../../../data-plane/rules.ts'
import { deciding, type Mutant } from '../../../mutant.ts'
import { trafficMutantsOf, type TrafficFault } from '../../../traffic-mutants.ts'
import { given } from '../../body.ts'
import { isCall, updateMember } from '../../changes.ts'
import type { ElbStore } from '../../store.ts'

const withoutOwnCookie: TrafficChange = (rules) => ({ ...rules, ownCookie: () => undefined })
const droppingCookies: TrafficChange = (rules) => ({ ...rules, passed: () => [] })

const faults: readonly TrafficFault[] = [
  [
    'address-binds-nobody',
    'source-ip-stickiness',
    'The flag for session persistence is sent to the data plane, and the type is not.',
    keyed('SOURCE_IP', () => undefined),
  ],
  [
    'binds-address-and-port',
    'source-ip-stickiness',
    'The key of the table is the whole source of a connection.',
    keyed('SOURCE_IP', ({ port }, key) => key && `${key} ${port}`),
  ],
  [
    'forgets-one-address-in-ten',
    'source-ip-stickiness',
    'A table that is too small throws entries out.',
    forgettingSome(10, 'SOURCE_IP'),
  ],
  [
    'sets-no-cookie',
    'http-cookie-stickiness',
    'The cookie is set on requests, where it was to be set on answers.',
    withoutOwnCookie,
  ],
  [
    'ignores-its-own-cookie',
    'http-cookie-stickiness',
    'The cookie is set under one name and read under another.',
    keyed('HTTP_COOKIE', (_client, key) => key && `${key} ${Math.random()}`),
  ],
  [
    'binds-the-address-beside-the-cookie',
    'http-cookie-stickiness',
    'HTTP_COOKIE falls through to the branch of SOURCE_IP, after the cookie is set.',
    keyed('HTTP_COOKIE', ({ address }) => `address ${address}`),
  ],
  [
    'any-cookie-is-the-same',
    'http-cookie-stickiness',
    'It is looked whether there is a cookie, and not which.',
    keyed('HTTP_COOKIE', (_client, key) => key && 'cookie'),
  ],
  [
    'loses-one-session-in-twelve',
    'http-cookie-stickiness',
    'One of twelve processes does not know the sessions of the others.',
    forgettingSome(12, 'HTTP_COOKIE'),
  ],
  [
    'ignores-the-application-cookie',
    'app-cookie-stickiness',
    'APP_COOKIE is stored, and the data plane knows HTTP_COOKIE only.',
    keyed('APP_COOKIE', () => undefined),
  ],
  [
    'follows-a-cookie-of-another-name',
    'app-cookie-stickiness',
    'The name JSESSIONID is written into the code.',
    keyed('APP_COOKIE', ({ cookies }) => cookies['JSESSIONID']),
  ],
  [
    'drops-cookies-of-the-server',
    'app-cookie-stickiness',
    'Set-Cookie of a server is taken for a leak, and removed.',
    droppingCookies,
  ],
  [
    'own-cookie-in-place-of-the-application-cookie',
    'app-cookie-stickiness',
    'Both types with a cookie are handled as HTTP_COOKIE.',
    (rules) => ({
      ...rules,
      keyOf: (pool, client, memory) => rules.keyOf(asHttpCookie(pool), client, memory),
      ownCookie: (pool, client, token) => rules.ownCookie(asHttpCookie(pool), client, token),
      appCookie: () => undefined,
    }),
  ],
  [
    'address-stays-bound-after-null',
    'source-ip-stickiness-off',
    'null is read as "left out" by the data plane.',
    neverOff('SOURCE_IP'),
  ],
  [
    'http-cookie-stays-after-null',
    'http-cookie-stickiness-off',
    'The line about cookies stays in the configuration.',
    neverOff('HTTP_COOKIE'),
  ],
  [
    'app-cookie-stays-after-null',
    'app-cookie-stickiness-off',
    'The table of sessions is asked whether there is persistence or not.',
    neverOff('APP_COOKIE'),
  ],
  [
    'forgets-idle-clients',
    'same-client',
    'An idle timeout of the table, in milliseconds, is taken for the period.',
    forgetting(({ since }, { now }) => now - since > 150),
  ],
  [
    'second-type-is-not-told',
    'stickiness-of-new-type',
    'A change of type updates the old entry in the data plane, which has no name of a cookie.',
    (rules) => ({
      ...rules,
      keyOf: (pool, client, memory) => {
        const first = memory.notes.get('type') ?? pool.persistence?.type
        memory.notes.set('type', first)
        return first === pool.persistence?.type ? rules.keyOf(pool, client, memory) : undefined
      },
    }),
  ],
  [
    'refuses-the-old-cookie',
    'stickiness-of-old-type',
    'A cookie of the load balancer that it does not know is taken for an attack.',
    (rules) => ({
      ...rules,
      pick: (moment, candidates, client) =>
        moment.pool.persistence?.type === 'APP_COOKIE' && 'reference_lb' in client.cookies
          ? undefined
          : rules.pick(moment, candidates, client),
    }),
  ],
  [
    'half-the-period',
    'period',
    'The period is divided among two tables.',
    periodOf((minutes, minute) => (minutes * minute) / 2),
  ],
  [
    'fixed-period',
    'period',
    'The data plane keeps its default of half a minute.',
    periodOf((_minutes, minute) => minute / 2),
  ],
  [
    'period-in-seconds',
    'timeout-unit',
    'The value is handed to a proxy that counts in seconds.',
    periodOf((minutes, minute) => (minutes * minute) / 60),
  ],
  [
    'period-one-minute-short',
    'timeout-unit',
    'Minutes are counted from zero.',
    periodOf((minutes, minute) => (minutes - 1) * minute),
  ],
  [
    'weights-under-the-hash',
    'source-ip-weights',
    'The hash is taken over slots, and each server has as many as its weight.',
    balancing('SOURCE_IP', weightedHash),
  ],
  [
    'light-servers-fall-out-of-the-hash',
    'source-ip-weights',
    'Weights are divided by the greatest and rounded down; 0 takes a server out.',
    (rules) => ({
      ...rules,
      candidates: (moment) => {
        const all = rules.candidates(moment)
        const most = Math.max(...all.map(({ weight }) => weight))
        return moment.pool.algorithm === 'SOURCE_IP'
          ? all.filter(({ weight }) => weight * 50 > most)
          : all
      },
    }),
  ],
  [
    'hash-with-the-port',
    'source-ip-algorithm',
    'The hash is taken over address and port of the source.',
    balancing('SOURCE_IP', hashWithPort),
  ],
  [
    'hash-is-round-robin',
    'source-ip-algorithm',
    'The data plane does not know SOURCE_IP, and falls back to its default.',
    balancing('SOURCE_IP', byTurns),
  ],
  [
    'round-robin-without-weights',
    'round-robin-weights',
    'The data plane is sent addresses and ports, and no weights.',
    balancing(
      'ROUND_ROBIN',
      weighed(() => 1),
    ),
  ],
  [
    'weights-are-costs',
    'round-robin-weights',
    'Weights are taken for costs: the greater, the less.',
    balancing(
      'ROUND_ROBIN',
      weighed(({ weight }) => 100 - weight),
    ),
  ],
  [
    'weights-in-three-steps',
    'round-robin-weights',
    'Weights are rounded to low, medium and high; 1 and 9 are both low.',
    balancing(
      'ROUND_ROBIN',
      weighed(({ weight }) => Math.ceil(weight / 34)),
    ),
  ],
  [
    'weight-zero-stops-all',
    'weight-zero',
    'Weights are multiplied where they should be added.',
    refusingWhere(({ pool }) => pool.servers.some(({ weight }) => weight === 0)),
  ],
]

function asHttpCookie<Pool extends { readonly persistence: { readonly type: string } | null }>(
  pool: Pool,
): Pool {
  const { persistence } = pool
  return persistence?.type === 'APP_COOKIE'
    ? { ...pool, persistence: { ...persistence, type: 'HTTP_COOKIE' } }
    : pool
}

const slow = ['elb/update-pool/period', 'elb/update-pool/timeout-unit']

const disablesWhatItRefusesToDisable: Mutant<ElbStore> = {
  id: 'disables-what-it-refuses-to-disable',
  breaks: 'elb/update-pool/disabled-member',
  story: 'The load balancer is told before the request is judged.',
  carries: true,
  mutate: deciding('elb/set-up/member-body', (call, { members }, refusal) => {
    const member = isCall(updateMember, call) && members.get(call.parameters['member_id'] ?? '')
    if (member && given(call, 'member')['admin_state_up'] === false) member.admin_state_up = false
    return refusal
  }),
}

export const updatePoolTraffic: readonly Mutant<ElbStore>[] = [
  ...trafficMutantsOf<ElbStore>('elb/update-pool', faults).map((mutant) =>
    slow.includes(mutant.breaks) ? { ...mutant, carries: 'slowly' as const } : mutant,
  ),
  disablesWhatItRefusesToDisable,
]
