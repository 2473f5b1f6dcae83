/** Answers of the operations under test, held against the look after them. */

import { describe, expect, test } from 'vitest'
import { judgedAnswers, isPrompt, type JudgeAnswer } from '../src/check/check.ts'
import { elbRequest, updatePool } from '../src/dialects/elb.ts'
import { slbCall } from '../src/dialects/slb.ts'
import type { Exchange, HttpRequest, Purpose } from '../src/model.ts'
import { judgeUpdate } from './elb/answers.ts'
import { judgeGroupRemoval } from './slb/answers.ts'

function answered(purpose: Purpose, request: HttpRequest, body: unknown): Exchange {
  return { purpose, request, status: 200, headers: [], text: JSON.stringify(body), body }
}

const pool = (description: string) => ({
  pool: { id: 'p-1', description, loadbalancers: [{ id: 'l-1' }] },
})
const update = answered('ask', updatePool('p-1', { pool: { description: 'new' } }), pool('new'))
const look = (description: string) =>
  answered('look', elbRequest('GET', '/pools/p-1'), pool(description))
const other = answered('arrange', updatePool('p-1', { pool: { description: 'old' } }), pool('old'))

const group = { RegionId: 'r', VServerGroupId: 'rsp-1' }
const list = (port: number) => ({
  RequestId: '1',
  BackendServers: { BackendServer: [{ ServerId: 'i-1', Port: port, Weight: 1, Type: 'ecs' }] },
})
const removal = answered('ask', slbCall('RemoveVServerGroupBackendServers', group), list(80))
const lookAtGroup = (port: number) =>
  answered('look', slbCall('DescribeVServerGroupAttribute', group), list(port))

const named = (answers: readonly Exchange[], isSure: boolean, judge: JudgeAnswer) =>
  judgedAnswers(answers, isSure, judge)
    .map(({ requirement }) => requirement)
    .filter((id) => !id.includes('response'))

describe('an update and the look after it', () => {
  test.each([
    ['agree', [update, look('new')], []],
    ['differ', [update, look('old')], ['elb/update-pool/answer-equals-show']],
    ['differ after another write', [update, other, look('old')], []],
    ['differ where two updates may have met', [other, update, look('old')], []],
    [
      'are of different pools',
      [update, answered('look', elbRequest('GET', '/pools/p-2'), pool('old'))],
      [],
    ],
  ])('%s', (_, answers, expected) => {
    expect(named(answers, true, judgeUpdate)).toEqual(expected)
  })

  test('need not agree where a look may be old', () => {
    expect(named([update, look('old')], false, judgeUpdate)).toEqual([])
    expect(isPrompt({ profile: { asynchronous: false } })).toBe(false)
    expect(isPrompt({ profile: { asynchronous: false, delayedReads: false } })).toBe(true)
  })
})

describe('a removal and the look after it', () => {
  test.each([
    ['agree', [removal, lookAtGroup(80)], []],
    [
      'differ',
      [removal, lookAtGroup(81)],
      ['slb/remove-vserver-group-backend-servers/answer-lists-the-rest'],
    ],
    ['differ where two removals may have met', [removal, removal, lookAtGroup(81)], []],
  ])('%s', (_, answers, expected) => {
    expect(named(answers, true, judgeGroupRemoval)).toEqual(expected)
  })
})
