import { expect, test } from 'vitest'
import { elbErrorVariants } from './elb/variants/error.variants.ts'
import { elbReference } from './elb/reference.ts'
import { frontVariants } from './variants/front.variants.ts'
import type { RawRequest, RawResponse, Reference } from './server.ts'
import { slbReference } from './slb/index.ts'
import { slbXmlVariants } from './slb/variants/xml.variants.ts'

const headers = { 'x-auth-token': 'tQ7xw4ixOnAhuc8J' }
const loadbalancer = { vip_subnet_id: 'subnet', name: 'one/水' }
const asked: readonly RawRequest[] = [
  { method: 'GET', url: '/v2.0/lbaas/pools', headers, body: '' },
  { method: 'GET', url: '/v2.0/lbaas/pools/none', headers, body: '' },
  {
    method: 'POST',
    url: '/v2.0/lbaas/loadbalancers',
    headers,
    body: JSON.stringify({ loadbalancer }),
  },
  { method: 'PUT', url: '/v2.0/lbaas/pools/none', headers, body: '{"pool":{}}' },
  { method: 'GET', url: '/?Action=DescribeRegions&Format=XML', headers: {}, body: '' },
]

/** Enough for some calls to be answered as busy. */
const rounds = 41

function said(reference: Reference): string {
  const answers = Array.from({ length: rounds }, () => asked.map((one) => reference.handle(one)))
  return JSON.stringify(answers.flat().map((one) => withoutIds(one)))
}

function withoutIds(response: RawResponse): unknown {
  return JSON.parse(
    JSON.stringify(response).replaceAll(
      /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/g,
      'id',
    ),
  )
}

test.each([...frontVariants, ...elbErrorVariants].map((one) => [one.id, one] as const))(
  'elb %s differs from the reference',
  (_id, { front = (reference: Reference) => reference }) => {
    expect(said(front(elbReference()))).not.toBe(said(elbReference()))
  },
)

test.each(slbXmlVariants.map((one) => [one.id, one] as const))(
  'slb %s differs from the reference',
  (_id, { front = (reference: Reference) => reference }) => {
    expect(said(front(slbReference()))).not.toBe(said(slbReference()))
  },
)

test('a call that is answered as busy gets through in the end', () => {
  const [busy] = frontVariants.filter(({ id }) => id === 'bursts-of-429')
  const server = busy?.front?.(elbReference()) ?? elbReference()
  const [request] = asked as [RawRequest]
  const statuses = Array.from({ length: 50 }, () => server.handle(request).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(3)
  expect(statuses.at(-1)).toBe(200)
})
