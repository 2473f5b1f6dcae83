/** Faults in the protocols of Table 6: which pools there are, and which listeners accept them. */

import { performing, refusing, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import { createPool, passes, refusesUpdate, stickinessIn } from '../../changes.ts'
import { badRequest } from '../../refusals.ts'
import { listenersOf, type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

const relation = (listener: string): string => `elb/update-pool/listener-protocol-${listener}`

/** Lets a pool of that protocol join the listeners of another. */
function joins(listener: string, protocol: string): Change<ElbStore> {
  return passes(relation(listener), (call) => given(call, 'pool')['protocol'] === protocol)
}

/** Refuses to create a pool of that protocol, at a listener or at any place. */
function without(protocol: string, atListener: boolean): Change<ElbStore> {
  return refusing(createPool, (call) => {
    const sent = given(call, 'pool')
    const meant = sent['protocol'] === protocol && (!atListener || 'listener_id' in sent)
    return meant ? badRequest(`${protocol} is not possible here.`) : undefined
  })
}

export const relationMutants: readonly ElbMutant[] = [
  {
    id: 'minutes-of-tcp-behind-https',
    breaks: 'elb/update-pool/timeout-http-1440.terminated-https',
    story: 'What a listener decrypts is a stream to the proxy, so the range of TCP counts.',
    mutate: refusesUpdate((sent, pool, _call, store) => {
      const minutes = stickinessIn(sent)?.['persistence_timeout']
      const isSecure = listenersOf(store, pool.id).some(
        ({ protocol }) => protocol === 'TERMINATED_HTTPS',
      )
      return isSecure && typeof minutes === 'number' && minutes > 60
    }),
  },
  {
    id: 'udp-listener-takes-tcp-pool',
    breaks: relation('udp'),
    story: 'Both are layer 4, so both are accepted.',
    mutate: joins('udp', 'TCP'),
  },
  {
    id: 'udp-listener-takes-http-pool',
    breaks: relation('udp'),
    story: 'Only TCP is excluded.',
    mutate: joins('udp', 'HTTP'),
  },
  {
    id: 'udp-listener-takes-no-pool',
    breaks: relation('udp'),
    story: 'UDP is missing from the table of pairs.',
    mutate: without('UDP', true),
  },
  {
    id: 'tcp-listener-takes-http-pool',
    breaks: relation('tcp'),
    story: 'As upstream: HTTP runs over TCP.',
    mutate: joins('tcp', 'HTTP'),
  },
  {
    id: 'tcp-listener-takes-udp-pool',
    breaks: relation('tcp'),
    story: 'Both are layer 4, so both are accepted.',
    mutate: joins('tcp', 'UDP'),
  },
  {
    id: 'http-listener-takes-tcp-pool',
    breaks: relation('http'),
    story: 'The relation is read the wrong way round.',
    mutate: joins('http', 'TCP'),
  },
  {
    id: 'http-listener-takes-udp-pool',
    breaks: relation('http'),
    story: 'Only TCP is excluded.',
    mutate: joins('http', 'UDP'),
  },
  {
    id: 'terminated-https-listener-takes-tcp-pool',
    breaks: relation('terminated-https'),
    story: 'Once TLS is taken off, what is left is a TCP stream.',
    mutate: joins('terminated-https', 'TCP'),
  },
  {
    id: 'terminated-https-listener-takes-udp-pool',
    breaks: relation('terminated-https'),
    story: 'Only TCP is excluded.',
    mutate: joins('terminated-https', 'UDP'),
  },
  {
    id: 'terminated-https-listener-takes-no-pool',
    breaks: relation('terminated-https'),
    story: 'Protocols are compared as they are, and no pool has that of the listener.',
    mutate: refusing(createPool, (call, store) => {
      const id = given(call, 'pool')['listener_id']
      const listener = typeof id === 'string' ? store.listeners.get(id) : undefined
      return listener?.protocol === 'TERMINATED_HTTPS'
        ? badRequest('The pool and the listener differ in protocol.')
        : undefined
    }),
  },
  {
    id: 'creates-no-tcp-pools',
    breaks: 'elb/update-pool/pool-protocols',
    story: 'The enum is that of a product for HTTP only.',
    mutate: without('TCP', false),
  },
  {
    id: 'creates-no-udp-pools',
    breaks: 'elb/update-pool/pool-protocols.udp',
    story: 'UDP came later than the enum.',
    mutate: without('UDP', false),
  },
  {
    id: 'udp-pools-become-tcp',
    breaks: 'elb/update-pool/pool-protocols.udp',
    story: 'Layer 4 is one case of a switch, and that case says TCP.',
    mutate: performing(createPool, (call, _store, original) => {
      const { protocol, ...rest } = given(call, 'pool')
      const stored = protocol === 'UDP' ? 'TCP' : protocol
      return original({ ...call, body: { pool: { ...rest, protocol: stored } } })
    }),
  },
]
