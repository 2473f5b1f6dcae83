import { expect, test } from 'vitest'
import { losesNothing, noLie } from '../../bench/hostile-draws.ts'
import { hostileRun } from '../../bench/hostile-run.ts'

test(
  'elb: a target that calls foreign objects ours loses nothing, 1,000 times',
  { timeout: 600_000 },
  () => losesNothing('elb', 1_000),
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
