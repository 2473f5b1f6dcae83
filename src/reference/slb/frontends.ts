/** What the API of the `slb` reference stores, as its data plane needs it. */

import type { Frontend, PoolView, ServerView } from '../data-plane/configuration.ts'
import { addressOfServer } from './given.ts'
import type { BackendServer, Listener, LoadBalancer, SlbStore } from './store.ts'

const protocols = { tcp: 'TCP', udp: 'UDP', http: 'HTTP' } as const

/** Each listener that was started. */
export function slbFrontends(store: SlbStore): readonly Frontend[] {
  return [...store.loadBalancers.values()].flatMap((loadBalancer) =>
    loadBalancer.listeners
      .filter(({ running }) => running)
      .map((listener) => ({
        key: `${loadBalancer.id} ${listener.port}`,
        address: loadBalancer.address,
        port: listener.port,
        protocol: protocols[listener.protocol],
        pool: poolBehind(listener, loadBalancer, store),
      })),
  )
}

/** The VServer group of a listener, or the default group with the port that the listener names. */
function poolBehind(
  { vserverGroupId, backendServerPort = 0 }: Listener,
  { id, servers }: LoadBalancer,
  { groups }: SlbStore,
): PoolView {
  const held = vserverGroupId === undefined ? servers : (groups.get(vserverGroupId)?.servers ?? [])
  return {
    key: vserverGroupId ?? id,
    algorithm: 'ROUND_ROBIN',
    persistence: null,
    servers: held.flatMap((server) => serverView(server, backendServerPort)),
  }
}

function serverView(
  { serverId, port, weight }: BackendServer,
  listenersPort: number,
): ServerView[] {
  const address = addressOfServer(serverId)
  if (address === undefined) return []
  const own = port ?? listenersPort
  return [{ key: `${serverId} ${own}`, address, port: own, weight }]
}
