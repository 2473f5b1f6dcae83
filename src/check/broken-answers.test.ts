import { expect, test } from 'vitest'
import { withBrokenAnswers } from './broken-answers.ts'
import type { Outcome } from './check.ts'

const passed: Outcome = { exchanges: [], leftovers: [], milliseconds: 1 }
const broken = [{ requirement: 'elb/delete-pool/status-204', message: 'It answered 200.' }]

test('an answer fails the requirement that it breaks, and not the check that it came in', () => {
  const outcomes = new Map<string, Outcome>([
    ['my target elb/delete-pool/gone', { ...passed, broken }],
    ['my target elb/delete-pool/status-204', passed],
  ])
  const judged = withBrokenAnswers(outcomes)
  expect(judged.get('my target elb/delete-pool/gone')).not.toHaveProperty('thrown')
  expect(judged.get('my target elb/delete-pool/status-204')?.thrown).toEqual({
    family: 'broken',
    message: 'It answered 200.',
  })
})

test('what failed by itself keeps its own reason', () => {
  const thrown = { family: 'broken', message: 'Its own.' } as const
  const outcomes = new Map<string, Outcome>([
    ['elb/delete-pool/gone', { ...passed, broken }],
    ['elb/delete-pool/status-204', { ...passed, thrown }],
  ])
  expect(withBrokenAnswers(outcomes).get('elb/delete-pool/status-204')?.thrown).toEqual(thrown)
})
