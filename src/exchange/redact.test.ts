import { describe, expect, test } from 'vitest'
import { percentEncode } from '../wire/percent-encoding.ts'
import { createHmac } from 'node:crypto'
import { redacting, redactingNew } from './redact.ts'

/** Numbers from 0 to 1, the same for the same seed: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const letters = Array.from('abcXYZ019+/%="\\ &<>\'!()*~-_.:;,é߀日😀')

/** A secret that no text has by chance, with whatever needs escaping somewhere. */
function aSecret(random: () => number): string {
  const pick = () => letters[Math.floor(random() * letters.length)] ?? ''
  return Array.from({ length: 12 + Math.floor(random() * 30) }, pick).join('')
}

const spellings: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  'as a header is read': (secret) => Buffer.from(secret).toString('latin1'),
  'URL-encoded': encodeURIComponent,
  'URL-encoded strictly': percentEncode,
  'URL-encoded in lower case': (secret) =>
    percentEncode(secret).replaceAll(/%../g, (octet) => octet.toLowerCase()),
  'URL-encoded twice': (secret) => percentEncode(percentEncode(secret)),
  'as a form value': (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'in JSON by PHP, in JSON': (secret) =>
    JSON.stringify(JSON.stringify(secret).replaceAll('/', '\\/')).slice(3, -3),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in HEX': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
}

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)

describe.each(Object.entries(spellings))('a secret %s', (_name, spell) => {
  test('is nowhere in the text, whatever stands around it', () => {
    for (const seed of seeds) {
      const secret = aSecret(seeded(seed))
      const masked = redacting([secret])(`{"a":"${spell(secret)}","b":"${spell(secret)}x"}`)
      expect(masked, `seed ${seed}: ${secret}`).not.toContain(spell(secret).replace(/=+$/, ''))
      expect(masked, `seed ${seed}: ${secret}`).toContain('{"a":"[redacted]')
    }
  })
})

describe.each(Object.entries(spellings))('a signature %s', (_name, spell) => {
  test.each(['base64', 'hex'] as const)('of %s is masked as thoroughly', (encoding) => {
    for (const seed of seeds) {
      const signature = createHmac('sha1', 'k').update(String(seed)).digest(encoding)
      const text = `{"a":"${spell(signature)}","b":"${signature.slice(0, 9)}…"}`
      expect(redactingNew(signature)(text)).toBe(redacting([signature])(text))
      expect(redactingNew(signature)(text)).not.toContain(spell(signature).replace(/=+$/, ''))
    }
  })
})

describe('redacting', () => {
  test('finds a secret in the base64 of something longer, wherever it begins', () => {
    for (const seed of seeds) {
      const secret = aSecret(seeded(seed))
      for (const before of ['', 'u:', 'id:', 'user:']) {
        const text = Buffer.from(`${before}${secret}:tail`).toString('base64')
        const masked = redacting([secret])(text)
        const told = masked
          .split('[redacted]')
          .map((part) => Buffer.from(part, 'base64').toString())
        expect(masked, `seed ${seed}`).toContain('[redacted]')
        expect(told.join(''), `seed ${seed}`).not.toContain(secret.slice(4, -4))
      }
    }
  })

  test('leaves none of several secrets, also where they overlap', () => {
    for (const seed of seeds) {
      const random = seeded(seed)
      const characters = Array.from(aSecret(random))
      const whole = characters.join('')
      const beginning = characters.slice(0, 9).join('')
      const end = characters.slice(4).join('')
      const secrets = [whole, beginning, end, aSecret(random)]
      const text = `${whole}${beginning} ${secrets.join('|')} ${end}${whole}`
      const masked = redacting(secrets)(text)
      for (const secret of secrets) expect(masked, `seed ${seed}`).not.toContain(secret)
    }
  })

  test('hides the longer of two secrets whole, when one begins with the other', () => {
    expect(redacting(['abcd', 'abcdefgh'])('abcdefgh')).toBe('[redacted]')
  })

  test('hides a secret from a query that was signed over an encoded query', () => {
    const toSign = percentEncode(`AccessKeyId=${percentEncode('a+b/c=d')}&Action=X`)
    expect(redacting(['a+b/c=d'])(`string to sign is GET&%2F&${toSign}`)).toBe(
      'string to sign is GET&%2F&AccessKeyId%3D[redacted]%26Action%3DX',
    )
  })

  test('hides a secret as Python and PHP write it in JSON, and as XML has it', () => {
    const redact = redacting(['né/pass<&>'])
    expect(redact('"n\\u00e9/pass<&>"')).toBe('"[redacted]"')
    expect(redact('"né\\/pass<&>"')).toBe('"[redacted]"')
    expect(redact('<v>né/pass&lt;&amp;&gt;</v>')).toBe('<v>[redacted]</v>')
  })

  test('leaves a text without secrets as it is', () => {
    const text = 'PUT /v2.0/lbaas/pools/1 {"pool":{"name":"a$&b"}}'
    expect(redacting(['s3cr3t-value'])(text)).toBe(text)
    expect(redacting([])(text)).toBe(text)
  })

  test('leaves alone what is too short to be a secret', () => {
    expect(redacting(['abc', ''])('abc abcd')).toBe('abc abcd')
  })

  test('takes a secret as it is, not as a pattern', () => {
    expect(redacting(['a.c*$&'])('aXc* a.c*$&')).toBe('aXc* [redacted]')
  })
})

test('a secret that was cut short tells nothing of its beginning', () => {
  const redact = redacting(['canary-0123456789'])
  expect(redact('it answered {"token":"canary-01234…, expected 4xx')).toBe(
    'it answered {"token":"[redacted]…, expected 4xx',
  )
  expect(redact('a list of canaries…')).toBe('a list of canaries…')
})
