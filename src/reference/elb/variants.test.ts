import { describe, expect, test } from 'vitest'

import { conversation, ground } from './conversation.ts'
import { elbMutants } from './mutants.ts'
import { transcript } from './transcript.ts'
import { elbVariants } from './variants.ts'

describe('the variants', () => {
  const reference = transcript()

  test('have ids of their own, which no mutant has', () => {
    const ids = [...elbVariants, ...elbMutants].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(elbVariants.map((variant) => [variant.id, variant] as const))(
    '%s differs, and says 5xx to nothing',
    (_id, { change }) => {
      const said = transcript({ change })
      expect(said).not.toEqual(reference)
      const statuses = said.map((line) => (JSON.parse(line) as readonly unknown[])[3])
      expect(statuses.filter((status) => Number(status) >= 500)).toEqual([])
    },
  )

  test.each(elbVariants.map((variant) => [variant.id, variant] as const))(
    '%s still shows what stands',
    (_id, { change }) => {
      const { ask, wait } = conversation({ change })
      const { pool } = ground((...asked) => {
        wait(1000)
        return ask(...asked)
      })
      expect(ask('GET', `pools/${pool}`).body['pool']).toMatchObject({ id: pool, name: 'first' })
    },
  )
})
