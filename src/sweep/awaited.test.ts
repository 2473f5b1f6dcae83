/** A service may carry out a creation long after it has not answered it: nobody sees it then, and it costs money. */

import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Entry } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const name = `poolproof-${run}-lb-1`
const options = { asynchronousMilliseconds: 0 }
const endpoint = 'http://reference.invalid'
const intent: Entry = { intent: 1, kind: 'loadbalancers', name }
const unanswered: readonly Entry[] = [intent, { of: 1, unknown: true }]

interface Late {
  /** After how many lists of load balancers the creation is carried out. */
  readonly comesAfter: number
  readonly entries?: readonly Entry[]
  readonly began?: string
}

async function swept({ comesAfter, entries = unanswered, began = new Date().toISOString() }: Late) {
  const server = reference('elb', options)
  const direct = directWire(server)
  const send = operator('elb', direct)
  const loadbalancer = { name, vip_subnet_id: 's' }
  let lists = 0
  const wire: Wire = async (request, deadline) => {
    const answer = await direct(request, deadline)
    if (!request.url.includes('/loadbalancers')) return answer
    lists += 1
    if (lists === comesAfter) await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
    return answer
  }
  const limits = { pollSeconds: 0.01, settleSeconds: 0.2 }
  const target = { ...referenceTarget('elb', endpoint, options), limits } as Target
  const around = { wire, environment: referenceEnvironment }
  const session = openSession(target, { id: 'ffffffff', seed: 1 }, around)
  const heading = { run, target: 'reference', dialect: 'elb', endpoint, began } as const
  const read = [{ file: 'j.jsonl', heading, entries, odd: [] }]
  const { left, cleared } = await sweep(session, { run, read })
  return { left, isCleared: cleared.length === 1, there: server.inventory()['loadBalancers'] }
}

test('what comes while a sweep waits for it is removed', async () => {
  expect(await swept({ comesAfter: 2 })).toEqual({ left: [], isCleared: true, there: 0 })
})

test.each([
  ['has no answer', unanswered],
  ['was on its way', [intent]],
  [
    'was sent again and made the second time',
    [
      ...unanswered,
      { ...intent, intent: 2 },
      { of: 2, made: ['/loadbalancers/b'] },
      { removed: ['/loadbalancers/b'] },
    ],
  ],
] as const)(
  'a load balancer that %s and does not come is named, and the journal stays',
  async (_what, entries) => {
    const { left, isCleared } = await swept({ comesAfter: Infinity, entries })
    expect(left).toEqual([
      expect.stringMatching(/\(poolproof-0a1b2c3d-lb-1\) .*no answer to its creation came/),
    ])
    expect(isCleared).toBe(false)
  },
)

test('nothing comes any more long after a run was over', async () => {
  const old = { comesAfter: Infinity, began: '2026-01-02T03:04:05Z' }
  expect(await swept(old)).toEqual({ left: [], isCleared: true, there: 0 })
})

test('what was to be put on something that is gone cannot come', async () => {
  const entries: readonly Entry[] = [
    { intent: 1, kind: 'pools', name: 'x', parent: '/listeners/l' },
    { intent: 2, kind: 'members', parent: '/pools/p' },
  ]
  expect((await swept({ comesAfter: Infinity, entries })).left).toEqual([])
})
