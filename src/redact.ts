/** Takes secrets out of a text, in every spelling in which a target could echo them. */

/** Turns a text into one that carries none of the secrets. */
export type Redact = (text: string) => string

const mask = '[redacted]'

/**
 * A function that masks the given secrets raw, URL-encoded, JSON-escaped, in base64 and in hex.
 *
 * @param secrets - Values, not names. One shorter than four characters is left alone: masking it
 *   would tear every text apart and hide nothing.
 */
export function redacting(secrets: readonly string[]): Redact {
  const spelled = new Set(
    secrets.filter((secret) => secret.length >= 4).flatMap((secret) => spellings(secret)),
  )
  const longestFirst = [...spelled].toSorted((one, other) => other.length - one.length)
  return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, mask), text)
}

function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = bytes.toString('base64').replace(/=+$/, '')
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ]
}
