import { describe, expect, test } from 'vitest'
import type { Waiver } from '../target.ts'
import { baselineOf } from './baseline.ts'
import { failureOf, fingerprintOf } from './fingerprint.ts'
import type { Finding, Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

const id = 'elb/delete-pool/members-first'

const reportOf = (...findings: readonly Finding[]): Report => ({ ...sampleReport(1), findings })

const written = (name: string, reason = 'It broke.'): Waiver => ({
  requirement: `elb/delete-pool/${name}`,
  reason: 'known, ticket 7',
  owner: 'them',
  expires: '2028-01-31',
  fingerprint: fingerprintOf({ id: `elb/delete-pool/${name}`, reason }),
})

const uuid = (number: number) => `5a9a3e9e-0000-4000-8000-00000000000${number}`

describe('a fingerprint', () => {
  test.each([
    [
      'DELETE /v2.0/lbaas/pools/5a9a3e9e-0a44-4f0e-9d9c-6e1f5d0c7a11 answered 204.',
      'DELETE /v2.0/lbaas/pools/3f0c9c57-0a44-4f0e-9d9c-6e1f5d0c7a11 answered 204.',
    ],
    ['poolproof-0a1b2c3d-pool-7 is gone.', 'poolproof-99999999-pool-12 is gone.'],
    [
      'pools.0 is gone (it was {"id":"5a9a3e9e-0a44-4f0e-9d9c-6e1f5d0c7a11","name":"poolproof-118b8b88-p…).',
      'pools.12 is gone (it was {"id":"3f0c9c57-0a44-4f0e-9d9c-6e1f5d0c7a11","name":"poolproof-0a1b2c3d-po…).',
    ],
    [
      'pools.0 is missing (expected {"id":"5a9a3e9e-0a44-4f0e-9d9c-6e1f5d0c7a11","name":"poolproof-118b8b88-p…).',
      'pools.12 is missing (expected {"id":"3f0c9c57-0a44-4f0e-9d9c-6e1f5d0c7a11","name":"poolproof-0a1b2c3d-po…).',
    ],
    [
      'Refused: {"pool":{"description":"Monitored, modulated infrastructure…. Seed 1.',
      'Refused: {"pool":{"description":"Front-line client-server network…. Seed 22.',
    ],
    ['It took 812 ms at 2027-01-31T08:00:00Z.', 'It took 9 ms at 2026-12-31T23:59:59.120Z.'],
    ['lb-bp1o94dp5i6ea is there.', 'lb-2ze7o5h52g02k is there.'],
    ['http://127.0.0.1:4711/x answered 500.', 'http://127.0.0.1:80/x answered 500.'],
    ['A Port that is not a number: "41525/tcp".', 'A Port that is not a number: "58015/tcp".'],
    ['The list: i-reference01:80 is gone.', 'The list: i-reference02:51234 is gone.'],
    [
      '6 of 8 requests of bound clients went elsewhere (client 1 to server 3, client 2 to server 2): server 1 answered 3, server 2 answered 5.',
      '8 of 9 requests of bound clients went elsewhere (client 1 to server 1): server 2 answered 9.',
    ],
    ['The list: 0.Port: expected 1025, got 34004.', 'The list: 0.Port: expected 58015, got 37.'],
    [
      `members: 9: expected "${uuid(1)}", got "${uuid(2)}"; 10 is missing (expected "${uuid(2)}").`,
      `members: 10 is missing (expected "${uuid(3)}").`,
    ],
    [
      `It changed: a.pools.0 was "${uuid(1)}", is "${uuid(2)}"; a.pools.1 is new ("${uuid(1)}").`,
      `It changed: a.pools.1 is new ("${uuid(3)}").`,
    ],
  ])('is the same where only ids, names, times and ports differ: %s', (one, other) => {
    expect(fingerprintOf({ id, reason: one })).toBe(fingerprintOf({ id, reason: other }))
  })

  test.each([
    ['It answered 204, expected a refusal (4xx).', 'It answered 500, expected a refusal (4xx).'],
    ['It answered 400 with {"code":"A"}.', 'It answered 400 with {"code":"B"}.'],
    ['a is missing (expected {"id":1}).', 'b is missing (expected {"id":1}).'],
    ['pools.0 is gone (it was {"id":1}).', 'members.0 is gone (it was {"id":1}).'],
    ['The weight 101 was accepted.', 'The weight 256 was accepted.'],
    [
      'It fails.',
      'It fails. It failed again when the pool has two members, and passed when any of that was left out.',
    ],
    ['The name "facade" is gone.', 'The name "decade" is gone.'],
  ])('is another where the failure is another: %s', (one, other) => {
    expect(fingerprintOf({ id, reason: one })).not.toBe(fingerprintOf({ id, reason: other }))
  })

  test('is another for another requirement', () => {
    const reason = 'It answered 204.'
    expect(fingerprintOf({ id, reason })).not.toBe(fingerprintOf({ id: `${id}-of-all`, reason }))
    expect(failureOf({})).toBe('')
  })
})

describe('a baseline', () => {
  const [first] = sampleReport(1).findings as [Finding]
  const finding = (name: string, verdict: Finding['verdict'], reason = 'It broke.'): Finding => {
    const { reason: _reason, waiver: _waiver, ...rest } = first
    return { ...rest, id: `elb/delete-pool/${name}`, verdict, reason }
  }
  const excuse = { owner: 'us', reason: 'TODO', expires: '2027-01-31' }

  test('has one waiver for each failure, which excuses only that failure', () => {
    const { waivers, added } = baselineOf(
      reportOf(finding('a', 'fail'), finding('b', 'pass'), finding('c', 'waived')),
      [],
      excuse,
    )
    expect(added).toEqual(['elb/delete-pool/a', 'elb/delete-pool/c'])
    expect(waivers[0]).toEqual({
      requirement: 'elb/delete-pool/a',
      ...excuse,
      fingerprint: fingerprintOf({ id: 'elb/delete-pool/a', reason: 'It broke.' }),
      failure: 'It broke.',
    })
  })

  test('keeps what people wrote while the failure is the same, and drops what is kept now', () => {
    const before = [
      written('a'),
      written('b'),
      written('c', 'Otherwise.'),
      written('d'),
      written('e'),
    ]
    const report = reportOf(
      finding('a', 'waived'),
      finding('b', 'pass'),
      finding('c', 'fail'),
      finding('d', 'inconclusive'),
    )
    const { waivers, added, dropped } = baselineOf(report, before, excuse)
    expect(waivers).toContain(before[0])
    expect(waivers).toContain(before[3])
    expect(waivers).toContain(before[4])
    expect(added).toEqual(['elb/delete-pool/c'])
    expect(dropped).toEqual(['elb/delete-pool/b'])
    expect(waivers).toHaveLength(4)
  })
})
