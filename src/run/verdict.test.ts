import { describe, expect, test } from 'vitest'
import type { Family, Outcome } from '../check/check.ts'
import type { Waiver } from '../target.ts'
import { judge } from './verdict.ts'

function outcome(family?: Family): Outcome {
  const thrown = family ? { thrown: { family, message: 'because' } } : {}
  return { ...thrown, exchanges: [], leftovers: [], milliseconds: 1 }
}

function waiver(expires: string): Waiver {
  return { requirement: 'elb/delete-pool/members-first', reason: 'known', owner: 'me', expires }
}

const today = '2027-01-31'
const valid = waiver('2027-02-01')
const lastDay = waiver(today)
const expired = waiver('2027-01-30')

describe('without a waiver', () => {
  test.each([
    [undefined, { verdict: 'pass' }],
    ['broken', { verdict: 'fail', reason: 'because' }],
    ['unasked', { verdict: 'inconclusive', reason: 'because' }],
    ['not-offered', { verdict: 'not-applicable', reason: 'because' }],
  ] as const)('%s', (family, judgement) => {
    expect(judge(outcome(family), undefined, today)).toEqual(judgement)
  })
})

describe('with a waiver', () => {
  test.each([
    ['valid', valid],
    ['on its last day', lastDay],
  ])('a failure is waived: %s', (_when, one) => {
    expect(judge(outcome('broken'), one, today)).toEqual({
      verdict: 'waived',
      reason: 'because',
      waiver: one,
    })
  })

  test('that has expired, a failure remains a failure, and the waiver is named', () => {
    const judgement = judge(outcome('broken'), expired, today)
    expect(judgement).toMatchObject({ verdict: 'fail', reason: 'because' })
    expect(judgement.stale).toContain('elb/delete-pool/members-first expired on 2027-01-30')
    expect(judgement).not.toHaveProperty('waiver')
  })

  test.each([
    ['valid', valid],
    ['on its last day', lastDay],
    ['expired', expired],
  ])('a pass makes it stale: %s', (_when, one) => {
    const judgement = judge(outcome(), one, today)
    expect(judgement.verdict).toBe('pass')
    expect(judgement.stale).toContain('elb/delete-pool/members-first passes now')
  })

  test('of a shipped profile, a pass does not make it stale', () => {
    const shipped = { ...valid, profile: 'alibaba' }
    expect(judge(outcome(), shipped, today)).toEqual({ verdict: 'pass' })
    const late = judge(outcome('broken'), { ...expired, profile: 'alibaba' }, today)
    expect(late.stale).toContain('in the profile alibaba expired on 2027-01-30')
  })

  test.each([
    ['unasked', 'inconclusive'],
    ['not-offered', 'not-applicable'],
  ] as const)('%s stays %s, and the waiver is not stale', (family, verdict) => {
    for (const one of [valid, lastDay, expired]) {
      expect(judge(outcome(family), one, today)).toEqual({ verdict, reason: 'because' })
    }
  })
})

test.each([undefined, valid, expired])(
  'a fault of ours decides nothing, with or without a waiver',
  (one) => {
    expect(judge(outcome('ours'), one, today)).toEqual({
      verdict: 'inconclusive',
      reason:
        'This is a fault of Poolproof, not of the target, so nothing is known either way. because',
    })
  },
)

describe('with a pinned reading', () => {
  test('another reading fails, and says why', () => {
    const judgement = { verdict: 'fail', reason: 'not the one pinned' }
    expect(judge(outcome(), undefined, today, 'not the one pinned')).toEqual(judgement)
  })

  test('a failed check keeps its own reason', () => {
    const judgement = { verdict: 'fail', reason: 'because' }
    expect(judge(outcome('broken'), undefined, today, 'not the one pinned')).toEqual(judgement)
  })

  test('a waiver excuses the failure like any other', () => {
    const { verdict, waiver: by } = judge(outcome(), valid, today, 'not the one pinned')
    expect([verdict, by]).toEqual(['waived', valid])
  })
})
