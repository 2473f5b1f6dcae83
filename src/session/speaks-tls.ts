/** Does TLS answer at an address that was asked in plain HTTP? */

import type { Target } from '../target.ts'
import { deadline } from '../wire/deadline.ts'
import { describeNetworkError, isNetworkError } from '../wire/network-error.ts'
import { networkWire } from './network-wire.ts'

/** A handshake that ends with a complaint about certificates is one, too. */
const ofHandshakes = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ALERT/i

/**
 * Sends one request without credentials over TLS to the same host and port.
 *
 * @param milliseconds - How long it may take.
 */
export async function speaksTls(
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
  milliseconds: number,
): Promise<boolean> {
  const url = new URL(target.endpoint.replace(/^http:/, 'https:'))
  // Else it would be 443, where another server may listen.
  url.port ||= '80'
  const { wire, close } = networkWire(target, 1, environment)
  const clock = deadline(milliseconds)
  try {
    await wire({ method: 'GET', path: '/', url: url.href }, () => clock.signal)
    return true
  } catch (error) {
    return isNetworkError(error) && ofHandshakes.test(describeNetworkError(error, milliseconds))
  } finally {
    clock.stop()
    await close()
  }
}
