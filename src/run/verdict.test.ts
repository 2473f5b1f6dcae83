import { describe, expect, test } from 'vitest'
import type { Family, Outcome } from '../check/check.ts'
import type { Waiver } from '../target.ts'
import { fingerprintOf } from '../report/fingerprint.ts'
import { judge as judgeAll, type Judgement } from './verdict.ts'

function outcome(family?: Family): Outcome {
  const thrown = family ? { thrown: { family, message: 'because' } } : {}
  return { ...thrown, exchanges: [], leftovers: [], milliseconds: 1 }
}

function waiver(expires: string): Waiver {
  return { requirement: 'elb/delete-pool/members-first', reason: 'known', owner: 'me', expires }
}

const id = 'elb/delete-pool/members-first'

function judge(
  what: Outcome,
  one: Waiver | undefined,
  today: string,
  pinMismatch?: string,
): Judgement {
  return judgeAll({ outcome: what, id, waivers: one ? [one] : [], today, pinMismatch })
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

const of = (expires: string, fingerprint?: string): Waiver => ({
  ...waiver(expires),
  ...(fingerprint === undefined ? {} : { fingerprint, failure: 'as it was' }),
})

/** Each state that a waiver can be in, and what the gate makes of it. */
describe('a waiver of one failure', () => {
  const same = fingerprintOf({ id, reason: 'because' })
  const [later, before, other] = ['2027-02-01', '2027-01-30', '0123456789abcdef'] as const
  const none = undefined

  test.each([
    // what came        waivers                                    verdict           said of the waiver
    ['broken', [], 'fail', none],
    ['broken', [of(later)], 'waived', none],
    ['broken', [of(later, same)], 'waived', none],
    ['broken', [of(today, same)], 'waived', none],
    ['broken', [of(before)], 'fail', 'expired on 2027-01-30'],
    ['broken', [of(before, same)], 'fail', 'expired on 2027-01-30'],
    ['broken', [of(later, other)], 'fail', 'fails in another way than its waiver excuses'],
    ['broken', [of(before, other)], 'fail', 'fails in another way than its waiver excuses'],
    ['broken', [of(later, other), of(later, same)], 'waived', none],
    ['broken', [of(before, same), of(later, same)], 'waived', none],
    ['broken', [of(later, other), of(before, same)], 'fail', 'expired on 2027-01-30'],
    [none, [of(later, same)], 'pass', 'passes now. Delete the waiver.'],
    [none, [of(before, same)], 'pass', 'passes now. Delete the waiver.'],
    [none, [{ ...of(later), profile: 'otc' }], 'pass', none],
    ['unasked', [of(later, same)], 'inconclusive', none],
    ['unasked', [of(before, other)], 'inconclusive', none],
    ['not-offered', [of(later, same)], 'not-applicable', none],
    ['ours', [of(later, same)], 'inconclusive', none],
  ] as const)('%s with %j: %s, %s', (family, waivers, verdict, said) => {
    const judgement = judgeAll({ outcome: outcome(family), id, waivers, today })
    expect(judgement.verdict).toBe(verdict)
    expect(judgement.stale ?? '').toContain(said ?? '')
    expect(judgement.stale === undefined).toBe(said === undefined)
    expect(judgement.waiver !== undefined).toBe(verdict === 'waived')
  })

  test('names the failure that it is for, and the one that is there now', () => {
    const { stale } = judge(outcome('broken'), of(later, other), today)
    expect(stale).toContain('The waiver is for "as it was"; now it is "because"')
  })
})
