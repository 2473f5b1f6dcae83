/** Health checks, as a load balancer may make them: connections that say nothing. Their results are not used. */

import { connect } from 'node:net'
import type { LivePool } from './pool.ts'

/** @param every - Milliseconds; no health checks where absent. @returns what ends them. */
export function probeServers(pool: LivePool, every: number | undefined): () => void {
  if (every === undefined) return () => undefined
  const timer = setInterval(() => {
    for (const { address, port } of pool.servers) {
      const socket = connect(port, address, () => socket.destroy())
      socket.on('error', () => undefined).unref()
    }
  }, every).unref()
  return () => clearInterval(timer)
}
