/** Answers of a sound server that come late or in part: no check fails for that, and none passes unasked. */

import { expect, test } from 'vitest'
import { examine } from '../src/prove/examine.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import type { Wire, WireResponse } from '../src/wire/wire.ts'
import { suites } from './index.ts'

test('a status that the hook has set may be shown late', async () => {
  const id = 'elb/update-pool/active-only.pending-update'
  const server = await knownServers.reference('elb', false)
  const before = new Map<string, WireResponse>()
  let setAt = -Infinity
  const wire: Wire = async (request, deadline) => {
    const isStatus = request.method === 'GET' && /\/loadbalancers\/[^/]+$/.test(request.url)
    const old = before.get(request.url)
    if (isStatus && old && performance.now() - setAt < 150) return old
    const answer = await server.wire(request, deadline)
    if (isStatus) before.set(request.url, answer)
    return answer
  }
  let late = 0
  const setProvisioningStatus = async (balancer: string, status: string) => {
    if (before.size > 0) late += 1
    setAt = performance.now()
    await server.setProvisioningStatus(balancer, status)
  }
  const { outcomes } = await examine(
    { ...server, wire, setProvisioningStatus },
    suites,
    (one) => one === id,
  )
  expect(late).toBeGreaterThan(0)
  expect(outcomes.get(id)).not.toHaveProperty('thrown')
})

test.each(['vserver-group-backend-servers', 'backend-servers'])(
  'slb/remove-%s: a refusal that was cut off has no shape',
  async (removal) => {
    const id = `slb/remove-${removal}/error-shape`
    const server = await knownServers.reference('slb', false)
    const wire: Wire = async (request, deadline) => {
      const answer = await server.wire(request, deadline)
      if (answer.status < 400 || !request.url.includes('Action=Remove')) return answer
      return { ...answer, text: answer.text.slice(0, answer.text.length / 2) }
    }
    const { outcomes } = await examine({ ...server, wire }, suites, (one) => one === id)
    expect(outcomes.get(id)?.thrown).toMatchObject({
      family: 'unasked',
      message: expect.stringContaining('is cut off') as string,
    })
  },
)

test('a target without UDP pools can still be asked for the rows of other answers', async () => {
  const id = 'elb/update-pool/response.pool.protocol.type'
  const server = await knownServers.reference('elb', false)
  let refused = 0
  const wire: Wire = async (request, deadline) => {
    if (!/"protocol":"UDP"/.test(request.body ?? '')) return server.wire(request, deadline)
    refused += 1
    return { status: 400, headers: [], text: '{"NeutronError":{"message":"No UDP here."}}' }
  }
  const { outcomes } = await examine({ ...server, wire }, suites, (one) => one === id)
  expect(refused).toBeGreaterThan(0)
  expect(outcomes.get(id)).not.toHaveProperty('thrown')
})
