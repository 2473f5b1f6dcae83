/** The data plane of a reference: listens for each frontend whose servers are on loopback, and carries what comes. */

import { isLoopback, type DataPlane, type Frontend } from './configuration.ts'
import { carryDatagrams } from './datagrams.ts'
import { LivePool } from './pool.ts'
import { probeServers } from './probes.ts'
import { carryRequests } from './requests.ts'
import type { TrafficRules } from './rules.ts'
import { carryStreams, type Listener } from './streams.ts'

interface OpenFrontend {
  readonly pool: LivePool
  readonly listener: Promise<Listener | undefined>
  readonly stopProbes: () => void
}

/**
 * Opens nothing until a frontend has a server on loopback: whoever does not ask for traffic has none.
 *
 * @param now - Milliseconds, on a clock that only goes forward.
 */
export function dataPlane(
  rules: TrafficRules,
  now: () => number = () => performance.now(),
): DataPlane {
  const open = new Map<string, OpenFrontend>()
  const start = (frontend: Frontend): OpenFrontend => {
    const pool = new LivePool(rules, now)
    const listener = carry(frontend, pool, rules).catch(() => undefined)
    return { pool, listener, stopProbes: probeServers(pool, rules.toServer.probes) }
  }
  const stop = async (key: string) => {
    const { listener, stopProbes } = open.get(key) ?? {}
    open.delete(key)
    stopProbes?.()
    await (await listener)?.close()
  }
  return {
    follow: (frontends) => {
      const keys = new Set(frontends.map(({ key }) => key))
      for (const key of open.keys()) if (!keys.has(key)) void stop(key)
      for (const frontend of frontends) {
        if (!open.has(frontend.key)) {
          if (!carriesTraffic(frontend)) continue
          open.set(frontend.key, start(frontend))
        }
        open.get(frontend.key)?.pool.follow(frontend.pool)
      }
    },
    close: async () => void (await Promise.all([...open.keys()].map((key) => stop(key)))),
  }
}

function carriesTraffic({ address, pool }: Frontend): boolean {
  return isLoopback(address) && (pool?.servers.some((one) => isLoopback(one.address)) ?? false)
}

function carry(
  { address, port, protocol }: Frontend,
  pool: LivePool,
  rules: TrafficRules,
): Promise<Listener> {
  if (protocol === 'UDP') return carryDatagrams(address, port, pool)
  return protocol === 'TCP'
    ? carryStreams(address, port, pool, rules)
    : carryRequests(address, port, pool, rules)
}
