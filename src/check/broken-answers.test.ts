import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import type { Exchange, HttpRequest } from '../model.ts'
import { withBrokenAnswers } from './broken-answers.ts'
import { judgeOf, type Outcome } from './check.ts'

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

const call = (Action: string): HttpRequest => ({
  method: 'GET',
  path: '/',
  query: [
    ['Action', Action],
    ['VServerGroupId', 'rsp-1'],
  ],
})

function answered(purpose: 'ask' | 'look', action: string): Exchange {
  const body = { RequestId: 'A', VServerGroupId: 'rsp-1', BackendServers: ['i-1'] }
  const text = JSON.stringify(body)
  return { purpose, request: call(action), status: 200, headers: [], body, text }
}

test('an answer whose list cannot be read is compared with no other, and ends nothing', () => {
  const removal = answered('ask', 'RemoveVServerGroupBackendServers')
  const look = answered('look', 'DescribeVServerGroupAttribute')
  expect(judgeOf(suites)(look, [removal])).toEqual([])
})
