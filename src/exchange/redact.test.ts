import { createHmac } from 'node:crypto'
import { assert, property, sample } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentEncode } from '../wire/percent-encoding.ts'
import { learning, redacting } from './redact.ts'
import {
  aPassword,
  secretKinds,
  spellingsByCharacter,
  spellingsByGroup,
} from './spelled-secrets.ts'

const draws = { seed: 20_240_501, numRuns: 4 }
const mask = '[redacted]'

/** What is left of a text beside its masks, without the frame that was put around the secret. */
function leftOf(masked: string): string {
  expect(masked).toMatch(/^«[^]*»$/)
  return masked.slice(1, -1).replaceAll(mask, '')
}

/** In characters that no secret has: any other could happen to be the next one of the secret. */
const framed = (text: string) => `«${text}»`

/** How many characters a text has, an escape counted as one: blanks at an end are not compared, so they stay. */
function charactersIn(text: string): number {
  const escape =
    /%(?:25)?[0-9a-f]{2}|%u[0-9a-f]{4}|\\+U[0-9a-f]{8}|\\+u[0-9a-f]{4}|\\+u\{[0-9a-f]+\}|\\+x[0-9a-f]{2}|\\+[0-7]{1,3}|&#\w+;?|=[0-9A-F]{2}|=\r\n/gi
  const unseen =
    /[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]|\xC2?\p{Cc}\[?[\d;]*m|%F3%A0%80%81|\xE2\x80\x8B/gu
  return text.replaceAll(unseen, '').replaceAll(escape, '?').length
}

/** Parts of a secret that are long enough to be masked: a prefix of 80 %, halves, the middle. */
function partsOf(secret: string): string[] {
  const all = Array.from(secret)
  const { length } = all
  const bounds: readonly [number, number][] = [
    [0, Math.ceil(length * 0.8)],
    [0, Math.ceil(length / 2)],
    [Math.floor(length / 2), length],
    [Math.floor(length / 4), Math.ceil(length * 0.75)],
  ]
  return bounds.map(([from, to]) => all.slice(from, to).join(''))
}

/** Six or more characters that are compared: fewer of them are not a promise. */
const isLong = (text: string) => text.replaceAll(/[\s\p{Cc}]/gu, '').length >= 6

describe.each(Object.entries(secretKinds))('%s', (_kind, secrets) => {
  const known = sample(secrets, draws).map((secret) => ({ secret, redact: redacting([secret]) }))

  test.each(Object.entries(spellingsByCharacter))('%s is masked, whole or in part', (_, spell) => {
    for (const { secret, redact } of known) {
      for (const part of [secret, ...partsOf(secret).filter((one) => isLong(one))]) {
        const left = leftOf(redact(framed(spell(part))))
        expect(charactersIn(left)).toBeLessThanOrEqual(4)
      }
    }
  })

  test.each(Object.entries(spellingsByGroup))('%s is masked, whole or in part', (_, spell) => {
    for (const { secret, redact } of known) {
      for (const part of [secret, ...partsOf(secret).filter((one) => one.length >= 9)]) {
        const left = leftOf(redact(framed(spell(part)))).replaceAll(/[=:,\s]|%3D|0x/g, '')
        expect(left.length).toBeLessThanOrEqual(6)
      }
    }
  })
})

const hex = (text: string) => createHmac('sha256', 'k').update(text).digest('hex')

describe('a signature', () => {
  const spellings = Object.entries({
    ...spellingsByCharacter,
    'in hexadecimal': spellingsByGroup['in hexadecimal'],
    'in base64': spellingsByGroup['in base64'],
  })

  describe.each(['base64', 'hex'] as const)('of %s', (encoding) => {
    const signatures = Array.from({ length: 300 }, (_, index) =>
      createHmac(encoding === 'hex' ? 'sha256' : 'sha1', 'k')
        .update(String(index))
        .digest(encoding),
    )

    test.each(spellings)('%s is masked', (_name, spell = String) => {
      const { redact, learnSignature } = learning([])
      for (const signature of signatures) {
        learnSignature(signature)
        const left = leftOf(redact(framed(spell(signature))))
        expect(charactersIn(left)).toBeLessThanOrEqual(5)
      }
    })

    test('is masked also one answer late, in lines, and long after', () => {
      const { redact, learnSignature } = learning([])
      signatures.forEach(learnSignature)
      const late = spellingsByGroup['in base64']?.(signatures.at(-9) ?? '') ?? ''
      expect(leftOf(redact(framed(late))).length).toBeLessThanOrEqual(5)
      for (const signature of signatures) {
        expect(leftOf(redact(framed(signature))).replaceAll(/[=+/]/g, '')).toBe('')
        const half = signature.slice(0, Math.ceil(signature.length * 0.8))
        expect(leftOf(redact(framed(half))).length).toBeLessThanOrEqual(5)
      }
    })
  })

  test('leaves ids alone, however many signatures are known', () => {
    const { redact, learnSignature } = learning([])
    for (let index = 0; index < 5_000; index += 1) learnSignature(hex(String(index)))
    const ids = Array.from({ length: 2_000 }, (_, index) => hex(`id ${index}`).slice(0, 32))
    expect(redact(ids.join('\n'))).toBe(ids.join('\n'))
  })
})

describe('redacting', () => {
  test('leaves none of several secrets, also where they overlap', () => {
    const secret = aPassword
    assert(
      property(secret, secret, (one, other) => {
        const [beginning, end] = [one.slice(0, 9), one.slice(4)]
        const secrets = [one, beginning, end, other]
        const masked = redacting(secrets)(`${one}${beginning} ${secrets.join('|')} ${end}${one}`)
        for (const each of secrets) expect(masked).not.toContain(each)
      }),
      draws,
    )
  })

  test('masks a secret once, however it overlaps with itself', () => {
    expect(redacting(['abcabcabc'])('x abcabcabcabc y')).toBe('x [redacted] y')
    expect(redacting(['abcd', 'abcdefgh'])('abcdefgh')).toBe('[redacted]')
  })

  test('masks a secret in a query that was signed over an encoded query', () => {
    const toSign = percentEncode(`AccessKeyId=${percentEncode('a+b/c=dxyz')}&Action=X`)
    expect(redacting(['a+b/c=dxyz'])(`string to sign is GET&%2F&${toSign}`)).toBe(
      'string to sign is GET&%2F&AccessKeyId%3D[redacted]%26Action%3DX',
    )
  })

  test('masks a secret that is split over two fields, each half of it', () => {
    const masked = redacting(['canary-0123456789'])('{"a":"canary-01","b":"23456789"}')
    expect(masked).toBe('{"a":"[redacted]","b":"[redacted]"}')
  })

  test('masks a key in PEM without the lines around it', () => {
    const key =
      '-----BEGIN PRIVATE KEY-----\nMIIcanary0123\nabcdEFGH4567\n-----END PRIVATE KEY-----\n'
    const redact = redacting([key])
    expect(redact(JSON.stringify({ key }))).toBe(
      String.raw`{"key":"-----BEGIN PRIVATE KEY-----\n[redacted]\n-----END PRIVATE KEY-----\n"}`,
    )
    expect(redact('the private key is missing')).toBe('the private key is missing')
  })

  test('leaves a text without secrets as it is', () => {
    const text = 'PUT /v2.0/lbaas/pools/1 {"pool":{"name":"a$&b"}} %zz &#; &amp \\u00 = \\'
    expect(redacting(['s3cr3t-value'])(text)).toBe(text)
    expect(redacting([])(text)).toBe(text)
  })

  test('masks a secret of four or five characters as a whole, and ignores a shorter one', () => {
    expect(redacting(['abc', '', 'wxyz'])('abc abcd wxyz wxy')).toBe('abc abcd [redacted] wxy')
  })

  test('takes a secret as it is, not as a pattern', () => {
    expect(redacting(['a.c*$&'])('aXc* a.c*$&')).toBe('aXc* [redacted]')
  })

  test('leaves fewer than six characters of a secret', () => {
    expect(redacting(['canary-0123456789'])('a canar, and canary-01')).toBe(
      'a canar, and [redacted]',
    )
  })

  test('does not change what it has masked', () => {
    const redact = redacting(['canary-0123456789'])
    const once = redact('a canary-0123456789 b')
    expect(redact(once)).toBe(once)
  })
})
