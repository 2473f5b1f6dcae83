/** The ways in which a target could write a secret that undoing escapes does not bring back. */

import { normal, type Form } from './normal-form.ts'

/** One way to write a secret, ready to be looked for. */
export interface Spelling {
  readonly form: Form
  readonly codes: Uint16Array
  /** So many characters of this spelling, wherever they begin, are taken for a part of the secret. */
  readonly least: number
  /** Only parts that begin at multiples of this are looked for. */
  readonly step: number
}

/** Fewer characters than this could be anyone's. */
export const fewestMasked = 4

/** So many characters of a secret are never shown. */
export const fewestOfSecret = 6

/**
 * All spellings in which a secret is looked for: as it is, read byte by byte, reversed, in hexadecimal,
 * base64 (also of UTF-16, and twice) and base32, each also as a part of something longer.
 *
 * Case, blanks, escapes and separators are not among them: `normal` and `unescaped` remove them from the text.
 * The first and last line of a key in PEM are not secret.
 */
export function spellingsOf(value: string): Spelling[] {
  const secret = value.replaceAll(/-----[A-Z0-9 ]{1,64}-----/g, '')
  const bytes = Buffer.from(secret, 'utf8')
  const read = bytes.toString('latin1')
  return [
    ...[secret, read, reversed(secret)].flatMap((text) => plain(text)),
    ...encoded(bytes.toString('hex'), 2 * fewestOfSecret),
    ...within(bytes, base64).flatMap((text) => encoded(text, fewestOfSecret)),
    ...twice(bytes).flatMap((text) => encoded(text, 8)),
    ...within(bytes, base32).flatMap((text) => encoded(text, 8)),
    ...utf16(secret).flatMap((one) => within(one, base64).flatMap((text) => encoded(text, 12))),
  ]
}

/**
 * The spellings of a signature. There are thousands of signatures in a run, so only longer parts are looked
 * for: else one in a hundred ids would be taken for a part of one. And only every fourth part is kept: it
 * overlaps the next, so that at most three characters at an end are left of what is sixteen or more.
 */
export function spellingsOfSignature(signature: string): Spelling[] {
  const bytes = Buffer.from(signature, 'utf8')
  return [
    ...signatureItself(signature),
    ...encoded(reversed(signature), leastOfSignature, signatureStep),
    ...encoded(bytes.toString('hex'), 2 * leastOfSignature, signatureStep),
    ...within(bytes, base64).flatMap((text) => encoded(text, leastOfSignature, signatureStep)),
  ]
}

const leastOfSignature = 12
const signatureStep = 4

/** A signature as it is: looked for until the run ends. */
export function signatureItself(signature: string): Spelling[] {
  return encoded(signature, leastOfSignature, signatureStep)
}

/** In both forms, where they differ: punctuation counts, and does not hide what is between it. */
function plain(text: string): Spelling[] {
  const visible = spelled(text, 'visible', fewestOfSecret)
  const { length } = visible.codes
  if (length < fewestOfSecret) return [{ ...visible, least: Math.max(length, fewestMasked) }]
  const alphanumeric = spelled(text, 'alphanumeric', fewestOfSecret)
  return alphanumeric.codes.length === length ? [alphanumeric] : [visible, alphanumeric]
}

function encoded(text: string, least: number, step = 1): Spelling[] {
  return [spelled(text, 'alphanumeric', least, step)]
}

function spelled(text: string, form: Form, least: number, step = 1): Spelling {
  const { codes, length } = normal(text, form)
  return { form, codes: codes.slice(0, length), least, step }
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('')
}

function utf16(secret: string): Buffer[] {
  const little = Buffer.from(secret, 'utf16le')
  return [little, Buffer.from(little).swap16()]
}

function twice(bytes: Buffer): string[] {
  return within(bytes, base64).flatMap((text) => within(Buffer.from(text, 'latin1'), base64))
}

/** An encoding of bytes that writes so many bits in each character. */
interface Encoding {
  readonly bits: number
  encode(bytes: Buffer): string
}

const base64: Encoding = { bits: 6, encode: (bytes) => bytes.toString('base64') }
const base32: Encoding = { bits: 5, encode: (bytes) => inBase32(bytes) }

/** By RFC 4648, section 6, without padding. */
function inBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return groups.map((group) => letters[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('')
}

/**
 * What an encoding makes of the bytes in the middle of something longer, once for each place in a group where
 * they can begin: only the characters that nothing before or after them has a part in.
 */
function within(bytes: Buffer, { bits, encode }: Encoding): string[] {
  return Array.from({ length: bits === 6 ? 3 : 5 }, (_, before) => {
    const text = encode(Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(8)]))
    const from = Math.ceil((before * 8) / bits)
    return text.slice(from, Math.floor(((before + bytes.length) * 8) / bits))
  })
}
