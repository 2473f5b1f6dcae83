import { describe, expect, test } from 'vitest'

import { elbBehaviour } from './behaviour.ts'
import { elbMutants } from './mutants.ts'
import { transcript } from './transcript.ts'

describe('the mutants', () => {
  const faultless = transcript()

  test('have ids of their own', () => {
    const ids = elbMutants.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  test('break requirements of this dialect', () => {
    const strangers = elbMutants.filter(
      ({ breaks }) => !/^elb\/(update-pool|delete-pool|remove-member)\/[a-z]/.test(breaks),
    )
    expect(strangers).toEqual([])
  })

  test('the reference says the same each time', () => {
    expect(transcript()).toEqual(faultless)
  })

  test.each(elbMutants.map((mutant) => [mutant.id, mutant] as const))(
    '%s can be told from the reference, and leaves it alone',
    (_id, { mutate }) => {
      const before = JSON.stringify(elbBehaviour)
      expect(transcript({ change: mutate })).not.toEqual(faultless)
      expect(JSON.stringify(elbBehaviour)).toBe(before)
    },
  )
})
