import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileRun, type Hostile } from '../../bench/hostile-run.ts'
import { spellings, type Lie } from '../../bench/hostile-target.ts'
import { lyingLooks } from '../../bench/lying-looks.ts'
import type { Dialect } from '../model.ts'

const noLie: Lie = {
  creations: [false],
  which: 0,
  spelling: 0,
  alsoMakes: true,
  usesIdsAgain: false,
  knowsEveryId: false,
  looks: 'honest',
}

/** Honest for some creations, and then no more. */
const creations = fc.nat(2).map((honest) => [...Array<boolean>(honest).fill(false), true])

const lie = fc.record<Lie>({
  creations: fc.oneof(
    { weight: 3, arbitrary: creations },
    { weight: 1, arbitrary: fc.constant([false]) },
  ),
  which: fc.nat(30),
  spelling: fc.nat(spellings.length - 1),
  alsoMakes: fc.boolean(),
  usesIdsAgain: fc.boolean(),
  knowsEveryId: fc.boolean(),
  looks: fc.oneof(fc.constant('honest' as const), fc.constantFrom(...lyingLooks)),
})

const drawn = (dialect: Dialect) =>
  fc.record<Hostile>({
    dialect: fc.constant(dialect),
    lent: fc.boolean(),
    checks: fc.array(fc.nat(400), { minLength: 1, maxLength: 2 }),
    lie,
  })

test.each(['elb', 'slb'] as const)(
  '%s: a target that calls foreign objects ours loses nothing, 500 times',
  { timeout: 600_000 },
  async (dialect) => {
    let lies = 0
    await fc.assert(
      fc.asyncProperty(drawn(dialect), async (hostile) => {
        const { harmed, before, after, outcomes, ...rest } = await hostileRun(hostile)
        expect(harmed).toEqual([])
        expect(after).toBe(before)
        const ours = outcomes.filter(({ thrown }) => thrown?.family === 'ours')
        expect(ours.map(({ thrown }) => thrown?.message)).toEqual([])
        lies += rest.lies
      }),
      { numRuns: 500, seed: 11 },
    )
    expect(lies).toBeGreaterThan(250)
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
