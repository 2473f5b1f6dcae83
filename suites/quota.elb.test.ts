/** A project with a small quota of pools: what other checks use of it is waited for, and never blamed on the target. */

import { expect, test } from 'vitest'
import { examine } from '../src/prove/examine.ts'
import type { ServerUnderTest } from '../src/prove/known-servers.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import type { Wire } from '../src/wire/wire.ts'
import { suites } from './index.ts'

const exceeded = '{"error_code":"ELB.9807","error_msg":"Quota exceeded for resources: pool"}'

async function serverWith(mostPools: number, lanes: number) {
  const reference = await knownServers.reference('elb', false)
  let refused = 0
  const wire: Wire = (request, deadline) => {
    const creates = request.method === 'POST' && request.url.endsWith('/lbaas/pools')
    if (!creates || (reference.inventory()['pools'] ?? 0) < mostPools) {
      return reference.wire(request, deadline)
    }
    refused += 1
    const headers = [['Content-Type', 'application/json']] as const
    return Promise.resolve({ status: 400, headers, text: exceeded })
  }
  const { target } = reference
  const server: ServerUnderTest = {
    ...reference,
    target: { ...target, limits: { ...target.limits, lanes } },
    wire,
  }
  return { server, refused: () => refused }
}

const asked = ['status-204', 'gone-from-show', 'gone-from-list', 'name-reusable', 'members-first']
const isAsked = (id: string) => asked.includes(id.replace('elb/delete-pool/', ''))

test('checks wait for pools that others remove', async () => {
  const { server, refused } = await serverWith(2, 2)
  const { outcomes } = await examine(server, suites, isAsked)
  expect(refused()).toBeGreaterThan(0)
  expect([...outcomes.values()].map(({ thrown }) => thrown)).toEqual(asked.map(() => undefined))
})

test('a quota that stays used up leaves a question open', async () => {
  const { server } = await serverWith(0, 1)
  const id = 'elb/update-pool/pool-protocols'
  const { outcomes } = await examine(server, suites, (one) => one === id)
  expect(outcomes.get(id)?.thrown).toMatchObject({
    family: 'unasked',
    message: expect.stringMatching(/^A quota is used up: POST \/pools answered 400\./),
  })
})
