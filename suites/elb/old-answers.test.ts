/** A server that answers an update before it carries it out shows the pool as it was: no row fails for that. */

import { expect, test } from 'vitest'
import { examine } from '../../src/prove/examine.ts'
import { knownServers } from '../../src/reference/known-servers.ts'
import { suites } from '../index.ts'

const isRow = (id: string) => id.startsWith('elb/update-pool/response.')

test('rows that no old answer shows are undecided, and the others are asked', async () => {
  const server = await knownServers.variant('elb', 'update-answers-202-and-what-was')
  const { outcomes } = await examine(server, suites, isRow)
  const families = new Map([...outcomes].map(([id, { thrown }]) => [id, thrown?.family]))
  expect([...families.values()]).not.toContain('broken')
  const timeout = 'elb/update-pool/response.pool.session_persistence.persistence_timeout.type'
  expect(families.get(timeout)).toBe('unasked')
  expect(families.get('elb/update-pool/response.pool.name.type')).toBeUndefined()
})
