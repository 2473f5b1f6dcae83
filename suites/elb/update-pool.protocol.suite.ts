/** What the page on updating a backend server group says about the protocol that a pool is created with. */

import { aPool, type Protocol } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
} from '../../src/check/assert.ts'
import { unobservable, type Entry } from '../../src/check/check.ts'
import type { Exchange } from '../../src/model.ts'

const page = 'Updating a Backend Server Group'

/** POST of a pool with that protocol; on the load balancer, or for a listener. */
function tryProtocol(elb: ElbGround, protocol: string, listenerId?: string): Promise<Exchange> {
  const name = elb.context.session.name('pool')
  const where = listenerId ? { listener_id: listenerId } : { loadbalancer_id: elb.loadBalancerId }
  return elb.tryToCreate('/pools', 'pool', aPool({ name, protocol, ...where }))
}

export const updatePoolProtocol: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/pool-protocols',
      level: 'must',
      text: 'A pool can be created with the protocol TCP or HTTP, but not with one that is not listed.',
      source: `${page} › Response › Table 6 › protocol`,
    },
    async (elb) => {
      const before = await elb.survey()
      assertRefused(await tryProtocol(elb, 'HTTPS'))
      assertRefused(await tryProtocol(elb, 'TERMINATED_HTTPS'))
      assertRefused(await tryProtocol(elb, 'tcp'))
      assertRefused(await tryProtocol(elb, ''))
      assertUnchanged(before, await elb.survey())
      assertProtocol(await tryProtocol(elb, 'TCP'), 'TCP')
      assertProtocol(await tryProtocol(elb, 'HTTP'), 'HTTP')
    },
  ),

  check(
    {
      id: 'elb/update-pool/pool-protocols.udp',
      level: 'must',
      text: 'A pool can be created with the protocol UDP.',
      source: `${page} › Response › Table 6 › protocol`,
      needs: ['udp'],
    },
    async (elb) => {
      assertProtocol(await tryProtocol(elb, 'UDP'), 'UDP')
    },
  ),

  ...[
    {
      id: 'elb/update-pool/listener-protocol-udp',
      own: 'UDP',
      others: ['TCP', 'HTTP'],
      needs: ['udp'] as const,
    },
    {
      id: 'elb/update-pool/listener-protocol-tcp',
      own: 'TCP',
      others: ['UDP', 'HTTP'],
      needs: [],
    },
    {
      id: 'elb/update-pool/listener-protocol-http',
      own: 'HTTP',
      others: ['TCP', 'UDP'],
      needs: [],
    },
  ].map(({ id, own, others: [first = '', second = ''], needs }) =>
    check(
      {
        id,
        level: 'must',
        text: `A listener of the protocol ${own} accepts pools of the protocol ${own}, and no others.`,
        source: `${page} › Response › Table 6 › protocol`,
        needs,
      },
      async (elb) => {
        const listener = await elb.listener({ protocol: own })
        const before = await elb.survey()
        assertRefused(await tryProtocol(elb, first, listener.id))
        assertRefused(await tryProtocol(elb, second, listener.id))
        assertUnchanged(before, await elb.survey())
        const taken = await tryProtocol(elb, own, listener.id)
        assertAccepted(taken)
        const { id: poolId } = wrapped(taken, 'pool')
        const { listeners } = await elb.shownPool({ id: String(poolId) })
        assertSame(listeners, [listener.id], 'The listeners of the pool')
      },
    ),
  ),

  unobservable(
    {
      id: 'elb/update-pool/listener-protocol-terminated-https',
      level: 'must',
      text: 'A listener of the protocol TERMINATED_HTTPS accepts pools of the protocol HTTP, and no others.',
      source: `${page} › Response › Table 6 › protocol`,
    },
    'Such a listener needs a certificate, which a target file does not provide.',
  ),
]

function assertProtocol(created: Exchange, protocol: Protocol): void {
  assertAccepted(created)
  assertSame(wrapped(created, 'pool')['protocol'], protocol, 'The protocol of the new pool')
}
