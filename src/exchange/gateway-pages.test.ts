import { describe, expect, test } from 'vitest'
import { rpcHmacSigner } from '../credentials/rpc-hmac.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { asking, connected } from './loopback-connection.ts'

describe('a web page with 403', () => {
  const own = { accessKeyId: 'id', accessKeySecret: 'secret' }
  const slb = {
    spelling: slbSpelling,
    signer: rpcHmacSigner({ own }),
    patienceMilliseconds: 60_000,
  }
  const call = slbCall('RemoveBackendServers', { LoadBalancerId: 'lb-1' })
  const page = '<!DOCTYPE html><html><body>Blocked</body></html>'
  const blocked = (times: number) =>
    httpLoopback((response, _request, before) =>
      before < times
        ? response.writeHead(403, { 'Content-Type': 'text/html' }).end(page)
        : json(response, 200, { RequestId: '1' }),
    )

  test.each(['wrong', 'cut', { without: 'Signature' }] as const)(
    'is asked again twice where the call is to be refused: %j',
    async (credentials) => {
      const server = await blocked(100)
      const { error } = await asking(connected(server.endpoint, slb), { ...call, credentials })
      expect(String(error)).toContain('a web page is not an answer of this API')
      expect(server.arrived).toHaveLength(3)
    },
  )

  test.each([undefined, 'other'] as const)(
    'is waited for where it is not: %s',
    async (credentials) => {
      const server = await blocked(6)
      const other = { accessKeyId: 'other', accessKeySecret: 'secret' }
      const both = { ...slb, signer: rpcHmacSigner({ own, other }) }
      const asked = credentials ? { ...call, credentials } : call
      expect((await asking(connected(server.endpoint, both), asked)).status).toBe(200)
    },
  )
})
