import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { referenceAccounts, slbReference } from './index.ts'
import { call, requestWith, answerOf, signed, type CallOptions } from './signed-call.ts'

const quarterHour = 15 * 60_000
const regions = { Action: 'DescribeRegions' }

function server(now = 0) {
  return slbReference({ now: () => now })
}

function send(parameters: Readonly<Record<string, string>>, options: CallOptions = {}) {
  return answerOf(server().handle(requestWith(parameters, options)))
}

describe('the gateway', () => {
  it.each([
    ['GET with a query', {}],
    ['POST with a query', { method: 'POST' }],
    ['POST with a form', { method: 'POST', form: true }],
  ] as const)('serves %s', (_, options) => {
    const { status, body } = call(server(), regions, options)
    expect(status).toBe(200)
    expect(body).toHaveProperty('Regions.Region.0.RegionId', 'cn-hangzhou')
    expect(body).toHaveProperty('Regions.Region.0.RegionEndpoint', 'slb.test')
  })

  it.each([
    'Action',
    'Version',
    'AccessKeyId',
    'SignatureMethod',
    'SignatureVersion',
    'SignatureNonce',
    'Timestamp',
  ])('refuses a call without %s', (name) => {
    const { status, body } = call(server(), { ...regions, [name]: undefined })
    expect([status, body['Code']]).toEqual([400, 'MissingParameter'])
    expect(body['Message']).toContain(name)
  })

  it('refuses a call without a signature', () => {
    const { Signature: _, ...unsigned } = signed(regions)
    expect(send(unsigned).body).toMatchObject({ Code: 'MissingParameter' })
  })

  it('refuses a signature for other parameters, another method, another secret', () => {
    const [account] = referenceAccounts
    const altered = { ...signed(regions), RegionId: 'cn-shanghai' }
    const stolen = signed(regions, { account: { ...account, accessKeySecret: 'guessed' } })
    const asked = [send(altered), send(signed(regions), { method: 'POST' }), send(stolen)]
    expect(asked.map(({ body }) => body['Code'])).toEqual([
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch',
    ])
  })

  it('refuses an unknown key', () => {
    const account = { accessKeyId: 'unknown-key', accessKeySecret: 'unknown-secret' }
    const { status, body } = call(server(), regions, { account })
    expect([status, body['Code']]).toEqual([404, 'InvalidAccessKeyId.NotFound'])
  })

  it('accepts a nonce once for each account, and counts calls that a later rule refused', () => {
    const reference = server()
    const asked = requestWith(signed({ Action: 'DescribeLoadBalancers', RegionId: 'xx-nowhere-9' }))
    expect(answerOf(reference.handle(asked)).body['Code']).toBe('InvalidRegionId.NotFound')
    expect(answerOf(reference.handle(asked)).body['Code']).toBe('SignatureNonceUsed')
    const once = { ...regions, SignatureNonce: 'shared' }
    for (const account of referenceAccounts) {
      expect(call(reference, once, { account }).status).toBe(200)
    }
  })

  it.each([
    [quarterHour, 200],
    [quarterHour + 1000, 400],
    [-quarterHour, 200],
    [-quarterHour - 1000, 400],
  ])('answers a call whose clock is %i ms off with %i', (skew, expected) => {
    const { status } = call(server(10 * quarterHour), regions, { now: 10 * quarterHour + skew })
    expect(status).toBe(expected)
  })

  it('refuses a timestamp in another format', () => {
    const { body } = call(server(), { ...regions, Timestamp: '1970-01-01T00:00:00+00:00' })
    expect(body['Code']).toBe('InvalidTimeStamp.Format')
  })

  it.each([
    [{ Action: 'describeRegions' }, 404, 'InvalidAction.NotFound'],
    [{ Action: '(refusal)' }, 404, 'InvalidAction.NotFound'],
    [{ Version: '1999-01-01' }, 400, 'InvalidVersion'],
    [{ Format: 'YAML' }, 400, 'InvalidParameter'],
    [{ SignatureVersion: '2.0' }, 400, 'InvalidParameter'],
  ])('refuses %o', (wrong, status, code) => {
    const answer = call(server(), { ...regions, ...wrong })
    expect([answer.status, answer.body['Code']]).toEqual([status, code])
  })

  it('serves one path, below its prefix', () => {
    const reference = slbReference({ now: () => 0, prefix: '/slb' })
    const { url, ...rest } = requestWith(signed(regions))
    expect(reference.handle({ ...rest, url: `/slb${url}` }).status).toBe(200)
    expect(reference.handle({ ...rest, url }).status).toBe(404)
  })

  it.each(['XML', 'xml', 'Xml'])('answers in %s, also when it refuses', (Format) => {
    const [answer, error] = ['DescribeRegions', 'Nonsense'].map((Action) =>
      call(server(), { Action, Format, RegionId: undefined }),
    )
    expect(XMLValidator.validate(answer?.text ?? '')).toBe(true)
    expect(new XMLParser().parse(answer?.text ?? '')).toHaveProperty(
      'DescribeRegionsResponse.Regions.Region.1.RegionId',
      'cn-shanghai',
    )
    expect(new XMLParser().parse(error?.text ?? '')).toMatchObject({
      Error: { Code: 'InvalidAction.NotFound', HostId: 'slb.test' },
    })
    expect(error?.type).toMatch(/^text\/xml/)
  })
})
