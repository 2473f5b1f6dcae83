import { expect, test } from 'vitest'
import { isCheck } from '../src/check/check.ts'
import { Lanes } from '../src/check/lanes.ts'
import { perform } from '../src/check/perform.ts'
import { takeWalk } from '../src/check/take-walk.ts'
import type { Feature } from '../src/model.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import { suites, walks } from './index.ts'

const seed = 5

/** A target whose TCP and HTTP pools take no timeout, and the same with a profile that says so. */
async function asking(profile: Partial<Record<Feature, boolean>>, faults: readonly string[] = []) {
  const specimen = await knownServers.mutant('elb', ['has-timeouts-for-udp-only', ...faults])
  const { wire, environment, setProvisioningStatus } = specimen
  const target = { ...specimen.target, profile: { ...specimen.target.profile, ...profile } }
  const around = { wire, environment, setProvisioningStatus }
  const session = openSession(target, { id: '00000000', seed }, around)
  const own = walks.find(({ dialect }) => dialect === 'elb')
  if (!own) throw new Error('No walks speak elb.')
  return { own, session, lanes: new Lanes(own.fixtures.laneSource(session, () => undefined)) }
}

const checks = suites.flatMap(({ operation, fixtures, entries }) =>
  entries
    .filter((entry) => isCheck(entry))
    .filter(() => operation === 'update-pool')
    .filter(({ requirement: { id } }) => /timeout|session|enum|cookie/.test(id))
    // What only traffic shows is asked of servers that carry it.
    .filter(({ requirement: { id } }) => !/stickiness|timeout-unit/.test(id))
    .map((check) => ({ check, fixtures })),
)

/** The ids of what ended in each way. */
async function endings(
  profile: Partial<Record<Feature, boolean>>,
  { faults = [], only = '' }: { readonly faults?: readonly string[]; readonly only?: string } = {},
) {
  const { session, lanes } = await asking(profile, faults)
  const ended: Record<string, string[]> = {}
  for (const { check, fixtures } of checks) {
    if (!check.requirement.id.endsWith(only)) continue
    const { thrown } = await perform(check, fixtures, session, lanes, { reduce: false })
    const ids = (ended[thrown?.family ?? 'kept'] ??= [])
    ids.push(check.requirement.id.replace('elb/update-pool/', ''))
  }
  await lanes.close()
  return ended
}

test('a target that offers no timeout on TCP and HTTP pools, and says so, breaks nothing by it', async () => {
  const {
    broken = [],
    unasked = [],
    'not-offered': left = [],
  } = await endings({
    persistenceTimeout: false,
  })
  expect({ broken, unasked }).toEqual({ broken: [], unasked: [] })
  expect(left).toContain('timeout-http-1440')
  expect(left).not.toContain('timeout-optional')
  expect(left.filter((id) => id.includes('udp'))).toEqual([])
  expect(left.filter((id) => ofAnyProtocol.includes(id))).toEqual([])
})

/** What can be asked of pools of one protocol as well as of another. */
const ofAnyProtocol = [
  'request.pool.session_persistence.persistence_timeout.type',
  'response.pool.session_persistence.persistence_timeout.type',
  'timeout-changed',
  'omitted-timeout',
  'timeout-not-restored',
  'timeout-kept',
]

test.each([
  ['same-type-is-no-change', 'timeout-changed'],
  ['revives-old-timeouts', 'timeout-not-restored'],
  ['timeout-kept-in-the-answer-only', 'timeout-kept'],
])('where only UDP pools have timeouts, %s is found on them', async (fault, id) => {
  const { broken = [] } = await endings(
    { persistenceTimeout: false },
    { faults: [fault], only: id },
  )
  expect(broken).toEqual([id])
})

test('without UDP pools either, nothing is asked about timeouts', async () => {
  const ended = await endings({ persistenceTimeout: false, udp: false })
  expect(ended).not.toHaveProperty('broken')
  expect(ended).not.toHaveProperty('unasked')
  expect(ended['not-offered']).toEqual(expect.arrayContaining(ofAnyProtocol))
})

test('one that does not say so breaks what the page promises', async () => {
  const { broken = [] } = await endings({})
  expect(broken).toEqual([
    'timeout-tcp-1',
    'timeout-tcp-60',
    'timeout-http-1',
    'timeout-http-61',
    'timeout-http-1440',
  ])
})

test('walks send it no timeout', async () => {
  const { own, session, lanes } = await asking({ persistenceTimeout: false })
  for (let number = 1; number <= 12; number += 1) {
    const { violation } = await takeWalk(own, { number, seed }, session, lanes)
    expect(violation).toBeUndefined()
  }
  await lanes.close()
})
