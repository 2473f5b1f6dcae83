/** Lawful differences of a data plane, for the variants of both dialects. */

import { hashOf, leastConnections } from './balancing.ts'
import type { ServerView } from './configuration.ts'
import { balancing } from './faults.ts'
import type { TrafficChange, TrafficRules } from './rules.ts'

/** A difference, and why the pages allow it. */
export type Difference = readonly [id: string, allowedBy: string, change: TrafficChange]

const toServer =
  (changed: Partial<TrafficRules['toServer']>): TrafficChange =>
  (rules) => ({ ...rules, toServer: { ...rules.toServer, ...changed } })

/** Each connection is drawn, with the chances that weights give. */
const drawn: TrafficRules['pick'] = (_moment, servers) => {
  let rest = Math.random() * servers.reduce((sum, { weight }) => sum + weight, 0)
  return servers.find(({ weight }) => (rest -= weight) < 0) ?? servers.at(-1)
}

/** Each server takes as many connections in a row as its weight says. */
const inBlocks: TrafficRules['pick'] = ({ memory }, servers) => {
  const slots = servers.flatMap((server) => Array.from({ length: server.weight }, () => server))
  const turn = Number(memory.notes.get('turn') ?? 0)
  memory.notes.set('turn', turn + 1)
  return slots[turn % Math.max(slots.length, 1)]
}

const hashOverList: TrafficRules['pick'] = (_moment, servers, { address }) =>
  servers[hashOf(address) % Math.max(servers.length, 1)]

const firstOfLeast: TrafficRules['pick'] = ({ memory }, servers, { address }) => {
  const open = ({ key }: ServerView) => memory.open.get(key) ?? 0
  const least = Math.min(...servers.map(open))
  return servers.find((one) => open(one) === least) ?? leastConnections(servers, address, memory)
}

const cookieWithAttributes: TrafficChange = (rules) => ({
  ...rules,
  keyOf: (pool, client, memory) => {
    const { SERVERID: value, ...others } = client.cookies
    const cookies = value === undefined ? others : { ...others, reference_lb: value }
    return rules.keyOf(pool, { ...client, cookies }, memory)
  },
  ownCookie: (pool, client, token) => {
    const own = rules.ownCookie(pool, client, token)
    const attributes = 'Path=/; Max-Age=86400; HttpOnly; SameSite=Lax'
    return own && { name: 'SERVERID', line: `SERVERID=${token}; ${attributes}` }
  },
})

const servingWeightZero: TrafficChange = (rules) => ({
  ...rules,
  candidates: ({ pool }) =>
    pool.servers.map((one) => ({ ...one, weight: Math.max(one.weight, 1) })),
})

const oldCookieStays: TrafficChange = (rules) => ({
  ...rules,
  keyOf: (pool, client, memory) => {
    const now = rules.keyOf(pool, client, memory)
    if (now !== undefined || pool.persistence?.type !== 'APP_COOKIE') return now
    const persistence = { type: 'HTTP_COOKIE' as const, cookieName: null, minutes: 1 }
    return rules.keyOf({ ...pool, persistence }, client, memory)
  },
})

const following =
  (after: number): TrafficChange =>
  (rules) => ({
    ...rules,
    lag: (before) => (before === undefined ? 0 : after),
  })

const refusing =
  (refusal: TrafficRules['refusal']): TrafficChange =>
  (rules) => ({ ...rules, refusal })

const all =
  (...changes: readonly TrafficChange[]): TrafficChange =>
  (rules) =>
    changes.reduce((changed, change) => change(changed), rules)

/**
 * Each is several differences, since every check of traffic is asked of each. What concerns requests and cookies has no
 * effect in a dialect without them.
 */
export const differences: readonly Difference[] = [
  [
    'traffic-follows-late',
    'No page says how soon traffic follows a change, how a connection is refused that no server takes (a reset), or that ' +
      'server addresses are not probed.',
    all(following(60), refusing('reset'), toServer({ probes: 60 })),
  ],
  [
    'draws-each-connection',
    'Shares by weight can be kept by chance, too; a hash may move every client when a server goes; the cookie of a load ' +
      'balancer has no documented name; servers may get HTTP/1.0.',
    all(
      balancing('ROUND_ROBIN', drawn),
      balancing('SOURCE_IP', hashOverList),
      cookieWithAttributes,
      toServer({ version: '1.0' }),
    ),
  ],
  [
    'serves-in-blocks-of-weight',
    'No page says in which order servers take their turns, which of several equally loaded ones comes first, whether ' +
      'a refused connection goes to another server, or that connections of clients are kept open between requests.',
    all(
      balancing('ROUND_ROBIN', inBlocks),
      balancing('LEAST_CONNECTIONS', firstOfLeast),
      refusing(503),
      toServer({ retries: false, closes: true }),
    ),
  ],
]

/** Differences in requests and session persistence. */
export const requestDifferences: readonly Difference[] = [
  [
    'uses-connections-to-servers-again',
    'The page speaks of new connections: what a server has, it may keep. X-Forwarded-For is not forbidden. A weight of 0 ' +
      'is not explained, nor what becomes of bound clients when the type changes.',
    all(toServer({ reuses: true, forwardedFor: true }), servingWeightZero, oldCookieStays),
  ],
  [
    'period-from-the-first-request',
    'No page says whether the period begins anew with each request.',
    (rules) => ({ ...rules, renews: false }),
  ],
]
