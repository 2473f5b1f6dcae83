import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core'
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../model.ts'
import { sha256 } from './canonical.ts'
import { oddElbRequests } from './odd-requests.ts'
import { canonicalRequest, sdkHmacSigner } from './sdk-hmac.ts'

const own = { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY' }
const other = { accessKeyId: 'OTHER', accessKeySecret: 'other-secret', projectId: 'other-project' }
const moment = new Date('2026-02-03T04:05:06.789Z')
const never = () => new AbortController().signal

async function headersOf(request: HttpRequest, endpoint = 'https://elb.test', keys = { own }) {
  const signer = sdkHmacSigner(keys, endpoint, () => moment)
  const { request: signed } = await signer.sign(request, never)
  return signed.headers ?? {}
}

/** What the vendor's own client makes of a request; it takes paths that are not yet encoded. */
function theirs(endpoint: string, request: HttpRequest): string | undefined {
  const { method, path, query = [], headers = {}, body } = request
  const asked = {
    endpoint: endpoint + decodeURIComponent(path),
    method,
    queryParams: Object.fromEntries(query),
    headers: { ...headers, 'X-Sdk-Date': '20260203T040506Z' },
    data: body === undefined ? undefined : (JSON.parse(body) as unknown),
  }
  const credentials = new BasicCredentials().withAk(own.accessKeyId).withSk(own.accessKeySecret)
  const signed = AKSKSigner.sign(asked, credentials) as Record<string, string>
  return signed['Authorization']
}

test('the canonical request is that of the published example', () => {
  const call = {
    method: 'GET',
    path: '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs',
    query: [
      ['limit', '2'],
      ['marker', '13551d6b-755d-4757-b956-536f674975c0'],
    ] as const,
    headers: {
      'Content-Type': 'application/json',
      Host: 'service.region.example.com',
      'X-Sdk-Date': '20191115T033655Z',
    },
  }
  expect(sha256(canonicalRequest(call))).toBe(
    'b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a',
  )
})

describe('@huaweicloud/huaweicloud-sdk-core signs the same', () => {
  // Its parser of addresses changes other paths before they are signed.
  const usual = /^[^\s\u007F"#%'<>?\\[\]^`{|}]+$/
  const comparable: readonly HttpRequest[] = [
    ...oddElbRequests.filter(({ path }) => usual.test(decodeURIComponent(path))),
    { method: 'DELETE', path: '/v2.0/lbaas/pools/!()*~-_.$&,;=:@+' },
  ]

  test.each([
    'https://elb.eu-de.example.com',
    'http://127.0.0.1:8080',
    'https://gateway.test/a/elb',
  ])('for %s', async (endpoint) => {
    expect(comparable.length).toBeGreaterThan(25)
    for (const request of comparable) {
      const { Authorization } = await headersOf(request, endpoint)
      expect({ request, Authorization }).toEqual({
        request,
        Authorization: theirs(endpoint, request),
      })
    }
  })
})

describe('the request', () => {
  const request: HttpRequest = { method: 'GET', path: '/v2.0/lbaas/pools' }

  test('names the project and carries the token of a temporary key, both signed', async () => {
    const temporary = { ...own, projectId: 'p-1', securityToken: 'token' }
    const headers = await headersOf(request, 'https://elb.test', { own: temporary })
    expect(headers).toMatchObject({ 'X-Project-Id': 'p-1', 'X-Security-Token': 'token' })
    expect(headers['Authorization']).toContain(
      'SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,',
    )
  })

  test('goes unsigned where that is the question', async () => {
    expect(await headersOf({ ...request, credentials: 'none' })).toEqual({})
  })

  test.each([
    ['wrong', 'AKIDEXAMPLE'],
    ['altered', 'AKIDEXAMPLE'],
    ['other', 'OTHER'],
  ] as const)('%s credentials fit nothing that is sent', async (credentials, id) => {
    const { Authorization = '' } = await headersOf(
      { ...request, credentials },
      'https://elb.test',
      { own, other } as never,
    )
    const right = (await headersOf(request))['Authorization'] ?? ''
    expect(Authorization).toContain(`Access=${id},`)
    expect(Authorization.split('Signature=')[1]).not.toBe(right.split('Signature=')[1])
  })

  test('is signed with an unknown key if the check asks for that', async () => {
    const { Authorization } = await headersOf({ ...request, credentials: 'unknown' })
    expect(Authorization).toContain('Access=nobodyhasthiskey,')
  })

  test('names the other’s project with the other’s key', async () => {
    const keys = { own: { ...own, projectId: 'p-1' }, other } as never
    const headers = await headersOf({ ...request, credentials: 'other' }, 'https://elb.test', keys)
    expect(headers['X-Project-Id']).toBe('other-project')
  })
})
