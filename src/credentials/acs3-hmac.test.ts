import { createRequire } from 'node:module'
import type OpenApi from '@alicloud/openapi-util'
import { describe, expect, test } from 'vitest'
import { slbCall } from '../dialects/slb.ts'
import type { HttpRequest } from '../model.ts'
import { acs3HmacSigner, acs3SignatureOf } from './acs3-hmac.ts'
import { sha256 } from './canonical.ts'
import { oddParameters } from './odd-requests.ts'

const own = { accessKeyId: 'testid', accessKeySecret: 'testsecret' }
const endpoint = 'https://slb.cn-hangzhou.example.com'
const never = () => new AbortController().signal

async function signed(request: HttpRequest, key: object = own, at = endpoint) {
  const signer = acs3HmacSigner(
    { own: key as typeof own },
    at,
    () => new Date('2026-02-03T04:05:06.789Z'),
    () => 'nonce-1',
  )
  return (await signer.sign(request, never)).request
}

test('the signature is that of the published example', () => {
  const call = {
    method: 'POST',
    query: [
      ['ImageId', 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'],
      ['RegionId', 'cn-shanghai'],
    ] as const,
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': sha256(''),
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    },
  }
  expect(acs3SignatureOf(call, 'YourAccessKeySecret')).toBe(
    '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

/** CommonJS that says it is a module: test runners and Node do not agree on what its default is. */
const { default: OpenApiUtil } = createRequire(import.meta.url)('@alicloud/openapi-util') as {
  default: typeof OpenApi.default
}

/** What it makes of a request that lacks nothing but the signature. */
function theirs({ method, query = [], headers = {}, body = '' }: HttpRequest): string {
  const { Authorization: _ours, ...rest } = headers
  const asked = {
    method,
    pathname: '/',
    query: Object.fromEntries(query),
    headers: { ...rest, host: new URL(endpoint).host },
  }
  const { accessKeyId, accessKeySecret } = own
  const algorithm = 'ACS3-HMAC-SHA256'
  return OpenApiUtil.getAuthorization(
    asked as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0],
    algorithm,
    sha256(body),
    accessKeyId,
    accessKeySecret,
  )
}

describe('the vendor’s own library signs the same', () => {
  test.each(['GET', 'POST', 'form'] as const)('for calls by %s', async (method) => {
    // Its names are not encoded, though the page encodes them: only values may be odd here.
    for (const parameters of oddParameters('Odd.1.Name')) {
      const request = await signed(slbCall('CreateLoadBalancer', parameters, { method }))
      expect(request.headers).toMatchObject({ Authorization: theirs(request) })
    }
  })

  test('with the token of a temporary key', async () => {
    const request = await signed(slbCall('DescribeRegions', {}), { ...own, securityToken: 't/k+n' })
    expect(request.headers).toMatchObject({ 'x-acs-security-token': 't/k+n' })
    expect(request.headers?.['Authorization']).toContain(';x-acs-security-token;')
    expect(request.headers?.['Authorization']).toBe(theirs(request))
  })
})

describe('the request', () => {
  const call = slbCall('RemoveBackendServers', { BackendServers: '[1]' })

  test('says action and version in headers, and the rest where it was', async () => {
    const { query, headers } = await signed(call)
    expect(query).toEqual([
      ['BackendServers', '[1]'],
      ['Format', 'JSON'],
    ])
    expect(headers).toMatchObject({
      'x-acs-action': 'RemoveBackendServers',
      'x-acs-version': '2014-05-15',
      'x-acs-date': '2026-02-03T04:05:06Z',
      'x-acs-signature-nonce': 'nonce-1',
      'x-acs-content-sha256': sha256(''),
    })
  })

  test('by form is hashed as it is sent', async () => {
    const { body = '', headers } = await signed(
      slbCall('DescribeRegions', { A: 'b c' }, { method: 'form' }),
    )
    expect(body).toBe('A=b%20c&Format=JSON')
    expect(headers?.['x-acs-content-sha256']).toBe(sha256(body))
  })

  test('goes below the prefix of a gateway, which is not signed', async () => {
    const [plain, below] = [await signed(call), await signed(call, own, `${endpoint}/slb`)]
    expect(below).toEqual(plain)
  })

  test('unsigned is as it was', async () => {
    expect(await signed({ ...call, credentials: 'none' })).toMatchObject({ query: call.query })
  })

  test('altered was signed for a list that names no server', async () => {
    const right = await signed(call)
    const altered = await signed({ ...call, credentials: 'altered' })
    expect(altered.query).toEqual(right.query)
    expect(altered.headers?.['Authorization']).not.toBe(right.headers?.['Authorization'])
  })
})
