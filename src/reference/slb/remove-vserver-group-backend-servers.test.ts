import { XMLParser } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { slbReference } from './index.ts'
import { call, type CallOptions } from './signed-call.ts'

type ChangedParameters = Readonly<Record<string, string | undefined>>

/** A group with a server at two ports, and another at one; its members are written as `server:port`. */
function arranged() {
  const reference = slbReference({ now: () => 0 })
  const { LoadBalancerId } = call(reference, { Action: 'CreateLoadBalancer' }).body
  const BackendServers = listOf(['01', 80], ['01', 81], ['02', 80])
  const weighted = BackendServers.replaceAll('}', ',"Weight":100}')
  const create = { Action: 'CreateVServerGroup', LoadBalancerId: String(LoadBalancerId) }
  const created = call(reference, { ...create, BackendServers: weighted }).body
  const group = { VServerGroupId: String(created['VServerGroupId']) }
  const remove = (
    BackendServers: string | undefined,
    but: ChangedParameters = {},
    options: CallOptions = {},
  ) => {
    const Action = 'RemoveVServerGroupBackendServers'
    return call(reference, { Action, ...group, BackendServers, ...but }, options)
  }
  const state = () =>
    membersIn(call(reference, { Action: 'DescribeVServerGroupAttribute', ...group }).body)
  return { group, remove, state }
}

function listOf(...members: readonly (readonly [server: string, port: number])[]): string {
  return JSON.stringify(
    members.map(([server, Port]) => ({ ServerId: `i-reference${server}`, Port })),
  )
}

function membersIn(body: Readonly<Record<string, unknown>>): string {
  const { BackendServer } = body['BackendServers'] as {
    BackendServer: { ServerId: string; Port: number }[]
  }
  return BackendServer.map(({ ServerId, Port }) => `${ServerId.slice(-2)}:${Port}`).join(' ')
}

const all = '01:80 01:81 02:80'

it.each([
  ['one member', listOf(['01', 80]), '01:81 02:80'],
  ['several, in another order', listOf(['02', 80], ['01', 80]), '01:81'],
  ['an absent server', listOf(['03', 80]), all],
  ['a port that is not in use', listOf(['02', 81]), all],
  ['an absent server before a member', listOf(['03', 80], ['01', 81]), '01:80 02:80'],
  ['a member twice', listOf(['01', 80], ['01', 80]), '01:81 02:80'],
  ['all members', listOf(['01', 80], ['01', 81], ['02', 80]), ''],
  ['single quotes, as in the example', "[{'ServerId':'i-reference01','Port':'80'}]", '01:81 02:80'],
  [
    'lower-case names and unknown keys',
    '[{"serverId":"i-reference02","port":"80","X":{}}]',
    '01:80 01:81',
  ],
  ['another weight', '[{"ServerId":"i-reference02","Port":80,"Weight":"999"}]', '01:80 01:81'],
])('removes %s', (_, list, left) => {
  const { group, remove, state } = arranged()
  const { status, body } = remove(list)
  expect(status).toBe(200)
  expect(body).toMatchObject(group)
  expect(membersIn(body)).toBe(left)
  expect(state()).toBe(left)
})

it.each([
  ['no list', undefined, 'MissingParameter'],
  ['an empty value', '', 'BackendServersMalformed'],
  ['an empty list', '[]', 'InvalidParameter'],
  ['a truncated list', '[{"ServerId":"i-reference01","Port":80},', 'BackendServersMalformed'],
  ['an object', '{"ServerId":"i-reference01","Port":80}', 'BackendServersMalformed'],
  ['numbers', '[1]', 'BackendServersMalformed'],
  ['a list in a list', '[[]]', 'BackendServersMalformed'],
  ['no port', '[{"ServerId":"i-reference01"}]', 'InvalidParameter'],
  ['port 0', listOf(['01', 80], ['01', 0]), 'InvalidParameter'],
  ['a port of 80.5', listOf(['01', 80], ['01', 80.5]), 'InvalidParameter'],
  ['no server', '[{"ServerId":"i-reference01","Port":80},{"Port":81}]', 'InvalidParameter'],
  ['a number as a server id', '[{"ServerId":1,"Port":80}]', 'InvalidParameter'],
  [
    'twenty-one servers, most of them absent',
    listOf(['01', 80], ...Array.from({ length: 20 }, (_, port) => ['09', port + 1] as const)),
    'TooManyBackendServers',
  ],
])('refuses %s, and changes nothing', (_, list, code) => {
  const { remove, state } = arranged()
  const { status, body } = remove(list)
  expect([status, body['Code']]).toEqual([400, code])
  expect(state()).toBe(all)
})

it.each([
  [{ RegionId: undefined }, '400 MissingParameter'],
  [{ RegionId: 'xx-nowhere-9' }, '404 InvalidRegionId.NotFound'],
  [{ VServerGroupId: undefined }, '400 MissingParameter'],
  [{ VServerGroupId: 'rsp-unknown' }, '404 InvalidParameter'],
  [{ VServerGroupId: '' }, '404 InvalidParameter'],
])('refuses %o, and changes nothing', (but, expected) => {
  const { remove, state } = arranged()
  const { status, body } = remove(listOf(['01', 80]), but)
  expect(`${status} ${String(body['Code'])}`).toBe(expected)
  expect(state()).toBe(all)
})

it('accepts twenty in one call, also by POST', () => {
  const { remove } = arranged()
  const list = listOf(...Array.from({ length: 19 }, (_, port) => ['09', port + 1] as const), [
    '02',
    80,
  ])
  expect(membersIn(remove(list, {}, { method: 'POST', form: true }).body)).toBe('01:80 01:81')
})

it('gives the same answer in XML', () => {
  const { group, remove } = arranged()
  const { text } = remove(listOf(['03', 80]), { Format: 'xml' })
  expect(new XMLParser().parse(text)).toMatchObject({
    RemoveVServerGroupBackendServersResponse: {
      ...group,
      BackendServers: {
        BackendServer: [
          { ServerId: 'i-reference01', Port: 80, Weight: 100, Type: 'ecs' },
          { ServerId: 'i-reference01', Port: 81, Weight: 100, Type: 'ecs' },
          { ServerId: 'i-reference02', Port: 80, Weight: 100, Type: 'ecs' },
        ],
      },
    },
  })
})
