import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { suites } from '../../suites/index.ts'
import { Lanes } from '../check/lanes.ts'
import { perform } from '../check/perform.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { checks } from '../prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Dialect } from '../model.ts'
import { openJournal } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { elbMutants } from '../reference/elb/mutants/index.ts'
import { elbReference } from '../reference/elb/reference.ts'
import { readJournals } from '../session/journal-file.ts'
import { sweep } from '../sweep/index.ts'
import type { Target } from '../target.ts'
import { finalCleanUp } from './final-clean-up.ts'
import { Keep } from './keep.ts'

const run = { id: '0a1b2c3d', seed: 1 }

function answered(status: number, text: string) {
  return { status, headers: [], text }
}
const options = { asynchronousMilliseconds: 0 }

/** Asks one check of a target without hooks, on one lane; the final clean-up is still to come. */
async function asked(
  wire: Wire,
  id = 'slb/remove-vserver-group-backend-servers/empties',
  lent: object = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-final-'))
  // A journal that is closed with nothing open takes its directory with it.
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const asOf: Dialect = id.startsWith('slb/') ? 'slb' : 'elb'
  const { hooks: _hooks, ...target } = referenceTarget(asOf, 'http://reference.invalid', options)
  const { name, dialect, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const around = { wire, environment: referenceEnvironment, journal }
  const limits = { lanes: 1, pollSeconds: 0.001, settleSeconds: 0.01 }
  const given = { ...target.given, ...lent }
  const session = openSession({ ...target, given, limits } as Target, run, around)
  const own = suites.filter((suite) => suite.dialect === dialect)
  const [{ fixtures }] = own as [(typeof own)[number]]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const meant = checks(own, (one) => one === id)
  for (const check of meant) await perform(check, fixtures, session, lanes)
  return { end: () => finalCleanUp(session, lanes), journals: () => readJournals(folder) }
}

/** What a target may answer to every look once it shows nothing any more. */
const blind: readonly (readonly [string, number, string])[] = [
  ['access is denied', 403, '{"Code":"Forbidden","Message":"denied"}'],
  ['everything is unknown', 404, '{}'],
  ['the body is null', 200, 'null'],
  ['the lists have another name', 200, '{"items":[]}'],
  ['the server is broken', 500, '{}'],
  ['lists are empty, and objects unknown', 404, '{"Code":"InvalidLoadBalancerId.NotFound"}'],
]

/** An empty list, where that is asked for. */
function emptyList(url: string) {
  const [, kind] = /\/lbaas\/(\w+)(?:\?|$)/.exec(url) ?? []
  if (kind !== undefined) return answered(200, `{"${kind}":[]}`)
  const none = '{"RequestId":"1","TotalCount":0,"LoadBalancers":{"LoadBalancer":[]}}'
  return url.includes('DescribeLoadBalancers') ? answered(200, none) : undefined
}

const oneOf = { elb: 'elb/delete-pool/status-204', slb: undefined } as const

test.each(blind.flatMap((one) => [['elb', ...one] as const, ['slb', ...one] as const]))(
  '%s: where looks show nothing at the end of a run, since %s, what it made is left and named',
  async (dialect, why, status, text) => {
    const server = reference(dialect, options)
    const direct = directWire(server)
    let isBlind = false
    const writes: string[] = []
    const wire: Wire = async (request, deadline) => {
      const isLook = dialect === 'elb' ? request.method === 'GET' : /=Describe/.test(request.url)
      const list = why.startsWith('lists are empty') ? emptyList(request.url) : undefined
      if (isBlind && isLook) return list ?? answered(status, text)
      if (isBlind) writes.push(`${request.method} ${request.url}`)
      return direct(request, deadline)
    }
    const { end, journals } = await asked(wire, oneOf[dialect])
    const before = server.inventory()
    expect(before).toMatchObject({ loadBalancers: 1 })
    isBlind = true
    const { leftovers } = await end()
    expect(leftovers.join('\n')).toMatch(/poolproof-0a1b2c3d-lb-1/)
    expect([writes, server.inventory()]).toEqual([[], before])
    expect((await journals()).map(({ heading }) => heading)).toMatchObject([{ run: run.id }])
  },
)

test.each(['elb', 'slb'] as const)(
  '%s: a load balancer whose removal is accepted and not carried out, by a target that then denies every look, is named',
  async (dialect) => {
    const server = reference(dialect, options)
    const direct = directWire(server)
    let isOver = false
    const wire: Wire = async (request, deadline) => {
      const isRemoval =
        (request.method === 'DELETE' && request.url.includes('/loadbalancers/')) ||
        request.url.includes('=DeleteLoadBalancer&')
      isOver ||= isRemoval
      if (isRemoval) return answered(200, '{"RequestId":"1"}')
      return isOver ? answered(403, '{"Code":"Forbidden"}') : direct(request, deadline)
    }
    const { end, journals } = await asked(wire, oneOf[dialect])
    const { leftovers } = await end()
    expect(isOver).toBe(true)
    expect(leftovers.join('\n')).toMatch(/poolproof-0a1b2c3d-lb-1 may still be there/)
    expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
    expect(await journals()).toHaveLength(1)
  },
)

test('elb: a pool on a lent load balancer that is not shown any more, and that nothing has removed, is named', async () => {
  const server = reference('elb', options)
  const direct = directWire(server)
  const loadbalancer = { name: 'theirs', vip_subnet_id: 's' }
  const made = await operator('elb', direct)(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id: loadBalancerId } = made['loadbalancer'] as { id: string }
  let isBlind = false
  const wire: Wire = async (request, deadline) => {
    isBlind ||= request.method === 'DELETE'
    const isLook = request.method === 'GET' && /\/pools/.test(request.url)
    if (!isBlind || !isLook) return direct(request, deadline)
    return emptyList(request.url) ?? answered(404, '{}')
  }
  const { end, journals } = await asked(wire, 'elb/update-pool/answer-lists-members', {
    loadBalancerId,
  })
  const { leftovers } = await end()
  expect(server.inventory()).toMatchObject({ pools: 1 })
  expect(leftovers.join('\n')).toMatch(
    /pools poolproof-0a1b2c3d-pool-\d+ is not shown any more, and this run has not removed it/,
  )
  expect(await journals()).toHaveLength(1)
})

test('slb: a load balancer of ours on which somebody else has put a group is left, and said to be', async () => {
  const server = reference('slb', options)
  const direct = directWire(server)
  const send = operator('slb', direct)
  const RegionId = 'cn-hangzhou'
  let LoadBalancerId: string | undefined
  const wire: Wire = async (request, deadline) => {
    const answer = await direct(request, deadline)
    const made = /"LoadBalancerId":"([^"]+)"/.exec(answer.text)?.[1]
    if (LoadBalancerId !== undefined || made === undefined) return answer
    LoadBalancerId = made
    const group = { RegionId, LoadBalancerId, VServerGroupName: 'theirs' }
    await send(slbCall('CreateVServerGroup', group))
    return answer
  }
  const { end } = await asked(wire)
  const { leftovers } = await end()
  expect(server.inventory()).toMatchObject({ loadBalancers: 1, vserverGroups: 1 })
  expect(leftovers).toEqual([expect.stringContaining('(theirs), which no run made')])
})

test('slb: a load balancer that somebody has renamed since is left, and named', async () => {
  const server = reference('slb', options)
  const direct = directWire(server)
  let isRenamed = false
  const wire: Wire = async (request, deadline) => {
    const answer = await direct(request, deadline)
    const text = answer.text.replaceAll('poolproof-0a1b2c3d-lb-1', 'production')
    return isRenamed ? { ...answer, text } : answer
  }
  const { end } = await asked(wire)
  isRenamed = true
  const { leftovers } = await end()
  expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
  expect(leftovers).toEqual([expect.stringMatching(/^This run made LoadBalancer .*production/)])
})

test('elb: a list that cannot be read is not a leftover where everything is removed in the end', async () => {
  const server = elbReference()
  const direct = directWire(server)
  let isEnd = false
  const wire: Wire = async (request, deadline) => {
    const { pathname } = new URL(request.url)
    if (pathname.endsWith('/healthmonitors')) return answered(404, '{}')
    const isPool = request.method === 'DELETE' && /\/pools\/[^/]+$/.test(pathname)
    return isPool && !isEnd ? answered(409, '{}') : direct(request, deadline)
  }
  const { end } = await asked(wire, 'elb/update-pool/omitted-description')
  expect(server.inventory()).not.toMatchObject({ pools: 0 })
  isEnd = true
  const { leftovers } = await end()
  expect([leftovers, server.inventory()]).toEqual([
    [],
    expect.objectContaining({ pools: 0, loadBalancers: 0 }),
  ])
})

test('elb: what a failed check created is kept, named, and swept later; nothing else is kept', async () => {
  const mutant = elbMutants.find(({ breaks }) => breaks === 'elb/update-pool/omitted-description')
  const server = elbReference(mutant ? { change: mutant.mutate } : {})
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-kept-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { hooks: _hooks, ...target } = referenceTarget('elb', 'http://reference.invalid', options)
  const { name, dialect, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const around = { wire: directWire(server), environment: referenceEnvironment, journal }
  const limits = { lanes: 2, pollSeconds: 0.001, settleSeconds: 0.01 }
  const session = openSession({ ...target, limits }, run, around)
  const own = suites.filter((suite) => suite.dialect === 'elb')
  const [{ fixtures }] = own as [(typeof own)[number]]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const meant = ['elb/update-pool/omitted-description', 'elb/delete-pool/status-204']
  const keep = new Keep(1)
  for (const check of checks(own, (id) => meant.includes(id))) {
    const manner = { reduce: true, ...keep.mannerOf(target, check.requirement) }
    await perform(check, fixtures, session, lanes, manner)
  }
  const { leftovers } = await finalCleanUp(session, lanes)
  const pools = leftovers.filter((one) => one.startsWith('pools '))
  expect(pools.length).toBeGreaterThan(0)
  expect(server.inventory()).toMatchObject({ loadBalancers: 1, pools: pools.length })
  expect(leftovers.join('\n')).toMatch(
    /^pools \/pools\/\S+ poolproof-0a1b2c3d-\S+, kept for elb\/update-pool\/omitted-description\.$/m,
  )
  const command = `poolproof sweep --target FILE --run 0a1b2c3d --journal ${relative('', folder)}`
  expect(leftovers.at(-1)).toContain(`\`${command}\``)
  const read = await readJournals(folder)
  expect(read).toHaveLength(1)
  const later = openSession({ ...target, limits }, { id: 'ffffffff', seed: 1 }, around)
  const { left, removed } = await sweep(later, { run: run.id, read })
  expect(left).toEqual([])
  expect(removed.length).toBeGreaterThanOrEqual(2)
  expect(server.inventory()).toMatchObject({ loadBalancers: 0, pools: 0 })
})

test('what a waiver names is not kept, nor more than was asked for', () => {
  const target = referenceTarget('elb', 'http://reference.invalid', options)
  const waiver = { requirement: 'elb/x', reason: 'r', owner: 'o', expires: '2999-01-01' }
  const requirement = { id: 'elb/x', level: 'must', text: 't', source: 's' } as const
  expect(new Keep().mannerOf(target, requirement)).toEqual({})
  expect(new Keep(1).mannerOf({ ...target, waivers: [waiver] }, requirement)).toEqual({})
  const keep = new Keep(1)
  const [first, second] = [keep.mannerOf(target, requirement), keep.mannerOf(target, requirement)]
  expect([first.keep?.(), second.keep?.()]).toEqual([true, false])
})
