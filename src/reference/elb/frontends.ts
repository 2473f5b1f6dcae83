/** What the API of the `elb` reference stores, as its data plane needs it. */

import type { Frontend, PersistenceView, PoolView, Protocol } from '../data-plane/configuration.ts'
import { membersOf, type ElbStore, type Pool } from './store.ts'

const protocols: Readonly<Record<string, Protocol>> = { TCP: 'TCP', UDP: 'UDP', HTTP: 'HTTP' }

/** Each listener of a protocol that is carried. */
export function elbFrontends(store: ElbStore): readonly Frontend[] {
  return [...store.listeners.values()].flatMap((listener) => {
    const protocol = protocols[listener.protocol]
    const { vip_address: address } = store.loadBalancers.get(listener.loadbalancer_id) ?? {}
    if (protocol === undefined || address === undefined) return []
    const pool = store.pools.get(listener.default_pool_id ?? '')
    const { id: key, protocol_port: port } = listener
    return [{ key, address, port, protocol, pool: pool && poolView(pool, store) }]
  })
}

function poolView(pool: Pool, store: ElbStore): PoolView {
  return {
    key: pool.id,
    algorithm: pool.lb_algorithm as PoolView['algorithm'],
    persistence: persistenceOf(pool),
    servers: membersOf(store, pool.id)
      .filter(({ admin_state_up }) => admin_state_up)
      .map(({ id, address, protocol_port, weight }) => ({
        key: id,
        address,
        port: protocol_port,
        weight,
      })),
  }
}

/** @see Updating a Backend Server Group, Table 4, type: which type takes effect with which protocol */
function persistenceOf({ protocol, session_persistence: stored }: Pool): PersistenceView | null {
  if (!stored) return null
  const isCookie = stored.type !== 'SOURCE_IP'
  if (isCookie !== (protocol === 'HTTP')) return null
  return {
    type: stored.type as PersistenceView['type'],
    cookieName: stored.cookie_name,
    minutes: stored.persistence_timeout ?? defaultMinutes,
  }
}

/** No page says how long session persistence lasts where no timeout is set. */
const defaultMinutes = 60
