/** Whether a status tree is offered is decided after a while, not by its first look. */

import { expect, test } from 'vitest'
import { examine } from '../../src/prove/examine.ts'
import { knownServers } from '../../src/reference/known-servers.ts'
import { suites } from '../index.ts'

const asked = [
  'elb/update-pool/persisted-in-status-tree',
  'elb/delete-pool/gone-from-status-tree',
  'elb/remove-member/gone-from-status-tree',
]

async function thrownOn(variant: string): Promise<readonly unknown[]> {
  const { outcomes } = await examine(await knownServers.variant('elb', variant), suites, (id) =>
    asked.includes(id),
  )
  return asked.map((id) => outcomes.get(id)?.thrown)
}

test('a tree that is there only after a while is asked', async () => {
  expect(await thrownOn('status-tree-comes-later')).toEqual(asked.map(() => undefined))
})

test('one that does not come is not offered', async () => {
  const thrown = await thrownOn('has-no-status-tree')
  expect(thrown).toEqual(asked.map(() => expect.objectContaining({ family: 'not-offered' })))
})
