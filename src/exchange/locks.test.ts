import { expect, test } from 'vitest'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { exchange } from './exchange.ts'
import { connected } from './loopback-connection.ts'

/** Asks where the first answers are refusals with this code, and returns the waits that were told. */
async function waitsFor(status: number, code: string): Promise<number[]> {
  const server = await httpLoopback((response, _request, before) =>
    before < 2 ? json(response, status, { Code: code }) : json(response, 200, { RequestId: 'r' }),
  )
  const waits: number[] = []
  const connection = {
    ...connected(server.endpoint),
    spelling: slbSpelling,
    sawLock: (milliseconds: number) => waits.push(milliseconds),
  }
  await exchange(connection, 'arrange', slbCall('DeleteVServerGroup', { VServerGroupId: 'rsp-1' }))
  return waits
}

test('a wait for another write is told', async () => {
  const [wait = 0] = await waitsFor(400, 'VServerGroupProcessing')
  expect(wait).toBeGreaterThan(0)
})

test.each([
  [400, 'Throttling.User'],
  [503, 'ServiceUnavailable'],
])(
  'a wait after %i %s is not: it is no matter of the target being taken up',
  async (status, code) => {
    expect(await waitsFor(status, code)).toEqual([])
  },
)
