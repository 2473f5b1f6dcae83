import { describe, expect, test } from 'vitest'

import { without } from '../../mutant.ts'
import { elbBehaviour } from '../behaviour.ts'
import { conversation, ground, update } from '../test-client.ts'
import { elbMutants } from './index.ts'
import { canBeTold } from '../transcript.ts'

const all = elbMutants

describe('the mutants', () => {
  test('have ids of their own', () => {
    const ids = all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  test('break requirements of this dialect', () => {
    const strangers = all.filter(
      ({ breaks }) => !/^elb\/(update-pool|delete-pool|remove-member)\/[a-z]/.test(breaks),
    )
    expect(strangers).toEqual([])
  })

  test('the reference cannot be told from itself', () => {
    expect(canBeTold({})).toBe(false)
  })

  test('one lets updates through while the load balancer settles', () => {
    const id = 'updates-in-natural-window'
    const change = elbMutants.find((mutant) => mutant.id === id)?.mutate
    const { ask } = conversation({ change: change ?? without(id) })
    const { pool } = ground(ask)
    expect(update(ask, pool, { name: 'first' }).status).toBe(200)
    expect(update(ask, pool, { name: 'hasty' }).status).toBe(200)
    expect(ask('DELETE', `pools/${pool}`).status).toBe(409)
  })

  test.each(all.map((mutant) => [mutant.id, mutant] as const))(
    '%s can be told from the reference, and leaves it alone',
    (_id, { breaks, mutate }) => {
      const before = JSON.stringify(elbBehaviour)
      expect(canBeTold({ change: mutate }, breaks.split('/')[1])).toBe(true)
      expect(JSON.stringify(elbBehaviour)).toBe(before)
    },
  )
})
