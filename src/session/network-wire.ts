/** The way out to one target: over sockets, with its certificates and the proxies of the environment. */

import { secretsOf } from '../credentials/secrets.ts'
import { version } from '../documents/version.ts'
import type { Target } from '../target.ts'
import { socketWire, type SocketWire } from '../wire/wire.ts'

/**
 * @param connections - At most so many at once.
 * @throws {UsageError} When a certificate or a key is not there, or is none.
 */
export function networkWire(
  target: Target,
  connections: number,
  environment: Readonly<Record<string, string | undefined>>,
): SocketWire {
  const { tls } = secretsOf(target, environment)
  const straight = Object.keys(tls.values).length === 0
  const userAgent = `poolproof/${version()}`
  return socketWire(connections, {
    ...(straight ? {} : { tls: tls.values }),
    environment,
    userAgent,
  })
}
