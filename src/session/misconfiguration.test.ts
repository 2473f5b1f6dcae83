import { describe, expect, test } from 'vitest'
import type { RecordedExchange } from '../model.ts'
import type { ElbTarget, SlbTarget } from '../target.ts'
import { diagnose } from './misconfiguration.ts'

const elb: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'https://elb.example/gateway',
  auth: { token: { env: 'ELB_TOKEN' } },
  given: { subnetId: 's', addresses: [] },
  file: 'staging.json',
}
const slb: SlbTarget = {
  name: 'shanghai',
  dialect: 'slb',
  endpoint: 'https://slb.example',
  auth: { accessKeyId: { env: 'ID' }, accessKeySecret: { file: '/secrets/key' } },
  given: { region: 'r', serverIds: [] },
  file: 'slb.json',
}

function exchange(but: Partial<RecordedExchange>): RecordedExchange {
  const request = { method: 'GET', url: 'https://elb.example', headers: [] }
  return { purpose: 'look', request, milliseconds: 1, ...but }
}

function answered(status: number, body: string, trouble?: string, location?: string) {
  const headers = location === undefined ? [] : [['Location', location] as const]
  const response = { status, headers, body }
  return exchange({ response, ...(trouble === undefined ? {} : { trouble }) })
}

const failed = (trouble: string) => exchange({ trouble })
const reason = 'It failed.'
const notTaken = 'it did not accept these credentials'
const webPage = 'a web page is not an answer of this API'

describe('is a mistake that a person has to correct', () => {
  test.each([
    [
      'a wrong token',
      answered(401, '{"error_code":"APIGW.0301","error_msg":"Incorrect token"}', notTaken),
      'Its words: {"error_code":"APIGW.0301","error_msg":"Incorrect token"} Nothing was asked. Check endpoint and auth in staging.json, and ELB_TOKEN in the environment.',
    ],
    ['too few rights', answered(403, ''), 'Nothing was asked. Check endpoint and auth'],
    [
      'a web page',
      answered(200, '<!doctype html><title>Sign in</title>', webPage),
      'It answered with a web page: "Sign in". Nothing was asked. Check endpoint and dialect in staging.json: the documented path /v2.0/lbaas is appended',
    ],
    ['another API', answered(200, '{"version":1}'), 'Its words: {"version":1} Nothing was asked.'],
    ['nothing at the path', answered(404, 'not found'), 'the documented path /v2.0/lbaas'],
    [
      'a redirect',
      answered(301, '', 'it answered with a redirect', 'https://new.example/'),
      'If the API is at https://new.example/, use that address in endpoint in staging.json.',
    ],
    ['a proxy that asks who we are', answered(407, ''), 'Check the proxy variables'],
    [
      'a proxy of tunnels that asks',
      failed('EPROXYAUTH: the proxy requires'),
      'Check the proxy variables',
    ],
    ['a self-signed certificate', failed('DEPTH_ZERO_SELF_SIGNED_CERT: x'), 'as tls.ca in staging'],
    ['an unknown authority', failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE: x'), 'as tls.ca in staging'],
    ['an old certificate', failed('CERT_HAS_EXPIRED: x'), 'has to be replaced.'],
    ['a certificate of another', failed('ERR_TLS_CERT_ALTNAME_INVALID: x'), 'for another name.'],
    [
      'HTTP where TLS is meant',
      failed('EPROTO: wrong version number'),
      'write http:// in endpoint',
    ],
    [
      'a certificate of ours that is missing',
      failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: x'),
      'tls.certificate and tls.key',
    ],
    [
      'a name that cannot be resolved',
      failed('ENOTFOUND: getaddrinfo'),
      'The name elb.example cannot be resolved.',
    ],
    ['nothing that listens', failed('ECONNREFUSED: x'), 'Nothing can be reached at elb.example.'],
    ['what is not an HTTP server', failed('HPE_INVALID_CONSTANT: x'), 'not an HTTP server'],
  ])('%s', (_what, sent, told) => {
    const { isMistake, sentence } = diagnose({ target: elb, reason, exchange: sent })
    expect(sentence).toContain(told)
    expect([isMistake, sentence.startsWith('It failed. ')]).toEqual([true, true])
  })

  test('an endpoint that ends in the documented path', () => {
    for (const path of ['/v2.0/lbaas', '/v2.0/lbaas/', '/v2.0']) {
      const target = { ...elb, endpoint: `https://elb.example/gateway${path}` }
      expect(diagnose({ target, reason, exchange: answered(404, '') }).sentence).toContain(
        'which already ends in it: write https://elb.example/gateway in staging.json.',
      )
    }
  })

  test('a key of slb, with every place of a secret', () => {
    const refused = answered(404, '{"Code":"InvalidAccessKeyId.NotFound"}', notTaken)
    const { isMistake, sentence } = diagnose({ target: slb, reason, exchange: refused })
    expect([isMistake, sentence]).toEqual([
      true,
      expect.stringContaining('InvalidAccessKeyId.NotFound'),
    ])
    expect(sentence).toContain('auth in slb.json, and ID in the environment and /secrets/key.')
  })

  test('a password that the identity service refuses', () => {
    const { isMistake } = diagnose({ target: elb, reason, refusedCredentials: true })
    expect(isMistake).toBe(true)
  })
})

describe('may be different later', () => {
  test.each([
    ['429', answered(429, '', 'status 429 is not an answer to the request')],
    ['503, as a web page', answered(503, '<html></html>', webPage)],
    ['500', answered(500, '{}')],
    ['a throttled call', answered(400, '{}', 'Throttling.User is not an answer to the request')],
    ['a time limit', failed('no complete answer within 30 s')],
    ['a connection that breaks', failed('ECONNRESET: socket hang up')],
    ['a run that is interrupted', failed('the run was interrupted')],
  ])('%s', (_what, sent) => {
    expect(diagnose({ target: elb, reason, exchange: sent })).toEqual({
      isMistake: false,
      sentence: expect.stringContaining('Try again later, or check endpoint in staging.json.'),
    })
  })
})

test('the words of a target are cut', () => {
  const { sentence } = diagnose({ target: elb, reason, exchange: answered(404, 'x'.repeat(9999)) })
  expect(sentence.length).toBeLessThan(700)
})
