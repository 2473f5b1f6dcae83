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
      checks: [0, 10, 20, 60, 120],
      lie: noLie,
    })
    expect(outcomes.map(({ thrown, leftovers }) => [thrown, leftovers])).toEqual(
      outcomes.map(() => [undefined, []]),
    )
    expect([harmed, left, after]).toEqual([[], {}, before])
  }
})
