import { expect, test } from 'vitest'
import { losesNothing, noLie } from '../../bench/hostile-draws.ts'
import { hostileRun } from '../../bench/hostile-run.ts'

// A thousand in all.
test.each([11, 12, 13, 14])(
  'elb: a target that calls foreign objects ours loses nothing, 250 times, seed %i',
  { timeout: 600_000 },
  async (seed) => {
    expect(await losesNothing('elb', { numRuns: 250, seed })).toBeGreaterThan(125)
  },
)

test.each(['elb', 'slb'] as const)('%s: the same target without a lie passes', async (dialect) => {
  for (const lent of [false, true]) {
    const { outcomes, harmed, before, after, left } = await hostileRun({
      dialect,
      lent,
      checks: [0, 10, 20, 75, 120],
      lie: noLie,
    })
    const ends = outcomes.map(({ thrown }) => thrown?.family ?? 'passes')
    // What a target does not offer is not asked: which checks these are by their place may change.
    expect(ends.filter((end) => !['passes', 'not-offered'].includes(end))).toEqual([])
    expect(ends.filter((end) => end === 'passes').length).toBeGreaterThan(2)
    expect(outcomes.flatMap(({ leftovers }) => leftovers)).toEqual([])
    expect([harmed, left, after]).toEqual([[], {}, before])
  }
})
