import Core from '@alicloud/pop-core'
import { describe, expect, test } from 'vitest'
import { slbCall } from '../dialects/slb.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import type { HttpRequest } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import { oddParameters } from './odd-requests.ts'
import { rpcHmacSigner, signatureOf } from './rpc-hmac.ts'

const secret = 'testsecret'

/** The example of the vendor's page on the RPC signature, by the name it gives to the time. */
const describeRegions = (timestamp: 'Timestamp' | 'TimeStamp') =>
  [
    ['AccessKeyId', 'testid'],
    ['Action', 'DescribeRegions'],
    ['Format', 'XML'],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf'],
    ['SignatureVersion', '1.0'],
    [timestamp, '2016-02-23T12:46:24Z'],
    ['Version', '2014-05-26'],
  ] as const

/** Not from a page: made with two independent signers that agree. */
const removeBackendServers = [
  ['Version', '2014-05-15'],
  ['Action', 'RemoveBackendServers'],
  ['BackendServers', '[{"ServerId":"i-1","Type":"ecs","Weight":"100"}]'],
  ['LoadBalancerId', 'lb-1'],
  ['RegionId', 'cn-hangzhou'],
  ['Format', 'JSON'],
  ['AccessKeyId', 'testid'],
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureNonce', 'nonce-1'],
  ['SignatureVersion', '1.0'],
  ['Timestamp', '2024-01-01T00:00:00Z'],
] as const

test.for([
  ['the published vector', 'GET', describeRegions('Timestamp'), 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='],
  ['the older vector', 'GET', describeRegions('TimeStamp'), 'CT9X0VtwR86fNWSnsc6v8YGOjuE='],
  ['a list in the query', 'GET', removeBackendServers, 'eX5R3cD0qxRkF8Rbf0NfqYBGIbc='],
  ['the same by POST', 'POST', removeBackendServers, '+dL1C0Y21FyajNPDCNhTemh+BUk='],
] as const)('signs %s', ([, method, parameters, signature]) => {
  expect(signatureOf(method, parameters, secret)).toBe(signature)
})

const own = { accessKeyId: 'testid', accessKeySecret: 'testsecret' }
const moment = '2026-02-03T04:05:06Z'
const never = () => new AbortController().signal

function signed(request: HttpRequest, key: object = own, nonce = 'nonce-1') {
  const keys = { own: key as typeof own, other: { accessKeyId: 'o', accessKeySecret: 's' } }
  const signer = rpcHmacSigner(
    keys,
    () => new Date(moment),
    () => nonce,
  )
  return signer.sign(request, never)
}

/** All that a request says, wherever it says it. */
function said(url: string, body: string): Readonly<Record<string, string>> {
  const { searchParams } = new URL(url, 'http://slb.test')
  return Object.fromEntries([...searchParams, ...new URLSearchParams(body)])
}

describe('@alicloud/pop-core signs the same', () => {
  test.for([
    ['GET', own],
    ['form', own],
    ['GET', { ...own, securityToken: 't/k+n=' }],
  ] as const)('%s', async ([method, key]) => {
    const server = await httpLoopback((response) => json(response, 200, { RequestId: '1' }))
    const client = new Core({ ...key, endpoint: server.endpoint, apiVersion: '2014-05-15' })
    const options = { method: method === 'form' ? 'POST' : 'GET', formatParams: false }
    for (const parameters of oddParameters("Odd.1.~*' é")) {
      const fixed = { SignatureNonce: 'nonce-1', Timestamp: moment }
      await client.request('CreateLoadBalancer', { ...fixed, ...parameters }, options)
      const { request } = await signed(slbCall('CreateLoadBalancer', parameters, { method }), key)
      const theirs = server.arrived.at(-1)
      const ours = `/?${percentEncodePairs(request.query ?? [])}`
      expect(said(ours, request.body ?? '')).toEqual(said(theirs?.url ?? '', theirs?.body ?? ''))
    }
  })
})

describe('the call', () => {
  const call = slbCall('RemoveBackendServers', { BackendServers: '[1]' })

  test('goes unsigned where that is the question', async () => {
    const { request, secrets } = await signed({ ...call, credentials: 'none' })
    expect(request.query).toEqual(call.query)
    expect(secrets).toEqual([])
  })

  test.each([
    ['wrong', 'testid'],
    ['unknown', 'nobodyhasthiskey'],
    ['altered', 'testid'],
    ['other', 'o'],
  ] as const)('%s credentials fit nothing that is sent', async (credentials, id) => {
    const right = new Map((await signed(call)).request.query)
    const query = new Map((await signed({ ...call, credentials })).request.query)
    expect(query.get('AccessKeyId')).toBe(id)
    expect(query.get('BackendServers')).toBe('[1]')
    expect(query.get('Signature')).not.toBe(right.get('Signature'))
  })

  test('altered fits nothing of a body either', async () => {
    const form = slbCall('RemoveBackendServers', { BackendServers: '[1]' }, { method: 'form' })
    const [right, altered] = [
      await signed(form),
      await signed({ ...form, credentials: 'altered' }),
    ].map(({ request }) => new URLSearchParams(request.body))
    expect(altered?.get('BackendServers')).toBe('[1]')
    expect(altered?.get('Signature')).not.toBe(right?.get('Signature'))
  })

  test('names its signature as what must not be told', async () => {
    const { request, secrets } = await signed(call)
    expect(secrets).toEqual([new Map(request.query).get('Signature')])
  })
})
