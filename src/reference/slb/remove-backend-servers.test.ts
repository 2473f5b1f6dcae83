import { XMLParser } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { slbReference } from './index.ts'
import { call, type CallOptions } from './signed-call.ts'

type ChangedParameters = Readonly<Record<string, string | undefined>>

/** A load balancer with two instances, an interface and a listener; its servers are written as `server=weight`. */
function arranged() {
  const reference = slbReference({ now: () => 0 })
  const { body } = call(reference, { Action: 'CreateLoadBalancer' })
  const loadBalancer = { LoadBalancerId: String(body['LoadBalancerId']) }
  const BackendServers = JSON.stringify([
    { ServerId: 'i-reference01', Weight: 0 },
    { ServerId: 'i-reference02', Weight: 37 },
    { ServerId: 'eni-reference03', Type: 'eni' },
  ])
  call(reference, { Action: 'AddBackendServers', ...loadBalancer, BackendServers })
  const listener = { ListenerPort: '80', BackendServerPort: '80' }
  call(reference, { Action: 'CreateLoadBalancerTCPListener', ...loadBalancer, ...listener })
  const remove = (
    list: string | undefined,
    but: ChangedParameters = {},
    options: CallOptions = {},
  ) => {
    const asked = { Action: 'RemoveBackendServers', ...loadBalancer, BackendServers: list }
    return call(reference, { ...asked, ...but }, options)
  }
  const described = () =>
    call(reference, { Action: 'DescribeLoadBalancerAttribute', ...loadBalancer }).body
  return { loadBalancer, remove, described }
}

function serversIn(body: Readonly<Record<string, unknown>>): string {
  const { BackendServer } = body['BackendServers'] as {
    BackendServer: { ServerId: string; Weight: number }[]
  }
  return BackendServer.map(({ ServerId, Weight }) => `${ServerId.slice(-2)}=${Weight}`).join(' ')
}

const all = '01=0 02=37 03=100'

it.each([
  ['by id alone', '[{"ServerId":"i-reference01"}]', '02=37 03=100'],
  [
    'with type and weight',
    '[{"ServerId":"i-reference02","Type":"ecs","Weight":"37"}]',
    '01=0 03=100',
  ],
  ['with another weight', '[{"ServerId":"i-reference02","Weight":100}]', '01=0 03=100'],
  ['an interface', '[{"ServerId":"eni-reference03","Type":"eni"}]', '01=0 02=37'],
  ['an absent server', '[{"ServerId":"i-unknown"}]', all],
  [
    'an absent server and a member',
    '[{"ServerId":"x"},{"ServerId":"i-reference01"}]',
    '02=37 03=100',
  ],
  ['with the single quotes of the other page', "[{'ServerId':'i-reference01'}]", '02=37 03=100'],
  ['whatever the port', '[{"ServerId":"i-reference01","Port":80}]', '02=37 03=100'],
])('removes %s', (_, list, left) => {
  const { loadBalancer, remove, described } = arranged()
  const { status, body } = remove(list, { RegionId: undefined })
  expect(status).toBe(200)
  expect(body).toMatchObject(loadBalancer)
  expect(serversIn(body)).toBe(left)
  expect(serversIn(described())).toBe(left)
  expect(described()).toHaveProperty('ListenerPorts.ListenerPort', [80])
})

it.each([
  ['no list', undefined, 'MissingParameter'],
  ['an empty value', '', 'BackendServersMalformed'],
  ['an empty list', '[]', 'InvalidParameter'],
  ['texts', '["i-reference01"]', 'BackendServersMalformed'],
  ['no server', '[{"ServerId":"i-reference01"},{"Type":"ecs"}]', 'InvalidParameter'],
  ['an empty id', '[{"ServerId":""}]', 'InvalidParameter'],
  ['weight 101', '[{"ServerId":"i-reference01","Weight":101}]', 'InvalidWeight.Malformed'],
  ['weight -1', '[{"ServerId":"i-reference01","Weight":"-1"}]', 'InvalidWeight.Malformed'],
  ['a weight of 1.5', '[{"ServerId":"i-reference01","Weight":1.5}]', 'InvalidWeight.Malformed'],
  ['another type', '[{"ServerId":"i-reference01","Type":"vm"}]', 'InvalidParameter'],
  [
    'twenty-one servers, most of them absent',
    `[{"ServerId":"i-reference01"}${',{"ServerId":"x"}'.repeat(20)}]`,
    'TooManyBackendServers',
  ],
])('refuses %s, and changes nothing', (_, list, code) => {
  const { remove, described } = arranged()
  const { status, body } = remove(list)
  expect([status, body['Code']]).toEqual([400, code])
  expect(serversIn(described())).toBe(all)
})

it.each([
  [{ RegionId: 'xx-nowhere-9' }, '404 InvalidRegionId.NotFound'],
  [{ LoadBalancerId: undefined }, '400 MissingParameter'],
  [{ LoadBalancerId: 'lb-unknown' }, '404 InvalidLoadBalancerId.NotFound'],
  [{ LoadBalancerId: 'lb-' }, '400 InvalidParameter'],
  [{ LoadBalancerId: '' }, '400 InvalidParameter'],
])('refuses %o, and changes nothing', (but, expected) => {
  const { remove, described } = arranged()
  const { status, body } = remove('[{"ServerId":"i-reference01"}]', but)
  expect(`${status} ${String(body['Code'])}`).toBe(expected)
  expect(serversIn(described())).toBe(all)
})

it('accepts the removal of the last servers, also a second time', () => {
  const { remove, described } = arranged()
  const list =
    '[{"ServerId":"i-reference01"},{"ServerId":"i-reference02"},{"ServerId":"eni-reference03"}]'
  const options = { method: 'POST' } as const
  for (const { status, body } of [remove(list, {}, options), remove(list)]) {
    expect(status).toBe(200)
    expect(body['BackendServers']).toEqual({ BackendServer: [] })
  }
  expect(described()).toHaveProperty('LoadBalancerStatus', 'active')
})

it('gives the same answer in XML', () => {
  const { loadBalancer, remove } = arranged()
  const { text } = remove('[{"ServerId":"i-reference01"}]', { Format: 'XML' })
  expect(new XMLParser().parse(text)).toMatchObject({
    RemoveBackendServersResponse: {
      ...loadBalancer,
      BackendServers: {
        BackendServer: [
          { ServerId: 'i-reference02', Weight: 37, Type: 'ecs' },
          { ServerId: 'eni-reference03', Weight: 100, Type: 'eni' },
        ],
      },
    },
  })
})
