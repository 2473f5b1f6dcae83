/** Requests with values that signers often encode wrongly; for the tests of signatures. */

import type { HttpRequest } from '../model.ts'

/** Values that encoders treat differently. */
export const oddValues: readonly string[] = [
  '',
  ' ',
  'plain',
  'a b',
  'a+b',
  "!'()*~-_.",
  '/?#[]@:&=$,;',
  '%2F%zz%',
  'é中文🚦',
  '"\\<>`{|}^',
  '[{"ServerId":"i-1","Type":"ecs","Weight":"100"}]',
  '\u007F\t',
]

/** An `elb` request for each odd value, in the query, in a body and in a path. */
export const oddElbRequests: readonly HttpRequest[] = oddValues.flatMap((value) => [
  {
    method: 'GET',
    path: '/v2.0/lbaas/pools',
    query: [
      ['name', value],
      ['limit', '1'],
    ],
  },
  {
    method: 'PUT',
    path: '/v2.0/lbaas/pools/p-1',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ pool: { name: value } }),
  },
  { method: 'DELETE', path: `/v2.0/lbaas/pools/${encodeURIComponent(value)}` },
])

/** The parameters of an `slb` call for each odd value; one parameter has the given name. */
export function oddParameters(name: string): readonly Readonly<Record<string, string>>[] {
  return oddValues.map((value) => ({
    RegionId: 'cn-hangzhou',
    LoadBalancerName: value,
    [name]: value,
  }))
}
