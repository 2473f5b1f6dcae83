/** The steps that are drawn: few servers and ports, so that they meet, and lists of every form. */

import * as fc from 'fast-check'
import type { Step } from '../../../src/check/walk.ts'
import type { Naming, Writing } from './removal-rules.ts'
import { RefusedStep, faults } from './refused-step.ts'
import { RemovalStep, type Form } from './removal-step.ts'
import { AdditionStep, DeletionStep } from './set-up-steps.ts'
import type { World } from './world.ts'

const look = fc.nat(59)

/** The first group, the default group where there is one, and now and then another. */
const which = fc.constantFrom(0, 2, 0, 2, 0, 1)

const form: fc.Arbitrary<Form> = fc.record({
  method: fc.constantFrom(
    'GET' as const,
    'GET' as const,
    'GET' as const,
    'POST' as const,
    'form' as const,
  ),
  format: fc.constantFrom('JSON' as const, 'JSON' as const, 'JSON' as const, 'XML' as const),
  spaced: fc.constantFrom(false, false, false, true),
})

const writing: fc.Arbitrary<Writing> = fc.record({
  ports: fc.constantFrom('text' as const, 'number' as const, 'mixed' as const),
  type: fc.constantFrom(false, false, false, true),
  weight: fc.constantFrom(
    'none' as const,
    'none' as const,
    'none' as const,
    'stored' as const,
    'other' as const,
  ),
})

const element = fc.record({
  what: fc.oneof<fc.MaybeWeightedArbitrary<Naming>[]>(
    { weight: 8, arbitrary: fc.constant('member') },
    { weight: 4, arbitrary: fc.constantFrom('stranger', 'absent', 'absent port', 'earlier') },
    { weight: 2, arbitrary: fc.constantFrom('cut id', 'cut id', 'extended id') },
    { weight: 1, arbitrary: fc.constantFrom('wrapped port', 'no port', 'no id') },
  ),
  nth: fc.nat(5),
})

const removal = fc
  .record({
    which,
    elements: fc.oneof(
      { weight: 2, arbitrary: fc.tuple(element) },
      { weight: 2, arbitrary: fc.tuple(element, element) },
      { weight: 1, arbitrary: fc.tuple(element, element, element) },
    ),
    all: fc.constantFrom(false, false, false, false, false, false, true),
    writing,
    form,
    look,
  })
  .map((drawn) => new RemovalStep(drawn))

const refused = fc
  .record({
    which,
    fault: fc.constantFrom(...faults, 'too many' as const, 'too many' as const),
    form,
    look,
  })
  .map((drawn) => new RefusedStep(drawn))

const addition = fc
  .record({ which, server: fc.nat(3), weight: fc.constantFrom(100, 37, 0) })
  .map((drawn) => new AdditionStep(drawn))

/** A kind that stands here more than once is drawn so much more often. */
export const steps: readonly fc.Arbitrary<Step<World>>[] = [
  ...Array.from({ length: 6 }, () => removal),
  ...Array.from({ length: 2 }, () => refused),
  ...Array.from({ length: 3 }, () => addition),
  fc.constant(new DeletionStep()),
]
