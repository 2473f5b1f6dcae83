import { describe, expect, test } from 'vitest'

import { conversation, ground } from '../test-client.ts'
import { elbMutants } from '../mutants/index.ts'
import { canBeTold, transcript } from '../transcript.ts'
import { elbVariants } from './index.ts'

/** One line of a transcript, the fourth thing in which is the status. */
function isFailure(line: string): boolean {
  return Number((JSON.parse(line) as readonly unknown[])[3]) >= 500
}

describe('the variants', () => {
  test('have ids of their own, which no mutant has', () => {
    const ids = [...elbVariants, ...elbMutants].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(elbVariants.map((variant) => [variant.id, variant] as const))(
    '%s differs, and says 5xx to nothing',
    (_id, { change }) => {
      expect(canBeTold({ change })).toBe(true)
      expect(transcript({ change }).filter(isFailure)).toEqual([])
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
