import { expect, test } from 'vitest'
import { drawnPairs, resultOf } from '../../bench/mutant-pairs.ts'

/** More of them: `npm run bench:pairs`. */
test.each(drawnPairs(5, 5))(
  'compare and merge miss and invent nothing: $one and $other',
  async (pair) => {
    const { real, wrong } = await resultOf(pair)
    expect(wrong).toEqual([])
    expect(real).toBeGreaterThan(0)
  },
)
