import { describe, expect, it } from 'vitest'
import { slbMutants, slbVariants } from '../index.ts'
import { firstDifference, transcript } from '../session.ts'

const subjects = ['remove-backend-servers', 'remove-vserver-group-backend-servers'] as const
const references = subjects.map((subject) => [subject, transcript(subject)] as const)

describe('the variants of slb', () => {
  it('have ids of their own, also among the mutants', () => {
    const ids = [...slbMutants, ...slbVariants].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(slbVariants)('$id shows in the conversation', ({ change }) => {
    const isSeen = references.some(
      ([subject, lines]) => firstDifference(subject, lines, { change }) !== undefined,
    )
    expect(isSeen).toBe(true)
  })
})
