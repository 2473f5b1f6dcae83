import { describe, expect, it } from 'vitest'
import { referenceAccounts, referenceServers, slbReference } from './index.ts'
import { call, type CallOptions, type ParsedAnswer } from './signed-call.ts'

type ChangedParameters = Readonly<Record<string, string | undefined>>

/** A server with a clock that a test sets, and a function that sends calls. */
function server(asynchronousMilliseconds = 0) {
  const clock = { now: 0 }
  const reference = slbReference({ now: () => clock.now, asynchronousMilliseconds })
  const ask = (
    Action: string,
    parameters: ChangedParameters = {},
    options: CallOptions = {},
  ): ParsedAnswer => call(reference, { Action, ...parameters }, { now: clock.now, ...options })
  return { reference, clock, ask }
}

function created(
  ask: ReturnType<typeof server>['ask'],
  parameters: ChangedParameters = {},
): string {
  return String(ask('CreateLoadBalancer', parameters).body['LoadBalancerId'])
}

function codeOf({ status, body }: ParsedAnswer): string {
  const { Code = 'OK' } = body as { Code?: string }
  return `${status} ${Code}`
}

const [first = '', second = ''] = referenceServers
const one = JSON.stringify([{ ServerId: first, Port: 80, Weight: 100 }])

describe('the set-up operations', () => {
  it('leave nothing when everything is deleted', () => {
    const { reference, ask } = server()
    const LoadBalancerId = created(ask, { LoadBalancerName: 'first', VSwitchId: 'vsw-1' })
    const VServerGroupId = String(
      ask('CreateVServerGroup', { LoadBalancerId, BackendServers: one }).body['VServerGroupId'],
    )
    ask('AddBackendServers', { LoadBalancerId, BackendServers: one })
    const listener = { LoadBalancerId, ListenerPort: '80', VServerGroupId }
    ask('CreateLoadBalancerTCPListener', listener)
    expect(reference.inventory()).toEqual({
      loadBalancers: 1,
      listeners: 1,
      backendServers: 1,
      vserverGroups: 1,
      vserverGroupMembers: 1,
    })
    expect(codeOf(ask('DeleteVServerGroup', { VServerGroupId }))).toBe('400 RspoolVipExist')
    expect(codeOf(ask('DeleteLoadBalancerListener', listener))).toBe('200 OK')
    expect(codeOf(ask('DeleteVServerGroup', { VServerGroupId }))).toBe('200 OK')
    expect(codeOf(ask('DeleteLoadBalancer', { LoadBalancerId }))).toBe('200 OK')
    expect(Object.values(reference.inventory())).toEqual([0, 0, 0, 0, 0])
  })

  it('change members by server and port', () => {
    const { ask } = server()
    const { VServerGroupId } = ask('CreateVServerGroup', { LoadBalancerId: created(ask) }).body
    const group = { VServerGroupId: String(VServerGroupId) }
    ask('AddVServerGroupBackendServers', {
      ...group,
      BackendServers: `[{'serverId':'${first}','port':'80'},{'serverId':'${first}','port':81}]`,
    })
    ask('SetVServerGroupAttribute', {
      ...group,
      VServerGroupName: 'renamed',
      BackendServers: JSON.stringify([
        { ServerId: first, Port: 81, Weight: 7, Description: "it's * é" },
      ]),
    })
    ask('ModifyVServerGroupBackendServers', {
      ...group,
      OldBackendServers: JSON.stringify([{ ServerId: first, Port: 80 }]),
      NewBackendServers: JSON.stringify([{ ServerId: second, Port: 82, Weight: '0' }]),
    })
    expect(ask('DescribeVServerGroupAttribute', group).body).toMatchObject({
      VServerGroupName: 'renamed',
      BackendServers: {
        BackendServer: [
          { ServerId: first, Port: 81, Weight: 7, Type: 'ecs', Description: "it's * é" },
          { ServerId: second, Port: 82, Weight: 0, Type: 'ecs' },
        ],
      },
    })
  })

  it('change weights in a default group, and answer with weights as text', () => {
    const { ask } = server()
    const LoadBalancerId = created(ask)
    ask('AddBackendServers', { LoadBalancerId, BackendServers: one })
    const BackendServers = JSON.stringify([{ ServerId: first, Weight: 5 }])
    const { body } = ask('SetBackendServers', { LoadBalancerId, BackendServers })
    expect(body).toHaveProperty('BackendServers.BackendServer.0.Weight', '5')
    expect(ask('DescribeLoadBalancerAttribute', { LoadBalancerId }).body).toHaveProperty(
      'BackendServers.BackendServer',
      [{ ServerId: first, Weight: 5, Type: 'ecs' }],
    )
  })

  it.each([
    ['AddBackendServers', [{ ServerId: 'i-unknown' }], '400 ObtainIpFail'],
    ['AddBackendServers', [{ ServerId: 'eni-reference01' }], '400 InvalidParameter'],
    ['AddBackendServers', [{ ServerId: first, Weight: 101 }], '400 InvalidWeight.Malformed'],
    ['AddBackendServers', [{ ServerId: first, Type: 'vm' }], '400 InvalidParameter'],
    [
      'CreateVServerGroup',
      [{ ServerId: 'i-unknown', Port: 80, Weight: 100 }],
      '404 InvalidServerId.NotFound',
    ],
    ['CreateVServerGroup', [{ ServerId: first, Port: 65_536 }], '400 InvalidParameter'],
    ['CreateVServerGroup', [{ ServerId: first, Port: '080x' }], '400 InvalidParameter'],
    [
      'CreateVServerGroup',
      Array.from({ length: 21 }, () => ({ ServerId: first, Port: 80 })),
      '400 TooManyBackendServers',
    ],
  ])('refuse with %s %j', (action, servers, expected) => {
    const { ask } = server()
    const BackendServers = JSON.stringify(servers)
    const answer = ask(action, { LoadBalancerId: created(ask), BackendServers })
    expect(codeOf(answer)).toBe(expected)
  })

  it('list load balancers by filters, in pages', () => {
    const { ask } = server()
    const ids = ['a', 'b', 'c'].map((LoadBalancerName) => created(ask, { LoadBalancerName }))
    ask('AddBackendServers', { LoadBalancerId: ids[1], BackendServers: one })
    const found = (filter: ChangedParameters) => {
      const { LoadBalancers } = ask('DescribeLoadBalancers', filter).body as {
        LoadBalancers: { LoadBalancer: { LoadBalancerName: string }[] }
      }
      return LoadBalancers.LoadBalancer.map(({ LoadBalancerName }) => LoadBalancerName).join('')
    }
    expect(found({})).toBe('abc')
    expect(found({ LoadBalancerName: 'c,a' })).toBe('ac')
    expect(found({ LoadBalancerId: ids[2] })).toBe('c')
    expect(found({ ServerId: first })).toBe('b')
    expect(found({ AddressType: 'intranet' })).toBe('')
    expect(found({ PageNumber: '2', PageSize: '2' })).toBe('c')
    expect(found({ RegionId: 'cn-shanghai' })).toBe('')
    expect(codeOf(ask('DescribeLoadBalancers', { PageSize: '101' }))).toBe('400 InvalidParameter')
  })

  it('create one load balancer for one ClientToken', () => {
    const { reference, ask } = server()
    const ids = ['t', 't', 'u'].map((ClientToken) => created(ask, { ClientToken }))
    expect(ids[0]).toBe(ids[1])
    expect(reference.inventory()['loadBalancers']).toBe(2)
  })

  it('separate accounts and regions', () => {
    const { ask } = server()
    const LoadBalancerId = created(ask)
    const { VServerGroupId } = ask('CreateVServerGroup', { LoadBalancerId }).body
    const group = { VServerGroupId: String(VServerGroupId) }
    const [, account] = referenceAccounts
    const unseen = '404 InvalidLoadBalancerId.NotFound'
    expect(codeOf(ask('DescribeLoadBalancerAttribute', { LoadBalancerId }, { account }))).toBe(
      unseen,
    )
    expect(codeOf(ask('DeleteVServerGroup', group, { account }))).toBe('404 InvalidParameter')
    expect(ask('DescribeLoadBalancers', {}, { account }).body['TotalCount']).toBe(0)
    const elsewhere = { LoadBalancerId, RegionId: 'cn-shanghai' }
    expect(codeOf(ask('DeleteLoadBalancer', elsewhere))).toBe(unseen)
    expect(codeOf(ask('DeleteLoadBalancer', { LoadBalancerId, RegionId: undefined }))).toBe(
      '200 OK',
    )
  })
})

describe('an asynchronous server', () => {
  it('refuses writes on an object that is being configured, and still shows the object', () => {
    const { clock, ask } = server(500)
    const LoadBalancerId = created(ask)
    const create = () => ask('CreateVServerGroup', { LoadBalancerId, BackendServers: one })
    expect(codeOf(create())).toBe('400 ServiceIsConfiguring')
    clock.now = 500
    const group = { VServerGroupId: String(create().body['VServerGroupId']) }
    const remove = () => ask('RemoveVServerGroupBackendServers', { ...group, BackendServers: one })
    clock.now = 999
    expect(codeOf(remove())).toBe('400 VServerGroupProcessing')
    expect(codeOf(ask('DescribeVServerGroupAttribute', group))).toBe('200 OK')
    clock.now = 1000
    expect(codeOf(remove())).toBe('200 OK')
    expect(codeOf(remove())).toBe('400 VServerGroupProcessing')
    expect(codeOf(ask('AddBackendServers', { LoadBalancerId, BackendServers: one }))).toBe('200 OK')
    const default_ = { LoadBalancerId, BackendServers: one }
    expect(codeOf(ask('RemoveBackendServers', default_))).toBe('400 ServiceIsConfiguring')
  })

  it('has no provisioning status to set', () => {
    expect(server().reference.setProvisioningStatus('lb-1', 'ACTIVE')).toBe(false)
  })
})
