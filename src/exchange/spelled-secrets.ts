/** Secrets of every kind, and every way to write one that redaction promises to mask; for our own tests. */

import { array, constantFrom, type Arbitrary } from 'fast-check'
import { percentEncode } from '../wire/percent-encoding.ts'

const hexDigits = Array.from('0123456789abcdef')
const alphanumerics = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
const inPasswords = [...alphanumerics, ...Array.from('+/%="\\ &<>\'!()*~-_.:;,{}[]@#')]
const anyLetters = [...alphanumerics, ...Array.from('é߀日本пароль😀')]

function drawn(letters: readonly string[], minLength: number, maxLength: number) {
  const letter = constantFrom(...letters)
  return array(letter, { minLength, maxLength }).map((all) => all.join(''))
}

/** A password with every sign that is escaped somewhere. */
export const aPassword = drawn(inPasswords, 12, 40)

/** What can be in the variables that `auth` and `tls` of a target file name, by its kind. */
export const secretKinds: Readonly<Record<string, Arbitrary<string>>> = {
  'a Fernet token': drawn([...alphanumerics, '-', '_'], 180, 200).map((text) => `gAAAAAB${text}`),
  'a UUID token': drawn(hexDigits, 32, 32),
  'an access key id': drawn(alphanumerics, 16, 24).map((text) => `LTAI${text}`),
  'an access key secret': drawn(alphanumerics, 30, 40),
  'a security token': drawn([...alphanumerics, '+', '/', '='], 300, 400),
  'a password of signs': aPassword,
  'a password in any script': drawn(anyLetters, 12, 30),
  'the passphrase of a key': drawn([...alphanumerics, ' '], 16, 40),
}

const each = (text: string, write: (unit: number, character: string) => string) =>
  Array.from(text, (character) =>
    Array.from(character.split(''), (unit) => write(unit.charCodeAt(0), character)).join(''),
  ).join('')

const bytesOf = (text: string) => Array.from(Buffer.from(text, 'utf8'))
const pairs = (text: string) => bytesOf(text).map((byte) => byte.toString(16).padStart(2, '0'))
const unit = (code: number) => code.toString(16).padStart(4, '0')

const asJson = (text: string) => JSON.stringify(text).slice(1, -1)
const escaped = (text: string) => each(text, (code) => `\\u${unit(code)}`)
const everyByte = (text: string) =>
  pairs(text)
    .map((pair) => `%${pair}`)
    .join('')
const inBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const inOtherCase = (text: string) =>
  Array.from(text, (letter, at) => {
    const other = at % 3 === 0 ? letter.toLowerCase() : letter.toUpperCase()
    return other.length === letter.length ? other : letter
  }).join('')

function inBase32(text: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = bytesOf(text)
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => letters[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('')
}

/** Quoted-printable with a soft line break after each 25 escapes. */
function quotedPrintable(text: string): string {
  const escapes = pairs(text).map((pair) => `=${pair.toUpperCase()}`)
  return escapes.map((one, at) => (at % 25 === 24 ? `${one}=\r\n` : one)).join('')
}

/** Characters that show nothing, of every kind; all that Unicode calls ignorable is one of the kinds. */
const unseenBetween: Readonly<Record<string, string>> = {
  tags: '\u{E0001}',
  'selectors of variants': '\u{E0100}\uFE0F',
  'beams of music': '\u{1D173}',
  'overlaps of shorthand': '\u{1BCA0}',
  'unassigned ignorable characters': '\u{E0FFF}',
  fillers: '\u115F\u3164',
  'braille blanks': '\u2800',
  'private characters': '\uE000\u{F0000}\u{10FFFD}',
  colours: '\u001B[1;31m\u001B[m',
  'colours of eight bits': '\u009B1;31m\u009Bm',
}

/** Spellings that write each character by itself: what is left of one tells which part was missed. */
export const spellingsByCharacter: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'as a header is read': (text) => Buffer.from(text).toString('latin1'),
  'in other case': inOtherCase,
  'in a URL': encodeURIComponent,
  'in a URL, strictly': percentEncode,
  'in a URL, twice': (text) => percentEncode(percentEncode(text)),
  'in a URL, every byte': everyByte,
  'in a URL, every byte, twice': (text) => percentEncode(everyByte(text)),
  'as a form value': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'in JSON': asJson,
  'in JSON, every character': escaped,
  'in JSON in JSON': (text) => asJson(asJson(text)),
  'in JSON in JSON, every character': (text) => asJson(escaped(text)),
  'in JSON, slashes too': (text) => asJson(text).replaceAll('/', '\\/'),
  'in JavaScript, every byte': (text) =>
    pairs(text)
      .map((pair) => `\\x${pair}`)
      .join(''),
  'in JavaScript, in braces': (text) =>
    Array.from(text, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`).join(''),
  'in JavaScript, in braces, with zeros': (text) =>
    Array.from(
      text,
      (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16).padStart(40, '0')}}`,
    ).join(''),
  'in JavaScript, octal': (text) =>
    bytesOf(text)
      .map((byte) => `\\${byte.toString(8)}`)
      .join(''),
  'in JavaScript, octal, in JSON': (text) =>
    bytesOf(text)
      .map((byte) => `\\\\${byte.toString(8).padStart(3, '0')}`)
      .join(''),
  'in C, long': (text) =>
    Array.from(text, (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join(
      '',
    ),
  'in a URL, by escape()': (text) => each(text, (code) => `%u${unit(code)}`),
  'in XML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  'in XML, decimal': (text) => Array.from(text, (one) => `&#${one.codePointAt(0) ?? 0};`).join(''),
  'in XML, hexadecimal': (text) =>
    Array.from(text, (one) => `&#x${(one.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'in XML, with zeros': (text) =>
    Array.from(text, (one) => `&#${String(one.codePointAt(0) ?? 0).padStart(30, '0')};`).join(''),
  'in HTML, unclosed': (text) =>
    Array.from(text, (one) => `&#x${(one.codePointAt(0) ?? 0).toString(16)}`).join(''),
  'in quoted-printable': quotedPrintable,
  'in UTF-16, read as bytes': (text) => each(text, (code) => `\u0000${String.fromCharCode(code)}`),
  'with blanks between': (text) => Array.from(text).join(' '),
  'with zero-width characters between': (text) => Array.from(text).join('\u200b\u2060'),
  ...Object.fromEntries(
    Object.entries(unseenBetween).map(([name, unseen]) => [
      `with ${name} between`,
      (text: string) => Array.from(text).join(unseen),
    ]),
  ),
  'with tags between, in a URL': (text) => encodeURIComponent(Array.from(text).join('\u{E0001}')),
  'with zero-width characters between, read as bytes': (text) =>
    Buffer.from(Array.from(text).join('\u200b')).toString('latin1'),
  'with colours of eight bits between, read as bytes': (text) =>
    Buffer.from(Array.from(text).join('\u009B31m')).toString('latin1'),
  'with line breaks between': (text) => (text.match(/.{1,8}/gsu) ?? []).join('\r\n'),
  reversed: (text) => Array.from(text).toReversed().join(''),
}

/** Spellings that write groups of bytes: at an end, up to four of their characters belong to what is around it. */
export const spellingsByGroup: Readonly<Record<string, (text: string) => string>> = {
  'in hexadecimal': (text) => pairs(text).join(''),
  'in HEXADECIMAL': (text) => pairs(text).join('').toUpperCase(),
  'in mixed hexadecimal': (text) =>
    pairs(text)
      .map((pair, at) => (at % 2 === 0 ? pair.toUpperCase() : pair))
      .join(''),
  'in hexadecimal with colons': (text) => pairs(text).join(':'),
  'in hexadecimal with blanks': (text) => pairs(text).join(' '),
  'as a list of bytes': (text) =>
    pairs(text)
      .map((pair) => `0x${pair}`)
      .join(', '),
  'in base64': inBase64,
  'in base64url': (text) => Buffer.from(text, 'utf8').toString('base64url'),
  'in base64, in lines': (text) => (inBase64(text).match(/.{1,16}/g) ?? []).join('\r\n'),
  'in base64, in JSON by PHP': (text) => inBase64(text).replaceAll('/', '\\/'),
  'in base64 in a URL': (text) => percentEncode(inBase64(text)),
  'in base64, behind a name': (text) => inBase64(`ab:${text}:tail`).slice(4, -5),
  'in base64, behind a longer name': (text) => inBase64(`abcd:${text}:tail`).slice(7, -5),
  'in base64, twice': (text) => inBase64(inBase64(text)),
  'in base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in base32': inBase32,
}
