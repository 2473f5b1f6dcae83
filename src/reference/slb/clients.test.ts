import { createRequire } from 'node:module'
import type * as OpenApi from '@alicloud/openapi-client'
import Core from '@alicloud/pop-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oddValues } from '../../credentials/odd-requests.ts'
import { listen, type Listening } from '../server.ts'
import { referenceAccounts, referenceTemporaryKey, slbReference } from './index.ts'

/** A CommonJS package marked as a module: vitest and Node import different defaults, so it is required. */
const {
  default: Client,
  Config,
  OpenApiRequest,
  Params,
} = createRequire(import.meta.url)('@alicloud/openapi-client') as {
  default: typeof OpenApi.default.default
  Config: typeof OpenApi.Config
  OpenApiRequest: typeof OpenApi.OpenApiRequest
  Params: typeof OpenApi.Params
}

interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}

const [own] = referenceAccounts
const { account: _account, ...temporary } = referenceTemporaryKey
const wrong: readonly (readonly [string, Key])[] = [
  ['another secret', { ...own, accessKeySecret: 'another-secret' }],
  ['a key that does not exist', { ...own, accessKeyId: 'unknown-key' }],
  ['another security token', { ...temporary, securityToken: 'another' }],
]

let listening: Listening
beforeAll(async () => {
  listening = await listen(slbReference())
})
afterAll(async () => listening.close())

type ParsedAnswer = Readonly<Record<string, string>>
type Where = 'query' | 'body'

/** The current client of the vendor: signature version 3. */
async function bySignature3(key: Key, action: string, asked: ParsedAnswer, where: Where = 'query') {
  const { host } = new URL(listening.endpoint)
  const client = new Client(new Config({ ...key, endpoint: host, protocol: 'HTTP' }))
  const params = new Params({
    action,
    version: '2014-05-15',
    protocol: 'HTTP',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    pathname: '/',
    reqBodyType: 'formData',
    bodyType: 'json',
  })
  const request = new OpenApiRequest({ [where]: asked })
  const { body } = await client.callApi(params, request, {} as Parameters<typeof client.callApi>[2])
  return body as ParsedAnswer
}

/** The older client of the vendor: signature version 1.0. */
function bySignature1(key: Key, action: string, asked: ParsedAnswer) {
  const client = new Core({ ...key, endpoint: listening.endpoint, apiVersion: '2014-05-15' })
  return client.request<ParsedAnswer>(action, asked, { formatParams: false })
}

describe('@alicloud/openapi-client', () => {
  test.each(['query', 'body'] as const)(
    'is accepted with unusual values in the %s',
    async (where) => {
      for (const Odd of oddValues) {
        const asked = { RegionId: 'cn-hangzhou', Odd }
        const { LoadBalancerId } = await bySignature3(own, 'CreateLoadBalancer', asked, where)
        expect(LoadBalancerId).toMatch(/^lb-/)
      }
    },
  )

  test('is accepted with a temporary key and its token', async () => {
    expect(await bySignature3(temporary, 'DescribeRegions', {})).toHaveProperty('Regions')
  })

  test.each(wrong)('is refused with %s', async (_what, key) => {
    await expect(bySignature3(key, 'DescribeRegions', {})).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:SignatureDoesNotMatch|Invalid)/) as string,
    })
  })
})

describe('@alicloud/pop-core', () => {
  test('is accepted with unusual values', async () => {
    for (const Odd of oddValues) {
      const asked = { RegionId: 'cn-hangzhou', Odd }
      const { LoadBalancerId } = await bySignature1(own, 'CreateLoadBalancer', asked)
      expect(LoadBalancerId).toMatch(/^lb-/)
    }
  })

  test('is accepted with a temporary key and its token', async () => {
    expect(await bySignature1(temporary, 'DescribeRegions', {})).toHaveProperty('Regions')
  })

  test.each(wrong)('is refused with %s', async (_what, key) => {
    await expect(bySignature1(key, 'DescribeRegions', {})).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:SignatureDoesNotMatch|Invalid)/) as string,
    })
  })
})
