/** Answers that no service should give, drawn by a seed; for our own tests. */

import {
  array,
  constantFrom,
  integer,
  letrec,
  nat,
  oneof,
  record,
  string,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

/** An answer as it is on the wire: its body may be compressed, cut off, or no text at all. */
export interface OddAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly bytes: Buffer
}

/** Names that every object of JavaScript has, fields of the two APIs, and others that some code treats specially. */
const names = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...'prototype then toJSON length name #root #text 0'.split(' '),
  ...'pool pools id loadbalancers members Code Message RequestId'.split(' '),
  ...'LoadBalancers VServerGroups VServerGroup BackendServers VServerGroupId'.split(' '),
  '',
  '\u0000',
  '\uD800',
]

const numbers = ['1e999', '-1e999', '1E-999', '123456789012345678901234567890', '-0', '0.1e1']

const texts = oneof(
  string({ unit: 'binary', maxLength: 12 }),
  constantFrom('\uD800', '\uDC00x', '../x', '%00', '\u202E', '\u0000', '', ' ', 'Throttling', '🚦'),
)

const leaves: Arbitrary<string> = oneof(
  texts.map((text) => JSON.stringify(text)),
  constantFrom('null', 'true', 'false', '[]', '{}', ...numbers),
  constantFrom('"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"'),
)

/** JSON as text: there is JSON that no value becomes, such as `1e999` and names that are there twice. */
const json: Arbitrary<string> = letrec<{ value: string }>((tie) => ({
  value: oneof(
    { maxDepth: 5, depthIdentifier: 'json' },
    leaves,
    array(tie('value'), { maxLength: 4 }).map((all) => `[${all.join(',')}]`),
    array(tuple(constantFrom(...names), tie('value')), { maxLength: 4 }).map(
      (all) => `{${all.map(([key, one]) => `${JSON.stringify(key)}:${one}`).join(',')}}`,
    ),
  ),
})).value

const tags = constantFrom(
  'a',
  'Code',
  'RequestId',
  '__proto__',
  'constructor',
  'x:y',
  'é',
  '#',
  '0',
)
const inTags = constantFrom(
  '',
  'x',
  '&amp;',
  '&b;',
  '&#xD800;',
  '&#0;',
  '<![CDATA[]]>',
  '<!-- -->',
  ']]>',
)

const xml: Arbitrary<string> = letrec<{ element: string }>((tie) => ({
  element: oneof(
    { maxDepth: 4, depthIdentifier: 'xml' },
    inTags,
    tuple(tags, tie('element'), tie('element')).map(([tag, one, other]) => {
      return `<${tag} b="c">${one}${other}</${tag}>`
    }),
  ),
})).element.chain((inner) =>
  constantFrom(
    `<Root>${inner}</Root>`,
    `<?xml version="1.0"?><Root>${inner}</Root>`,
    `<!DOCTYPE Root [<!ENTITY b SYSTEM "file:///etc/hostname">]><Root>${inner}</Root>`,
    `<!DOCTYPE Root [<!ENTITY b "&b;&b;">]><Root>${inner}</Root>`,
    `<Root>${inner}`,
    `${inner}</Root>`,
  ),
)

/** Sizes and depths that are out of all proportion. */
const monsters: Arbitrary<string> = constantFrom(
  '['.repeat(5_000) + ']'.repeat(5_000),
  '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
  `{"pools":[${'1,'.repeat(199_999)}1]}`,
  `{"loadbalancers":[${'null,'.repeat(5_000)}null]}`,
  `{"id":"${'x'.repeat(300_000)}"}`,
  `<Root>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</Root>`,
  `<Root>${'<a/>'.repeat(20_000)}</Root>`,
  '<'.repeat(50_000),
  '%'.repeat(50_000),
  '"'.repeat(50_000),
)

const bodies: Arbitrary<Buffer> = oneof(
  { weight: 6, arbitrary: json.map((text) => Buffer.from(text)) },
  { weight: 3, arbitrary: xml.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: texts.map((text) => Buffer.from(`<!doctype html>${text}`)) },
  { weight: 1, arbitrary: json.map((text) => Buffer.from(text, 'utf16le')) },
)

const identity = (bytes: Buffer) => bytes
const half = (bytes: Buffer) => bytes.subarray(0, Math.ceil(bytes.length / 2))

/** What `Content-Encoding` says, and what was really done to the body. */
const encodings = constantFrom<readonly [string | undefined, (bytes: Buffer) => Buffer]>(
  [undefined, identity],
  [undefined, identity],
  [undefined, identity],
  ['gzip', gzipSync],
  ['GZIP, deflate', (bytes) => deflateSync(gzipSync(bytes))],
  ['br', brotliCompressSync],
  ['gzip', identity],
  ['gzip', (bytes) => half(gzipSync(bytes))],
  ['br', (bytes) => half(brotliCompressSync(bytes))],
  ['identity', identity],
  ['gzip,gzip,gzip,gzip', identity],
  ['__proto__', identity],
  ['constructor', identity],
  ['zstd', identity],
  [',', identity],
)

const headerNames = constantFrom(
  ...'Content-Type Retry-After X-Request-Id __proto__ constructor Location'.split(' '),
  '',
)
const headerValues = oneof(
  string({ unit: 'binary', maxLength: 12 }),
  constantFrom(
    'text/html',
    'application/json; charset=utf-7',
    'text/xml',
    '-1',
    '1e99',
    '9'.repeat(400),
  ),
)

const statuses = oneof(
  constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 404, 407, 409, 429, 500, 503),
  integer({ min: 100, max: 999 }),
)

/** Any of them; one in a hundred has a body that is out of all proportion. */
export const oddAnswers: Arbitrary<OddAnswer> = record({
  status: statuses,
  headers: array(tuple(headerNames, headerValues), { maxLength: 4 }),
  encoding: encodings,
  body: bodies,
  monster: monsters,
  rarely: nat({ max: 99 }).map((one) => one === 0),
}).map(({ status, headers, encoding: [name, encode], body, monster, rarely }) => ({
  status,
  headers: [...headers, ...(name === undefined ? [] : [['Content-Encoding', name] as const])],
  bytes: encode(rarely ? Buffer.from(monster) : body),
}))
