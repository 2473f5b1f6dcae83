import { expect, test } from 'vitest'
import type { Outcome } from '../check/check.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { Bail } from './bail.ts'

const target = referenceTarget('elb', 'http://reference.invalid', { asynchronousMilliseconds: 0 })
const requirement = { id: 'elb/x', level: 'must', text: 't', source: 's' } as const
const kept: Outcome = { exchanges: [], leftovers: [], milliseconds: 0 }
const broken: Outcome = { ...kept, thrown: { family: 'broken', message: 'm' } }
const unasked: Outcome = { ...kept, thrown: { family: 'unasked', message: 'm' } }

const asked = (bail: Bail, outcome: Outcome, of = target) =>
  bail.unlessReached(of, requirement, () => Promise.resolve(outcome))

const waiving = (expires: string) => ({
  ...target,
  waivers: [{ requirement: 'elb/x', reason: 'r', owner: 'o', expires }],
})

test('only failures count, and after so many of them nothing is asked', async () => {
  const bail = new Bail(2)
  for (const outcome of [broken, kept, unasked]) {
    expect(await asked(bail, outcome)).toBe(outcome)
    expect(bail.reached).toBeUndefined()
  }
  expect(await asked(bail, broken)).toBe(broken)
  expect(await asked(bail, kept)).toMatchObject({
    thrown: {
      family: 'unasked',
      message: 'Not asked: the run was to end after 2 failures (--bail 2).',
    },
  })
})

test('a waived failure does not count; an expired waiver excuses none', async () => {
  const bail = new Bail(1, new Date('2027-01-31T12:00:00Z'))
  await asked(bail, broken, waiving('2027-01-31'))
  bail.walked(waiving('2027-01-31'), { violation: { requirement: 'elb/x', message: 'm' } })
  expect(bail.reached).toBeUndefined()
  await asked(bail, broken, waiving('2027-01-30'))
  expect(bail.reached).toContain('after 1 failure (--bail 1)')
})

test('what a walk finds counts; without a number nothing does', () => {
  const bail = new Bail(1)
  bail.walked(target, {})
  expect(bail.reached).toBeUndefined()
  bail.walked(target, { violation: { requirement: 'elb/y', message: 'm' } })
  expect(bail.reached).toContain('--bail 1')
  const endless = new Bail(undefined)
  endless.walked(target, { violation: { requirement: 'elb/y', message: 'm' } })
  expect(endless.reached).toBeUndefined()
})
