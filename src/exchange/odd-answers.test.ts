import { asyncProperty, assert as assertProperty, sample } from 'fast-check'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import type { Spelling } from '../dialects/spelling.ts'
import { NoAnswer, type Exchange, type HttpRequest, type Purpose } from '../model.ts'
import { decode } from '../wire/body.ts'
import { rawLoopback } from '../wire/loopback.ts'
import { socketWire, type Wire } from '../wire/wire.ts'
import type { Connection } from './connection.ts'
import { exchange } from './exchange.ts'
import { oddAnswers, type OddAnswer } from './odd-answers.ts'
import { redacting } from './redact.ts'

function connected(endpoint: string, wire: Wire, spelling: Spelling): Connection {
  return {
    name: 'staging',
    endpoint,
    wire,
    spelling,
    signer: tokenSigner({ token: 'canary-0123456789' }),
    redact: redacting(['canary-0123456789']),
    requestMilliseconds: 600_000,
    patienceMilliseconds: 0,
    pace: () => Promise.resolve(),
  }
}

/** The result of a request: an exchange, or that there was no answer. Anything else would end a run. */
async function asking(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
): Promise<Exchange | NoAnswer> {
  try {
    return await exchange(connection, purpose, request, (one) => void JSON.stringify(one))
  } catch (error) {
    if (error instanceof NoAnswer) return error
    throw error
  }
}

const pool = { name: 'poolproof-0-pool-1', loadbalancer_id: 'lb' }
const group = { RegionId: 'r', LoadBalancerId: 'lb', VServerGroupName: 'poolproof-0-group-1' }

const dialects: readonly (readonly [string, Spelling, readonly HttpRequest[]])[] = [
  [
    'elb',
    elbSpelling,
    [
      elbRequest('GET', '/pools'),
      elbRequest('PUT', '/pools/1', { pool: { name: 'a' } }),
      elbRequest('DELETE', '/pools/1/members/2'),
      elbRequest('POST', '/pools', { pool }),
    ],
  ],
  [
    'slb',
    slbSpelling,
    [
      slbCall('DescribeVServerGroups', { LoadBalancerId: 'lb' }),
      slbCall('RemoveBackendServers', { LoadBalancerId: 'lb' }, { method: 'form', format: 'XML' }),
      slbCall('CreateVServerGroup', group),
    ],
  ],
]

/** Everything that is done with an answer on the way to a check; a check may put any part of it into a sentence. */
function uses(spelling: Spelling, request: HttpRequest, answer: Exchange): unknown[] {
  const parts = Object.values(Object(answer.body) as Record<string, unknown>)
  return [
    spelling.made(request, answer),
    spelling.lookup(request)?.found(answer),
    ...parts.map((value) => `${String(value)} ${JSON.stringify(value)}`),
  ]
}

describe.each(dialects)('%s: no drawn answer is an error of ours', (_name, spelling, requests) => {
  test.each(requests.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s',
    async (_request, request) => {
      let count = 0
      const property = asyncProperty(oddAnswers, async ({ status, headers, bytes }) => {
        const wire: Wire = async () => ({ status, headers, text: await decode(bytes, headers) })
        const connection = connected('http://127.0.0.1', wire, spelling)
        for (const purpose of ['arrange', 'ask'] as const) {
          const came = await asking(connection, purpose, request)
          if (!(came instanceof NoAnswer)) count += uses(spelling, request, came).length
        }
      })
      await assertProperty(property, { seed: 7, numRuns: 200, endOnFailure: true })
      expect(count).toBeGreaterThan(200)
    },
  )
})

/** The bytes of an answer, as a server would write them. */
function onTheWire({ status, headers, bytes }: OddAnswer): Buffer {
  const lines = headers
    .filter(([name]) => name !== '')
    .map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n\0]/g, '')}\r\n`)
  const head = `HTTP/1.1 ${status} ${'é'.repeat(3)}\r\n${lines.join('')}`
  const whole = `${head}Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`
  return Buffer.concat([Buffer.from(whole, 'latin1'), bytes])
}

test('no drawn answer that comes over a socket is an error of ours', async () => {
  const answers = sample(oddAnswers, { seed: 8, numRuns: 150 })
  const server = await rawLoopback((socket, before) => {
    const [answer] = answers.slice(before)
    if (answer) socket.end(onTheWire(answer))
  })
  const { wire, close } = socketWire(1)
  onTestFinished(close)
  const connection = connected(server.endpoint, wire, elbSpelling)
  const requests = [elbRequest('DELETE', '/pools/1'), elbRequest('GET', '/pools')]
  for (let index = 0; index < answers.length; index += 1) {
    await asking(connection, 'ask', requests[index % 2] ?? elbRequest('GET', '/pools'))
  }
  expect(server.count()).toBe(answers.length)
})

const json = [['Content-Type', 'application/json']] as const
const encoded = (encoding: string) => [...json, ['Content-Encoding', encoding]] as const
const body = Buffer.from('{"pools":[]}')

const named: readonly (readonly [string, string, OddAnswer['headers'], Buffer | string])[] = [
  ['Content-Encoding __proto__', 'encoding __proto__', encoded('__proto__'), body],
  ['an unknown Content-Encoding', 'encoding zstd', encoded('zstd'), body],
  ['four encodings', 'encoding gzip, gzip', encoded('gzip,gzip,gzip,gzip'), body],
  ['gzip that is cut off', 'Z_BUF_ERROR', encoded('gzip'), gzipSync(body).subarray(0, 20)],
  ['a second encoding that is not there', 'ERR_', encoded('gzip, br, gzip'), gzipSync(body)],
  ['JSON 5,000 deep', 'cannot be read', json, '['.repeat(5_000) + ']'.repeat(5_000)],
  ['JSON that is never closed', 'cannot be read', json, '['.repeat(200_000)],
  ['a list of 200,000', 'cannot be read', json, `{"pools":[${'1,'.repeat(199_999)}1]}`],
  ['a field __proto__', 'cannot be read', json, '{"pools":[{"__proto__":{"id":"1"}}]}'],
  ['a field toString', 'cannot be read', json, '{"pools":[{"id":{"toString":1}}]}'],
  ['bytes that are not UTF-8', 'cannot be read', json, Buffer.from([0xff, 0xfe, 0x80])],
]

/** The result of a read that gets this answer. */
async function reading(
  headers: OddAnswer['headers'],
  bytes: Buffer | string,
  spelling: Spelling = elbSpelling,
): Promise<Exchange | NoAnswer> {
  const wire: Wire = async () => {
    return { status: 200, headers, text: await decode(Buffer.from(bytes), headers) }
  }
  return asking(connected('http://e', wire, spelling), 'look', elbRequest('GET', '/pools'))
}

describe('an answer of 200', () => {
  test.each(named)('with %s is no answer', async (_what, said, headers, bytes) => {
    const came = await reading(headers, bytes)
    expect(came).toBeInstanceOf(NoAnswer)
    expect((came as NoAnswer).message.toLowerCase()).toContain(said.toLowerCase())
  })

  test.each([
    ['an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'],
    ['entities of entities', '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['a tag __proto__', '<a><__proto__><x>1</x></__proto__></a>'],
    ['a tag constructor', '<a><constructor>1</constructor></a>'],
    ['a depth of 5,000', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)],
    ['a tag that is never closed', '<a><b></a>'],
  ])('in XML with %s is no answer', async (_what, text) => {
    const came = await reading([['Content-Type', 'text/xml']], text, slbSpelling)
    expect(came).toBeInstanceOf(NoAnswer)
    expect((came as NoAnswer).message).toMatch(/cannot be read as text\/xml|a web page is not/)
  })

  test('in two known encodings is read', async () => {
    const twice = deflateSync(gzipSync(body))
    expect(await reading(encoded('x-gzip, deflate'), twice)).toMatchObject({ body: { pools: [] } })
  })

  test.each([
    ['half of a surrogate pair', String.raw`{"id":"a\ud800","\udc00":"\ud83d\ude00"}`],
    [
      'the same in bytes',
      Buffer.concat([Buffer.from('{"id":"a'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    ],
  ])('with %s has text that can be put into a URL', async (_what, text) => {
    const came = await reading(json, text)
    const { body: fields } = came as Exchange
    const all = Object.entries(fields as object)
      .flat()
      .map(String)
    expect(all[1]).toMatch(/^a\uFFFD+$/)
    for (const one of all) expect(() => encodeURIComponent(one)).not.toThrow()
  })

  test.each(['1e999', '123456789012345678901234567890', '-0', '5e-400'])(
    'with the number %s is read',
    async (number) => {
      expect(await reading(json, `{"pools":${number}}`)).toMatchObject({ status: 200 })
    },
  )
})

const found = (spelling: Spelling, request: HttpRequest, list: unknown) =>
  spelling.lookup(request)?.found({ status: 200, headers: [], text: '', body: list })

test('a list with null in it is not searched for a name that was created', () => {
  const [elb, slb] = dialects.map(([, , requests]) => requests.at(-1))
  for (const item of [null, 1, 'a', [], {}]) {
    expect(elb && found(elbSpelling, elb, { pools: [item] })).toBe('absent')
    const groups = { RequestId: '1', VServerGroups: { VServerGroup: [item] } }
    expect(slb && found(slbSpelling, slb, groups)).toBe('absent')
  }
})
