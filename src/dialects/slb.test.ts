import { describe, expect, test } from 'vitest'
import type { HttpResponse } from '../model.ts'
import { slbCall, slbSpelling } from './slb.ts'

function answered(status: number, body: string): HttpResponse {
  return { status, headers: [], text: body, body: slbSpelling.read(body, 'application/json') }
}

const removal = slbCall('RemoveBackendServers', { LoadBalancerId: 'lb-1' })
const list = slbCall('DescribeVServerGroups', { LoadBalancerId: 'lb-1' })

describe('a denied access', () => {
  test.each([
    [403, '{"Code":"Forbidden","Message":"User not authorized to operate on the resource."}'],
    [403, '{"Code":"Forbidden.RAM"}'],
    [403, '{"Code":"Forbbiden.SubUser"}'],
    [400, '{"Code":"NoPermission"}'],
    [403, '{"code":"NoPermission"}'],
    [403, '<Error><Code>NoPermission</Code></Error>'],
    [403, '{"error":{"code":"AccessDenied"}}'],
    [403, 'The resource policy does not allow this.'],
  ])('%i %s', (status, body) => {
    expect(slbSpelling.denied?.(answered(status, body), removal)).toMatch(
      /^The credentials lack a right: RemoveBackendServers was answered with (?:403|400)/,
    )
  })

  test('is any 403 without a code of the service to a read', () => {
    expect(slbSpelling.denied?.(answered(403, ''), list)).toContain('DescribeVServerGroups')
    expect(slbSpelling.denied?.(answered(403, ''), removal)).toBeUndefined()
  })

  test.each([
    [403, '{"Code":"InvalidParameter","Message":"The specified RegionId does not exist."}'],
    [404, '{"Code":"InvalidLoadBalancerId.NotFound"}'],
    [200, '{"RequestId":"1"}'],
    [500, '{"Code":"Forbidden"}'],
  ])('is not %i %s', (status, body) => {
    expect(slbSpelling.denied?.(answered(status, body), removal)).toBeUndefined()
  })
})

describe('a lock', () => {
  test.each([
    [400, '{"Code":"VServerGroupProcessing"}'],
    [400, '{"code":"ServiceIsConfiguring"}'],
    [409, '{"Code":"IncorrectStatus","Message":"The instance is being modified."}'],
    [409, '{"message":"Another operation is in progress."}'],
    [400, '{"Code":"OperationDenied","Message":"A previous configuration is pending."}'],
    [423, 'Locked. Please retry later.'],
    [429, ''],
    [449, '{"Code":"SystemBusy"}'],
    [400, 'Throttling.User: flow control'],
  ])('%i %s', (status, body) => {
    expect(slbSpelling.busy(answered(status, body), removal)).toContain('is not an answer')
  })

  test.each([
    [400, '{"Code":"TooManyBackendServers"}'],
    [409, '{"Code":"InvalidParameter","Message":"The value is in conflict with another."}'],
    [400, '{"Code":"SignatureNonceUsed","Message":"Used by another request."}'],
    [200, '{"Message":"Please try again later."}'],
  ])('is not %i %s', (status, body) => {
    expect(slbSpelling.busy(answered(status, body), removal)).toBeUndefined()
  })
})

test('what XML allows before and around the root of an answer is not part of it', () => {
  const text =
    `<?xml version='1.0' encoding='UTF-8'?>\n<?xml-stylesheet href="a.css"?><!-- a comment -->` +
    '<RemoveBackendServersResponse xmlns="urn:x"><?note here?><LoadBalancerId><![CDATA[lb-1]]></LoadBalancerId>' +
    '</RemoveBackendServersResponse>'
  expect(slbSpelling.read(text, 'text/xml')).toEqual({
    '#root': 'RemoveBackendServersResponse',
    LoadBalancerId: 'lb-1',
  })
})
