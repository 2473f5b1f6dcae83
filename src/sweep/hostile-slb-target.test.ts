import { expect, test } from 'vitest'
import { losesNothing } from '../../bench/hostile-draws.ts'

// A thousand in all.
test.each([11, 12, 13, 14])(
  'slb: a target that calls foreign objects ours loses nothing, 250 times, seed %i',
  { timeout: 600_000 },
  async (seed) => {
    expect(await losesNothing('slb', { numRuns: 250, seed })).toBeGreaterThan(125)
  },
)
