/** How `create-pool` is asked. @see Adding a Backend Server Group */

import { appCookie, httpCookie, sourceIp } from '../../../fixtures/elb/bodies.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Fields, Recipe } from '../../../src/check/rows/recipe.ts'
import { omitted } from '../../../src/generate/cases.ts'
import { create, shown, survey } from './made.ts'

const session = 'pool.session_persistence'

/** Session persistence of a type, with what it needs beside it: another protocol, or the name of a cookie. */
function ofType(type: unknown): Fields {
  if (type === 'APP_COOKIE') return { session_persistence: appCookie }
  if (type === 'SOURCE_IP') return { protocol: 'TCP', session_persistence: sourceIp }
  if (type === omitted) return { session_persistence: { cookie_name: 'poolproof' } }
  return { session_persistence: httpCookie }
}

/** What a condition sets of the pool, as far as it decides which type fits. */
function typeFor({ pool }: Fields): unknown {
  const { protocol, session_persistence } = (pool ?? {}) as Fields
  if (protocol === 'TCP') return 'SOURCE_IP'
  return (session_persistence as Fields | undefined)?.['type'] ?? 'HTTP_COOKIE'
}

export const createPool: Recipe<ElbGround, undefined> = {
  arrange: () => Promise.resolve(undefined),
  valid: (elb) => ({
    pool: {
      name: elb.context.session.name('pool'),
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      loadbalancer_id: elb.loadBalancerId,
    },
  }),
  send: create('/pools', 'pool'),
  shown: (elb, _place, answered) => shown(elb, '/pools', 'pool', answered),
  survey,
  samples: () => ({
    [session]: httpCookie,
    [`${session}.cookie_name`]: 'poolproof',
    [`${session}.persistence_timeout`]: 30,
  }),
  beside: (path, value, when) => {
    if (path === `${session}.type`) return { pool: ofType(value) }
    if (path === `${session}.cookie_name`) return { pool: ofType('APP_COOKIE') }
    return path === `${session}.persistence_timeout` ? { pool: ofType(typeFor(when)) } : {}
  },
  neighbours: { 'pool.lb_algorithm': ['SOURCE_IP_PORT', 'QUIC_CID'] },
  takes: (elb, path, value) =>
    path !== 'pool.protocol' || value !== 'UDP' || elb.context.session.offers('udp'),
  needs: (path) => (path.endsWith('persistence_timeout') ? ['persistenceTimeout'] : []),
  situations: [
    () => ({}),
    () => ({ pool: { description: 'with sessions', ...ofType('APP_COOKIE') } }),
    (elb) =>
      elb.context.session.offers('persistenceTimeout')
        ? { pool: { session_persistence: { ...httpCookie, persistence_timeout: 30 } } }
        : {},
  ],
}
