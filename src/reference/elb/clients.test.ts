import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core'
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js'
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js'
import { LogLevel } from '@huaweicloud/huaweicloud-sdk-core/logger/index.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oddValues } from '../../credentials/odd-requests.ts'
import { listen, type Listening } from '../server.ts'
import { referenceKeys } from './given.ts'
import { elbReference } from './reference.ts'

const [own, other, temporary] = referenceKeys

const nothing = () => undefined

/** The default logger prints every refusal, with all that was signed. */
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}

/** The vendor's own client, with a key; its credentials are signed by its own code. */
function client(endpoint: string, ak = '', sk = '', token?: string): HcClient {
  const credentials = new BasicCredentials().withAk(ak).withSk(sk)
  if (token !== undefined) credentials.withSecurityToken(token)
  return new HcClient(new DefaultHttpClient({ logger: silent }, [endpoint]))
    .withEndpoints([endpoint])
    .withCredential(credentials.withProjectId(own?.project))
}

const asked = (method: string, url: string, but: object = {}) => ({
  method,
  url,
  contentType: 'application/json',
  queryParams: {},
  pathParams: {},
  headers: {},
  ...but,
})

const send = (one: HcClient, ...request: Parameters<typeof asked>) =>
  one.sendRequest(asked(...request)) as unknown as Promise<Record<string, unknown>>

describe('@huaweicloud/huaweicloud-sdk-core', () => {
  let listening: Listening
  beforeAll(async () => {
    listening = await listen(elbReference({ prefix: '/a/elb' }))
  })
  afterAll(async () => listening.close())

  test.each(oddValues)('is understood with %j in a body and in the query', async (name) => {
    const hc = client(`${listening.endpoint}/a/elb`, own?.accessKeyId, own?.accessKeySecret)
    const loadbalancer = { name, vip_subnet_id: 'subnet' }
    const path = '/v2.0/lbaas/loadbalancers'
    const made = await send(hc, 'POST', path, { data: { loadbalancer } })
    expect(made).toMatchObject({ loadbalancer: { name }, httpStatusCode: 201 })
    const found = await send(hc, 'GET', path, { queryParams: { name, limit: 1 } })
    expect(found).toMatchObject({ loadbalancers: [{ name }], httpStatusCode: 200 })
  })

  test('is understood with a temporary key and its token', async () => {
    const { accessKeyId, accessKeySecret, securityToken } = temporary ?? own!
    const hc = client(`${listening.endpoint}/a/elb`, accessKeyId, accessKeySecret, securityToken)
    expect(await send(hc, 'GET', '/v2.0/lbaas/pools')).toMatchObject({ pools: [] })
  })

  test.each([
    ['another secret', own?.accessKeyId, 'another-secret'],
    ['an unknown key', 'UNKNOWNKEY', own?.accessKeySecret],
    ['a key of another project', other?.accessKeyId, other?.accessKeySecret],
    ['a temporary key without its token', temporary?.accessKeyId, temporary?.accessKeySecret],
  ])('is refused with %s', async (_what, ak, sk) => {
    const hc = client(`${listening.endpoint}/a/elb`, ak, sk)
    await expect(send(hc, 'GET', '/v2.0/lbaas/pools')).rejects.toMatchObject({
      httpStatusCode: 401,
    })
  })
})
