/** Takes secrets out of a text, in every spelling in which a target could echo them. */

import { percentEncode } from '../wire/percent-encoding.ts'

/** Turns a text into one that carries none of the secrets. */
export type Redact = (text: string) => string

const mask = '[redacted]'

/**
 * A function that masks the given secrets raw, URL-encoded once or twice, as JSON and XML escape
 * them, in hex, and in base64, also as a part of something longer.
 *
 * @param secrets - Values, not names. One shorter than four characters is left alone: masking it
 *   would tear every text apart and hide nothing.
 */
export function redacting(secrets: readonly string[]): Redact {
  return learning(secrets).redact
}

/** The same for secrets that become known later, such as a token that was fetched. */
export interface Learning {
  readonly redact: Redact
  /** From here on this is masked too. */
  learn(secret: string): void
}

export function learning(secrets: readonly string[]): Learning {
  let longestFirst: readonly string[] = []
  const learn = (...more: readonly string[]) => {
    const long = more.filter((secret) => secret.length >= fewestMasked)
    const spelled = new Set([...longestFirst, ...long.flatMap((secret) => spellings(secret))])
    longestFirst = [...spelled].toSorted((one, other) => other.length - one.length)
  }
  learn(...secrets)
  return {
    redact: (text) => {
      const masked = longestFirst.reduce((one, secret) => one.replaceAll(secret, mask), text)
      return masked.includes(cut) ? withoutBeginnings(masked, longestFirst) : masked
    },
    learn,
  }
}

/**
 * The same for a secret that is new with each request, such as a signature: cheap where nothing of it
 * is told. However it is spelled, its longest run of letters and digits stays, or it is hex or base64.
 */
export function redactingNew(secret: string): Redact {
  const bytes = Buffer.from(secret, 'utf8')
  const hex = bytes.toString('hex')
  const run = (secret.match(/[0-9A-Za-z]+/g) ?? []).reduce(
    (a, b) => (a.length < b.length ? b : a),
    '',
  )
  const traces = [run, hex, hex.toUpperCase(), ...inBase64(bytes)]
  let thorough: Redact | undefined
  return (text) => {
    if (!text.includes(cut) && !traces.some((trace) => text.includes(trace))) return text
    thorough ??= redacting([secret])
    return thorough(text)
  }
}

const fewestMasked = 4

/** What stands where a text was cut short. */
const cut = '…'

/** Fewer characters of a secret than this could be anybody's. */
const fewestTold = 4

/** A text that was cut in the middle of a secret tells its beginning: also that is masked. */
function withoutBeginnings(text: string, spelled: readonly string[]): string {
  return text.replaceAll(/\S+…/g, (word) => {
    const told = word.slice(0, -cut.length)
    const found = spelled.flatMap((secret) => lastBeginning(told, secret) ?? [])
    const longest = Math.max(0, ...found)
    return longest === 0 ? word : told.slice(0, told.length - longest) + mask + cut
  })
}

/** How many characters at the end of a text begin a secret. */
function lastBeginning(text: string, secret: string): number | undefined {
  const most = Math.min(text.length, secret.length - 1)
  for (let length = most; length >= fewestTold; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return undefined
}

function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const hex = bytes.toString('hex')
  return [
    secret,
    // Header values are read byte by byte.
    bytes.toString('latin1'),
    ...inUrls(secret),
    ...inJson(secret),
    inXml(secret),
    ...inBase64(bytes),
    hex,
    hex.toUpperCase(),
  ]
}

function inUrls(secret: string): readonly string[] {
  const strict = percentEncode(secret)
  const once = [
    strict,
    encodeURIComponent(secret),
    String(new URLSearchParams([['', secret]])).slice(1),
  ]
  const lower = once.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()))
  return [...once, ...lower, percentEncode(strict)]
}

/** Also twice over: services put the body of another service into a string of their own. */
function inJson(secret: string): readonly string[] {
  const escaped = JSON.stringify(secret).slice(1, -1)
  const ascii = escaped.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [escaped, ascii]
    .flatMap((text) => [text, text.replaceAll('/', '\\/')])
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
}

function inXml(secret: string): string {
  const entities: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }
  return secret.replaceAll(/[&<>"]/g, (sign) => `&${entities[sign] ?? ''};`)
}

/** Below this many bytes the characters that are certain in the middle of a longer text are too few. */
const fewestShifted = 8

/** Alone, and in the middle of something longer, where its bytes may begin at any of three places. */
function inBase64(bytes: Buffer): readonly string[] {
  const alone = bytes.toString('base64').replace(/=+$/, '')
  const shifts = bytes.length < fewestShifted ? [] : [0, 1, 2]
  const within = shifts.map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const bits = { from: shift * 8, to: (shift + bytes.length) * 8 }
    return text.slice(Math.ceil(bits.from / 6), Math.floor(bits.to / 6))
  })
  return [alone, ...within].flatMap((text) => [
    text,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}
