import Core from '@alicloud/pop-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, type Listening } from '../server.ts'
import { referenceAccounts, slbReference } from './index.ts'
import { signatureOf, stringToSign } from './signature.ts'

/** The example of the vendor's page on RPC signatures. */
const example = {
  AccessKeyId: 'testid',
  Action: 'DescribeRegions',
  Format: 'XML',
  SignatureMethod: 'HMAC-SHA1',
  SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
  SignatureVersion: '1.0',
  Version: '2014-05-26',
}
const moment = '2016-02-23T12:46:24Z'

const removal = {
  AccessKeyId: 'testid',
  Action: 'RemoveBackendServers',
  BackendServers: '[{"ServerId":"i-1","Type":"ecs","Weight":"100"}]',
  Format: 'JSON',
  LoadBalancerId: 'lb-1',
  RegionId: 'cn-hangzhou',
  SignatureMethod: 'HMAC-SHA1',
  SignatureNonce: 'nonce-1',
  SignatureVersion: '1.0',
  Timestamp: '2024-01-01T00:00:00Z',
  Version: '2014-05-15',
}

describe('the RPC signature', () => {
  it.each([
    ['Timestamp', { ...example, Timestamp: moment }, 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='],
    ['TimeStamp', { ...example, TimeStamp: moment }, 'CT9X0VtwR86fNWSnsc6v8YGOjuE='],
  ])('is that of the published example with %s', (_, parameters, expected) => {
    expect(signatureOf('GET', parameters, 'testsecret')).toBe(expected)
  })

  it('differs by method', () => {
    expect(signatureOf('GET', removal, 'testsecret')).toBe('eX5R3cD0qxRkF8Rbf0NfqYBGIbc=')
    expect(signatureOf('POST', removal, 'testsecret')).toBe('+dL1C0Y21FyajNPDCNhTemh+BUk=')
  })

  it('encodes the characters that encodeURIComponent does not, and leaves Signature out', () => {
    const text = stringToSign('GET', { b: "!'()* ~é", Signature: 'x', a: '' })
    expect(text).toBe('GET&%2F&a%3D%26b%3D%2521%2527%2528%2529%252A%2520~%25C3%25A9')
  })
})

describe('@alicloud/pop-core', () => {
  let listening: Listening

  beforeAll(async () => {
    listening = await listen(slbReference())
  })
  afterAll(async () => listening.close())

  const client = (accessKeySecret: string) =>
    new Core({
      accessKeyId: referenceAccounts[0].accessKeyId,
      accessKeySecret,
      endpoint: listening.endpoint,
      apiVersion: '2014-05-15',
    })

  it.each(['GET', 'POST'])('is accepted with %s', async (method) => {
    const { accessKeySecret } = referenceAccounts[0]
    const asked = { RegionId: 'cn-hangzhou', LoadBalancerName: `a-${method}`, Odd: "*'()!~+/ é中" }
    const answer = await client(accessKeySecret).request<{ LoadBalancerId: string }>(
      'CreateLoadBalancer',
      asked,
      { method },
    )
    expect(answer.LoadBalancerId).toMatch(/^lb-[0-9a-f]{32}$/)
  })

  it('is refused with another secret', async () => {
    const asked = client('another-secret').request('DescribeRegions', {}, {})
    await expect(asked).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})
