import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { suites } from '../../suites/index.ts'
import { checks, examine, type Examined } from '../prove/examine.ts'
import type { ServerUnderTest } from '../prove/known-servers.ts'
import { elbReference, type ElbReferenceOptions } from '../reference/elb/reference.ts'
import { elbMutants } from '../reference/elb/mutants/index.ts'
import { deciding, without, type Change } from '../reference/mutant.ts'
import { slbMutants, slbReference, type SlbReferenceOptions } from '../reference/slb/index.ts'
import type { ElbStore } from '../reference/elb/store.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { everyEnvironment, everyTarget } from '../reference/credential-kinds.ts'

const here = { elb: 'http://reference.invalid', slb: 'http://reference.invalid' }
const all = everyTarget(here)
const ofElb = all.filter(([, { dialect }]) => dialect === 'elb')
const ofSlb = all.filter(([, { dialect }]) => dialect === 'slb')

function elb(target: Target, options: ElbReferenceOptions = {}): ServerUnderTest {
  return underTest(elbReference(options), target)
}

function slb(target: Target, options: SlbReferenceOptions = {}): ServerUnderTest {
  return underTest(slbReference(options), target)
}

function underTest(server: ReturnType<typeof elbReference>, target: Target): ServerUnderTest {
  return {
    target,
    environment: everyEnvironment,
    wire: directWire(server),
    setProvisioningStatus: async (id, status) => void server.setProvisioningStatus(id, status),
    inventory: () => ({ ...server.inventory() }),
    close: () => Promise.resolve(),
  }
}

/** Each check that did not end as on a server that keeps everything, with what it said. */
function complaints({ outcomes }: Examined): string[] {
  return [...outcomes].flatMap(([id, { thrown }]) =>
    thrown && thrown.family !== 'not-offered' ? [`${id}: ${thrown.message}`] : [],
  )
}

/** What the checks that concern credentials are called. */
const concerned =
  /\/(?:credentials-required|other-project|other-account|altered-parameter|unknown-access-key)$/

/** All of the smaller operations; of the others, what concerns credentials. */
const withEveryKind = (id: string) =>
  concerned.test(id) || /^(?:elb\/(?:delete-pool|remove-member)|slb\/remove-backend)/.test(id)

describe('the reference takes every kind of credentials', () => {
  test.each(all)('%s', async (_kind, target) => {
    const server = target.dialect === 'elb' ? elb(target) : slb(target)
    const { outcomes, ...examined } = await examine(server, suites, withEveryKind)
    expect(complaints({ outcomes, ...examined })).toEqual([])
    expect(examined.held).toEqual({})
    const asked = [...outcomes].filter(([id]) => concerned.test(id))
    expect(asked.length).toBeGreaterThan(5)
    // None is left out: whatever is asked with one kind can be asked with every other.
    expect(asked.filter(([, { thrown }]) => thrown)).toEqual([])
  })
})

const ofDeletePool = (id: string) => id.startsWith('elb/delete-pool')

/**
 * The reference, and how many tokens it has issued. Its clock moves each time it is read, and ours shows the same
 * time: a token lasts for some hundred requests, however fast the machine is.
 */
function countingTokens() {
  let now = 0
  const ours = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => ours.mockRestore())
  const reference = elbReference({ tokenMilliseconds: 400, now: () => (now += 1) })
  const given = { tokens: 0 }
  const handle: typeof reference.handle = (request) => {
    if (request.url.endsWith('/auth/tokens')) given.tokens += 1
    return reference.handle(request)
  }
  return { server: { ...reference, handle }, given }
}

test('a token that expires several times in the middle of a run ends no check', async () => {
  const [, target] = all.find(([kind]) => kind === 'elb, password, by names') ?? []
  if (!target) throw new Error('There is no such kind.')
  const { server, given } = countingTokens()
  const examined = await examine(underTest(server, target), suites, ofDeletePool)
  expect(complaints(examined)).toEqual([])
  expect(examined.held).toEqual({})
  expect(given.tokens).toBeGreaterThan(2)
})

async function cameOf(server: ServerUnderTest, id: string) {
  const { outcomes } = await examine(server, suites, (one) => one === id)
  return outcomes.get(id)?.thrown?.family ?? 'kept'
}

describe('faults of servers that take credentials are found with every kind', () => {
  const planted = elbMutants.filter(({ breaks }) => concerned.test(breaks))

  test.each(ofElb)('%s', async (_kind, target) => {
    // Some faults are about tokens that are taken for good, which a signature never was.
    const tokens = 'accessKeyId' in target.auth ? /for-any-token$/ : /^$/
    const faults = planted.filter(({ id }) => !tokens.test(id))
    expect(faults.length).toBeGreaterThan(5)
    for (const { id, breaks, mutate } of faults) {
      expect([id, await cameOf(elb(target, { change: mutate }), breaks)]).toEqual([id, 'broken'])
    }
  })

  test.each(ofSlb)('%s', async (_kind, target) => {
    const faults = slbMutants.filter(({ breaks }) => concerned.test(breaks))
    expect(faults.length).toBeGreaterThan(5)
    for (const { id, breaks, mutate } of faults) {
      expect([id, await cameOf(slb(target, { change: mutate }), breaks)]).toEqual([id, 'broken'])
    }
  })
})

describe('a server that does not verify a signature is found', () => {
  const faults: readonly (readonly [string, Change<ElbStore>])[] = [
    ['not at all', without('elb/set-up/signature')],
    [
      'but whether it is one',
      deciding('elb/set-up/signature', (_call, _store, original) =>
        original?.message.startsWith('Verify') ? undefined : original,
      ),
    ],
  ]

  test.each(faults)('elb, %s', async (_what, change) => {
    const [, target] = all.find(([kind]) => kind === 'elb, access key') ?? []
    if (!target) throw new Error('There is no such kind.')
    const asking = checks(suites, (id) => /^elb\/.*\/credentials-required$/.test(id))
    expect(asking.length).toBeGreaterThan(2)
    for (const { requirement } of asking) {
      const { id } = requirement
      expect([id, await cameOf(elb(target, { change }), id)]).toEqual([id, 'broken'])
    }
  })
})
