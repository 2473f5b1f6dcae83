import { describe, expect, it } from 'vitest'
import { slbMutants, slbVariants } from './index.ts'
import { firstDifference, transcript } from './session.ts'

const reference = transcript()

describe('the variants of slb', () => {
  it('have ids of their own, also among the mutants', () => {
    const ids = [...slbMutants, ...slbVariants].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(slbVariants)('$id shows in the conversation', ({ change }) => {
    expect(firstDifference(reference, { change })).toBeDefined()
  })
})
