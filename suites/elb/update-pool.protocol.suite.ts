/** What the page on updating a backend server group says about the protocol that a pool is created with. */

import { aPool, type Protocol } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, wrapped, type Named } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import type { Exchange } from '../../src/model.ts'
import { allowed } from './allowed.ts'

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
      text: 'A pool can be created with the protocol TCP or HTTP.',
      source: `${page} › Response › Table 6 › protocol, second sentence`,
    },
    async (elb) => {
      assertProtocol(await tryProtocol(elb, 'TCP'), 'TCP')
      assertProtocol(await tryProtocol(elb, 'HTTP'), 'HTTP')
    },
  ),

  check(
    {
      id: 'elb/update-pool/other-pool-protocols',
      level: 'reading',
      text: 'The page says which protocols are supported, and not whether a service may have others.',
      source: `${page} › Response › Table 6 › protocol, second sentence`,
      readings: {
        refused: 'HTTPS and TERMINATED_HTTPS are refused, and TCP in small letters.',
        more: 'A pool can be created with another protocol, and is shown with it.',
        folded: 'The name of a protocol may be in small letters, and is shown in capital ones.',
      },
    },
    async (elb) => {
      const before = await elb.survey()
      const tried = [
        await tryProtocol(elb, 'HTTPS'),
        await tryProtocol(elb, 'TERMINATED_HTTPS'),
        await tryProtocol(elb, 'tcp'),
      ]
      const found = tried.map((one) => readingOfProtocol(one))
      if (!found.some((one) => one !== 'refused')) assertUnchanged(before, await elb.survey())
      return found.find((one) => one !== 'refused') ?? 'refused'
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
  ].map(({ id, own, others, needs }) =>
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
        await assertAcceptsOnly(elb, listener, own, others)
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/listener-protocol-terminated-https',
      level: 'must',
      text: 'A listener of the protocol TERMINATED_HTTPS accepts pools of the protocol HTTP, and no others.',
      source: `${page} › Response › Table 6 › protocol`,
      lent: ['certificate'],
    },
    async (elb) => {
      const listener = await secureListener(elb)
      await assertAcceptsOnly(elb, listener, 'HTTP', ['TCP', 'UDP'])
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-http-1440.terminated-https',
      level: 'implied',
      text: 'A pool of the protocol HTTP accepts 1,440 minutes also where a listener of TERMINATED_HTTPS uses it.',
      source: `${page} › Request › Table 4 › persistence_timeout`,
      needs: ['persistenceTimeout'],
      lent: ['certificate'],
    },
    async (elb) => {
      const listener = await secureListener(elb)
      const pool = await elb.pool({ listener_id: listener.id })
      const on = (minutes: number) =>
        elb.updatePool(pool, {
          session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: minutes },
        })
      assertControl(await on(30), allowed.timeout)
      assertAccepted(await on(1440))
      const { persistence_timeout } = await elb.sessionPersistence(pool)
      assertSame(persistence_timeout, 1440, 'persistence_timeout')
    },
  ),
]

/** A listener of the protocol TERMINATED_HTTPS, with the certificate that the operator lends. */
export function secureListener(elb: ElbGround): Promise<Named> {
  const { certificateId } = elb.context.session.target.given
  return elb.listener({ protocol: 'TERMINATED_HTTPS', default_tls_container_ref: certificateId })
}

/** Pools of the other protocols are refused without effect, and one of its own is taken. */
async function assertAcceptsOnly(
  elb: ElbGround,
  listener: { readonly id: string },
  own: string,
  others: readonly string[],
): Promise<void> {
  const before = await elb.survey()
  for (const other of others) assertRefused(await tryProtocol(elb, other, listener.id))
  assertUnchanged(before, await elb.survey())
  const taken = await tryProtocol(elb, own, listener.id)
  assertAccepted(taken)
  const { id: poolId } = wrapped(taken, 'pool')
  const { listeners } = await elb.shownPool({ id: String(poolId) })
  assertSame(listeners, [listener.id], 'The listeners of the pool')
}

function readingOfProtocol(tried: Exchange): 'refused' | 'more' | 'folded' {
  const inner = isFields(tried.body) ? tried.body['pool'] : undefined
  const shown = isFields(inner) ? inner['protocol'] : undefined
  const [sent] = /(?<="protocol":")[^"]*/.exec(tried.request.body ?? '') ?? []
  return readingOf(
    {
      refused: isRefused(tried),
      more: isAccepted(tried) && shown === sent && sent !== 'tcp',
      folded: isAccepted(tried) && shown === 'TCP' && sent === 'tcp',
    },
    `A pool of the protocol ${String(sent)} was answered ${tried.status}, and is shown with ${JSON.stringify(shown)}.`,
  )
}

function assertProtocol(created: Exchange, protocol: Protocol): void {
  assertAccepted(created)
  assertSame(wrapped(created, 'pool')['protocol'], protocol, 'The protocol of the new pool')
}
