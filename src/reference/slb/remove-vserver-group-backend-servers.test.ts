import { test, expect } from 'vitest'
import { slbReference } from './index.ts'
import { call } from './signed-call.ts'
test('smoke', () => {
  const r = slbReference({ now: () => 0 })
  const lb = call(r, { Action: 'CreateLoadBalancer', VSwitchId: 'vsw-1' }).body
  console.log(lb)
  const LoadBalancerId = String(lb['LoadBalancerId'])
  const g = call(r, {
    Action: 'CreateVServerGroup',
    LoadBalancerId,
    BackendServers:
      "[{'ServerId':'i-reference01','Port':'80'},{'ServerId':'i-reference01','Port':'81'}]",
  }).body
  console.log(JSON.stringify(g))
  console.log(
    call(r, {
      Action: 'RemoveVServerGroupBackendServers',
      VServerGroupId: String(g['VServerGroupId']),
      BackendServers: '[{"ServerId":"i-reference01","Port":80}]',
      Format: 'xml',
    }).text,
  )
  console.log(
    call(r, {
      Action: 'RemoveVServerGroupBackendServers',
      VServerGroupId: String(g['VServerGroupId']),
      BackendServers: '[{"ServerId":"i-reference01"}]',
      Format: 'xml',
    }).text,
  )
  console.log(call(r, { Action: 'DescribeLoadBalancers' }).text)
  expect(1).toBe(1)
})
