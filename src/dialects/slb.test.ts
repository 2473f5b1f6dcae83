import { expect, test } from 'vitest'
import { signatureOf } from './slb.ts'

const secret = 'testsecret'

/** The example of the vendor's page on the RPC signature, by the name it gives to the time. */
const describeRegions = (timestamp: 'Timestamp' | 'TimeStamp') =>
  [
    ['AccessKeyId', 'testid'],
    ['Action', 'DescribeRegions'],
    ['Format', 'XML'],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf'],
    ['SignatureVersion', '1.0'],
    [timestamp, '2016-02-23T12:46:24Z'],
    ['Version', '2014-05-26'],
  ] as const

/** Not from a page: made with two independent signers that agree. */
const removeBackendServers = [
  ['Version', '2014-05-15'],
  ['Action', 'RemoveBackendServers'],
  ['BackendServers', '[{"ServerId":"i-1","Type":"ecs","Weight":"100"}]'],
  ['LoadBalancerId', 'lb-1'],
  ['RegionId', 'cn-hangzhou'],
  ['Format', 'JSON'],
  ['AccessKeyId', 'testid'],
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureNonce', 'nonce-1'],
  ['SignatureVersion', '1.0'],
  ['Timestamp', '2024-01-01T00:00:00Z'],
] as const

test.for([
  ['the published vector', 'GET', describeRegions('Timestamp'), 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='],
  ['the older vector', 'GET', describeRegions('TimeStamp'), 'CT9X0VtwR86fNWSnsc6v8YGOjuE='],
  ['a list in the query', 'GET', removeBackendServers, 'eX5R3cD0qxRkF8Rbf0NfqYBGIbc='],
  ['the same by POST', 'POST', removeBackendServers, '+dL1C0Y21FyajNPDCNhTemh+BUk='],
] as const)('signs %s', ([, method, parameters, signature]) => {
  expect(signatureOf(method, parameters, secret)).toBe(signature)
})
