import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { readJson, readXml } from '../wire/parsed-body.ts'
import { slbSpelling } from '../dialects/slb.ts'
import { beginning, legible, onOneLine } from '../report/legible.ts'
import { pretty } from '../report/pretty.ts'
import { decode } from '../wire/body.ts'
import { learning } from './redact.ts'

/** Microseconds of the processor, so that other load on the machine hardly counts. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const small = 60_000

/** Microseconds: less is noise. Quadratic time would be more than a second for the smaller text. */
const measurable = 20_000

/** Less than every limit in this file, so that there is no doubt and no need of another try. */
const linear = 6

/**
 * How many times as long it takes for a text of four times the length: 4 when linear, 16 when quadratic. Of
 * several tries the least counts, since whatever disturbs one makes it longer. There is one try where the longer
 * text takes so little time that the shorter one does not count.
 */
async function growth(work: (text: string) => unknown, make: (length: number) => string) {
  const [one, four] = [make(small), make(4 * small)]
  await work(one)
  const tries = { one: Infinity, four: Infinity }
  for (let count = 0; count < 6; count += 1) {
    tries.one = Math.min(tries.one, await cost(() => work(one)))
    tries.four = Math.min(tries.four, await cost(() => work(four)))
    if (tries.four < linear * measurable) break
    if (count > 1 && tries.four / tries.one < linear) break
  }
  return tries.four / Math.max(tries.one, measurable)
}

const repeated = (part: string) => (length: number) => part.repeat(Math.ceil(length / part.length))
const between = (before: string, part: string, after: string) => (length: number) =>
  before + repeated(part)(length) + after

const secret = 'canary-0123456789+/abcdefghij'
const { redact, learnSignature } = learning([secret, 'p"\\&<\'%='])
for (let index = 0; index < 100; index += 1) learnSignature(`${index}`.padStart(64, 'f0'))

/** Texts that made an algorithm slow, or look as if they could. */
const texts: Readonly<Record<string, (length: number) => string>> = {
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

test.each(Object.entries(texts))('redaction takes linear time: %s', async (_name, make) => {
  expect(await growth(redact, make)).toBeLessThan(10)
})

/** The forms in which a report shows a text. */
const show = (text: string) => [
  legible(text),
  onOneLine(text),
  beginning(text, 5_000),
  pretty(text),
]

test.each(Object.entries(texts))('a readable form takes linear time: %s', async (_name, make) => {
  expect(await growth(show, make)).toBeLessThan(10)
})

const bodies: Readonly<Record<string, (length: number) => string>> = {
  'a list': between('[', '1,', '1]'),
  'objects in a list': between('[', '{"id":"a"},', '{}]'),
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

test.each(Object.entries(bodies))('parsing takes linear time: %s', async (_name, make) => {
  expect(await growth((text) => [readJson(text), readXml(text)], make)).toBeLessThan(10)
})

test.each(Object.entries(texts))('judging takes linear time: %s', async (_name, make) => {
  const request = elbRequest('GET', '/pools')
  const judge = (text: string) => {
    const response = { status: 409, headers: [], text, body: undefined }
    return [elbSpelling, slbSpelling].map((one) => [
      one.busy(response, request),
      one.unauthenticated(response),
      one.read(text, ''),
    ])
  }
  expect(await growth(judge, make)).toBeLessThan(10)
})

describe('decompression', () => {
  test('takes linear time', async () => {
    const headers = [['Content-Encoding', 'gzip']] as const
    const work = (text: string) => decode(gzipSync(text), headers)
    expect(await growth(work, texts['one word'] ?? String)).toBeLessThan(10)
  })
})
