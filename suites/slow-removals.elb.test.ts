/** A sound server that takes its time to let go of what used a pool: no check fails for that, and no walk. */

import { expect, test } from 'vitest'
import { Lanes } from '../src/check/lanes.ts'
import { takeWalk } from '../src/check/take-walk.ts'
import { examine } from '../src/prove/examine.ts'
import type { ServerUnderTest } from '../src/prove/known-servers.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import type { Wire } from '../src/wire/wire.ts'
import { suites, walks } from './index.ts'

interface Slow {
  /** How many deletions of a pool are refused after what used it was removed. */
  readonly refusals?: number
  /** How many times a pool is shown with a health monitor that was deleted. */
  readonly oldLooks?: number
}

/** What a pool still does after something was removed from it. */
interface Held {
  refusals: number
  oldLooks: number
  readonly monitor: string | undefined
}

const inUse = '{"NeutronError":{"type":"EntityInUse","message":"in use","detail":""}}'

/** A reference that says nothing of itself, and every DELETE that was sent to it. */
async function slow({ refusals = 0, oldLooks = 0 }: Slow) {
  const server = await knownServers.reference('elb', false)
  const used = new Map<string, string>()
  const held = new Map<string, Held>()
  const deletions: string[] = []
  const note = (path: string, method: string, body = '', text = '') => {
    const { pool_id, redirect_pool_id } = inner(body)
    const pool = pool_id ?? redirect_pool_id
    if (method === 'POST' && pool !== undefined) {
      used.set(`${path}/${inner(text)['id'] ?? ''}`, pool)
    }
    if (method !== 'DELETE' && !('redirect_pool_id' in inner(body))) return
    const home = /^\/pools\/([^/]+)\/members\//.exec(path)?.[1] ?? used.get(path)
    if (home === undefined || method === 'POST') return
    const monitor = path.startsWith('/healthmonitors/') ? path.slice(16) : undefined
    held.set(home, { refusals, oldLooks, monitor })
  }
  const wire: Wire = async (request, deadline) => {
    const { method, url, body } = request
    const path = new URL(url).pathname.replace('/v2.0/lbaas', '')
    const pool = held.get(/^\/pools\/([^/]+)$/.exec(path)?.[1] ?? '')
    if (method === 'DELETE') deletions.push(path)
    if (method === 'DELETE' && pool && pool.refusals > 0) {
      pool.refusals -= 1
      return { status: 409, headers: [], text: inUse }
    }
    const answer = await server.wire(request, deadline)
    if (method !== 'GET' && answer.status < 300) note(path, method, body, answer.text)
    if (method !== 'GET' || pool?.monitor === undefined || pool.oldLooks === 0) return answer
    pool.oldLooks -= 1
    const old = `"healthmonitor_id":"${pool.monitor}"`
    return { ...answer, text: answer.text.replace('"healthmonitor_id":null', old) }
  }
  const { profile: _, ...target } = server.target
  return { server: { ...server, target, wire } satisfies ServerUnderTest, deletions }
}

function inner(text: string): Readonly<Record<string, string | undefined>> {
  const [first] = text === '' ? [] : Object.values(JSON.parse(text) as object)
  return (first ?? {}) as Readonly<Record<string, string | undefined>>
}

async function thrownBy(id: string, server: ServerUnderTest): Promise<unknown> {
  const { outcomes } = await examine(server, suites, (one) => one === id)
  expect(outcomes.has(id)).toBe(true)
  return outcomes.get(id)?.thrown
}

test.each([
  'elb/remove-member/unblocks-pool-deletion',
  'elb/delete-pool/other-load-balancer-untouched',
  'elb/delete-pool/unlink-by-null',
  'elb/delete-pool/health-monitor-first',
])('%s is kept where a pool is free only after a while', async (id) => {
  const { server } = await slow({ refusals: 3 })
  expect(await thrownBy(id, server)).toBeUndefined()
})

test('a question is put where a health monitor is shown for a while after its deletion', async () => {
  const { server } = await slow({ oldLooks: 1 })
  const id = 'elb/delete-pool/health-monitor-and-forwarding-policies-first'
  expect(await thrownBy(id, server)).toBeUndefined()
})

test('a walk finds nothing where a pool is free only after a while', async () => {
  const { server } = await slow({ refusals: 3 })
  const { target, wire, environment, setProvisioningStatus } = server
  const own = walks.find(({ dialect }) => dialect === 'elb')
  if (!own) throw new Error('No walks speak elb.')
  const around = { wire, environment, setProvisioningStatus }
  const session = openSession(target, { id: '00000000', seed: 1 }, around)
  const lanes = new Lanes(own.fixtures.laneSource(session, () => undefined))
  for (const number of [1, 2]) {
    const { violation, unfinished, leftovers } = await takeWalk(
      own,
      { number, seed: 1 },
      session,
      lanes,
    )
    expect([violation?.message, unfinished, leftovers]).toEqual([undefined, undefined, []])
  }
  expect(await lanes.close()).toEqual([])
})

test('a pool that is free at once is deleted by one request', async () => {
  const { server, deletions } = await slow({})
  expect(await thrownBy('elb/remove-member/unblocks-pool-deletion', server)).toBeUndefined()
  const pools = deletions.filter((path) => /^\/pools\/[^/]+$/.test(path))
  expect(pools.length).toBeGreaterThan(0)
  expect(pools).toEqual([...new Set(pools)])
})
