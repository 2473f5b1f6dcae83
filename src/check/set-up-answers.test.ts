/** Answers to set-up operations: what is judged, what is left alone, and that it stays apart. */
import { expect, test } from 'vitest'
import type { Exchange, HttpRequest } from '../model.ts'
import { apartFromSetUp, judgeSetUp, withSetUp } from './set-up-answers.ts'
import { withBrokenAnswers } from './broken-answers.ts'

function answered(request: Partial<HttpRequest>, body: unknown, status = 201): Exchange {
  const text = JSON.stringify(body)
  const asked = { method: 'POST', path: '/v2.0/lbaas/pools', headers: [], ...request }
  return { purpose: 'arrange', request: asked, status, headers: [], body, text } as Exchange
}

function rows(exchange: Exchange): readonly string[] {
  return judgeSetUp(exchange).map(({ requirement }) => requirement)
}

test('a row of the response table that an answer does not keep, under the name of the operation', () => {
  const pool = { id: 'p-1', admin_state_up: 'yes', lb_algorithm: 'GUESS', name: 'a' }
  expect(rows(answered({}, { pool }))).toEqual([
    'elb/create-pool/response.pool.lb_algorithm.enum',
    'elb/create-pool/response.pool.admin_state_up.type',
  ])
})

test.each([
  ['null, of which the page says nothing', answered({}, { pool: { name: null } })],
  ['a key that no row describes', answered({}, { pool: { colour: 3 } })],
  ['a refusal', answered({}, { pool: { name: 3 } }, 400)],
  ['another operation', answered({ path: '/v2.0/lbaas/flavors' }, { pool: { name: 3 } })],
  ['no body', answered({}, undefined)],
])('%s is no finding', (_, exchange) => expect(rows(exchange)).toEqual([]))

test('an RPC call is told by its Action, and integers may be digits in no list of a newer form', () => {
  const query = [['Action', 'CreateVServerGroup']] as const
  const call = { method: 'GET', path: '/', query }
  expect(rows(answered(call, { VServerGroupId: 7 }, 200))).toEqual([
    'slb/create-vserver-group/response.VServerGroupId.type',
  ])
})

test('findings of set-up stay apart from those of the requirements', () => {
  const judge = withSetUp(() => [{ requirement: 'elb/update-pool/a', message: 'm' }])
  const broken = judge(answered({}, { pool: { name: 3 } }), [])
  const outcome = { exchanges: [], leftovers: [], milliseconds: 0, broken }
  const { outcomes, setUp } = apartFromSetUp(new Map([['t elb/delete-pool/x', outcome]]))
  expect(setUp).toMatchObject([
    { requirement: 'elb/create-pool/response.pool.name.type', key: 't elb/delete-pool/x' },
  ])
  expect([...withBrokenAnswers(outcomes).keys()]).toEqual([
    't elb/delete-pool/x',
    't elb/update-pool/a',
  ])
})

test('a finding of set-up that was asked for is one of the requirements', () => {
  const judge = withSetUp(() => [])
  const broken = judge(answered({}, { pool: { name: 3 } }), [])
  const outcome = { exchanges: [], leftovers: [], milliseconds: 0, broken }
  const asked = new Set(['elb/create-pool/response.pool.name.type'])
  const { outcomes, setUp } = apartFromSetUp(new Map([['t elb/delete-pool/x', outcome]]), asked)
  expect(setUp).toEqual([])
  expect([...withBrokenAnswers(outcomes).keys()]).toContain(
    't elb/create-pool/response.pool.name.type',
  )
})
