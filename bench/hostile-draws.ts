/** Drawn lies of a hostile target, and what has to hold whatever it says. */

import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Dialect } from '../src/model.ts'
import { hostileRun, type Hostile } from './hostile-run.ts'
import { spellings, type Lie } from './hostile-target.ts'
import { lyingLooks } from './lying-looks.ts'

export const noLie: Lie = {
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

/**
 * Asks a few checks of each of so many hostile targets: whatever they call ours, nothing of others is touched.
 *
 * @returns how often a target lied.
 * @throws what fast-check throws: the least lie with which something was lost.
 */
export async function losesNothing(
  dialect: Dialect,
  { numRuns, seed }: { readonly numRuns: number; readonly seed: number },
): Promise<number> {
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
    { numRuns, seed },
  )
  return lies
}
