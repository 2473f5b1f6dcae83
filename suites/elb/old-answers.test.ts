/** A server that answers an update before it carries it out shows the pool as it was: no row fails for that. */

import { expect, test } from 'vitest'
import { examine } from '../../src/prove/examine.ts'
import type { ServerUnderTest } from '../../src/prove/known-servers.ts'
import { knownServers } from '../../src/reference/known-servers.ts'
import type { Wire } from '../../src/wire/wire.ts'
import { suites } from '../index.ts'

const isRow = (id: string) => id.startsWith('elb/update-pool/response.')

/** Answers each update that it takes with 202 and the pool as it was, without a timeout that was never set. */
async function answeringWhatWas(): Promise<ServerUnderTest> {
  const reference = await knownServers.reference('elb', false)
  const wire: Wire = async (request, deadline) => {
    if (request.method !== 'PUT') return reference.wire(request, deadline)
    const { body: _, ...look } = request
    const before = await reference.wire({ ...look, method: 'GET' }, deadline)
    const answer = await reference.wire(request, deadline)
    const text = before.text.replace(/,"persistence_timeout":(?:\d+|null)/, '')
    return answer.status < 300 ? { ...answer, status: 202, text } : answer
  }
  return { ...reference, wire }
}

test('rows that no old answer shows are undecided, and the others are asked', async () => {
  const { outcomes } = await examine(await answeringWhatWas(), suites, isRow)
  const families = new Map([...outcomes].map(([id, { thrown }]) => [id, thrown?.family]))
  expect([...families.values()]).not.toContain('broken')
  const timeout = 'elb/update-pool/response.pool.session_persistence.persistence_timeout.type'
  expect(families.get(timeout)).toBe('unasked')
  expect(families.get('elb/update-pool/response.pool.name.type')).toBeUndefined()
})
