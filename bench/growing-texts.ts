/** Texts and bodies of any length that made an algorithm slow, or look as if they could. */

/** Makes a text of about so many characters. */
export type Make = (length: number) => string

export const secret = 'canary-0123456789+/abcdefghij'

const repeated =
  (part: string): Make =>
  (length) =>
    part.repeat(Math.ceil(length / part.length))
const between =
  (before: string, part: string, after: string): Make =>
  (length) =>
    before + repeated(part)(length) + after

export const texts: Readonly<Record<string, Make>> = {
  'one word': repeated('x'),
  'beginnings of a secret': repeated(secret.slice(0, 7)),
  'beginnings that are cut off': repeated(`${secret.slice(0, 9)}…`),
  'the secret itself': repeated(secret),
  ellipses: repeated('…'),
  'percent signs': repeated('%25'),
  backslashes: repeated('\\'),
  ampersands: repeated('&'),
  'entities without an end': repeated('&#0'),
  'entities with zeros': between('&#x', '0', ''),
  'braces without an end': repeated('\\u{0'),
  'braces with zeros': between('\\u{', '0', ''),
  'octal digits': repeated('\\1'),
  'colours without an end': repeated('\u001B[1'),
  tags: repeated('\u{E0001}'),
  'bytes of tags': repeated('\xF3\xA0\x80'),
  blanks: repeated(' '),
  'line breaks': repeated('\r\n'),
  colons: repeated('\n:'),
  'zero-width characters': repeated('\u200b'),
  'halves of pairs': repeated('\uD800'),
  'angle brackets': repeated('<'),
  'open comments': between('<a>', '<!--', '>'),
  quotes: repeated('"'),
}

export const bodies: Readonly<Record<string, Make>> = {
  'a list': between('[', '1,', '1]'),
  'objects in a list': between('[', '{"id":"a"},', '{}]'),
  'fields of an object': (length) =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: length / 14 }, (_, at) => [`k${at}`, 1])),
    ),
  'a list far down': between('['.repeat(98), '1,', `1${']'.repeat(98)}`),
  'one string': between('"', 'x', '"'),
  escapes: between('"', '\\ud800', '"'),
  'open brackets': repeated('['),
  'open quotes': repeated('"'),
  elements: between('<a>', '<b>x</b>', '</a>'),
  'open elements': repeated('<a>'),
  'elements without end': between('<a>', '<', '</a>'),
  attributes: between('<a ', 'b="1" ', '/>'),
  entities: between('<a>', '&amp;', '</a>'),
  'CDATA without end': between('<a>', '<![CDATA[', '</a>'),
  'text and blanks': between('<a>', ' x', '</a>'),
}

/** Several of them in one text, for what takes long. */
export function together(
  makes: Readonly<Record<string, Make>>,
  count: number,
): Record<string, Make> {
  const all = Object.entries(makes)
  const some = all.flatMap((_, at) => (at % count === 0 ? [all.slice(at, at + count)] : []))
  return Object.fromEntries(
    some.map((group) => [
      group.map(([name]) => name).join(', '),
      (length) => group.map(([, make]) => make(length / group.length)).join('\n'),
    ]),
  )
}
