import { expect, test } from 'vitest'
import { slbCall } from '../src/dialects/slb.ts'
import type { Exchange, HttpRequest, Purpose } from '../src/model.ts'
import { onceMore } from '../fixtures/slb/once-more.ts'

const group = { RegionId: 'r', VServerGroupId: 'rsp-1' }
const look = slbCall('DescribeVServerGroupAttribute', group)
const list = JSON.stringify([{ ServerId: 'i-1', Port: '80' }])
const removal = slbCall('RemoveVServerGroupBackendServers', { ...group, BackendServers: list })
const addition = slbCall('AddVServerGroupBackendServers', { ...group, BackendServers: list })

/** A group that holds one server, and fails as many removals as are given, doing what they ask or not. */
function service(failures: number, doesIt: boolean) {
  let ports = [80]
  const sent: string[] = []
  const answer = (purpose: Purpose, request: HttpRequest): Promise<Exchange> => {
    const action = String(request.query?.[0]?.[1])
    sent.push(action)
    const isRemoval = action.startsWith('Remove')
    const fails = isRemoval && sent.filter((one) => one === action).length <= failures
    if (isRemoval && (!fails || doesIt)) ports = []
    if (action.startsWith('Add')) ports = [80]
    const members = ports.map((Port) => ({ ServerId: 'i-1', Port, Weight: 100 }))
    const body = fails
      ? { Code: 'InternalError', RequestId: '1' }
      : { RequestId: '1', BackendServers: { BackendServer: members } }
    const status = fails ? 500 : 200
    const text = JSON.stringify(body)
    return Promise.resolve({ purpose, request, status, headers: [], text, body })
  }
  return { sent, send: onceMore(answer) }
}

test('a removal that did nothing is asked again', async () => {
  const { send, sent } = service(1, false)
  await send('arrange', look)
  expect((await send('ask', removal)).status).toBe(200)
  expect(sent.map((action) => action.slice(0, 3))).toEqual(['Des', 'Rem', 'Des', 'Rem'])
})

test('one that did its work is not', async () => {
  const { send } = service(1, true)
  await send('arrange', look)
  expect((await send('ask', removal)).status).toBe(500)
})

test('one that fails twice has failed', async () => {
  const { send, sent } = service(2, false)
  await send('arrange', look)
  expect((await send('ask', removal)).status).toBe(500)
  expect(sent).toHaveLength(4)
})

test('what was written since the last look is known', async () => {
  const { send } = service(0, false)
  await send('arrange', look)
  await send('ask', removal)
  await send('ask', addition)
  const failing = service(1, false)
  await failing.send('arrange', look)
  await failing.send('arrange', addition)
  expect((await failing.send('ask', removal)).status).toBe(200)
})

test('other credentials show nothing', async () => {
  const { send } = service(1, true)
  await send('look', look)
  await send('look', { ...look, credentials: 'other' })
  expect((await send('ask', removal)).status).toBe(500)
})

test('clean-up is left to the exchange', async () => {
  const { send, sent } = service(1, false)
  await send('clean-up', removal)
  expect(sent).toHaveLength(1)
})
