/** What evidence says of the credentials of a request: never the credentials, but enough to follow the exchanges. */

import type { Credentials, ShownCredentials } from '../model.ts'

/** Those that are always the same; the others say something particular of themselves. */
const words: Readonly<Record<Extract<Credentials, string>, string>> = {
  none: '(none)',
  wrong: '(wrong)',
  unknown: '(unknown to everyone)',
  other: '(redacted, of another account)',
  readOnly: '(redacted, of a key that may only read)',
  altered: '(redacted, for another request)',
  misspelt: '(wrong at its end)',
  cut: '(cut short)',
}

/**
 * `X-Auth-Token: (none)`: where credentials go, and whether they were the right ones.
 *
 * @param carrier - The header or parameter, as the signer names it; nothing is shown where it names none.
 */
export function shownCredentials(
  credentials: Credentials | undefined,
  carrier: string | undefined,
): ShownCredentials | undefined {
  return carrier === undefined ? undefined : { name: carrier, value: wordFor(credentials) }
}

function wordFor(credentials: Credentials | undefined): string {
  if (credentials === undefined) return '(redacted)'
  if (typeof credentials === 'string') return words[credentials]
  const { without, aged, again } = credentials
  if (without !== undefined) return `(redacted, without ${without})`
  if (aged !== undefined) return `(redacted, made ${Math.round(aged / 60_000)} minutes ago)`
  return again === undefined ? '(redacted)' : '(redacted, used before)'
}
