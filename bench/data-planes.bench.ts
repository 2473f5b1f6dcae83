/**
 * The checks of traffic, asked of load balancers that nobody here wrote: HAProxy and nginx behind the API of the
 * reference. Needs Debian's packages: `apt-get install haproxy nginx libnginx-mod-stream`.
 */

import { expect, test } from 'vitest'
import { suites } from '../suites/index.ts'
import { examine } from '../src/prove/examine.ts'
import { elbReference } from '../src/reference/elb/reference.ts'
import { referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { directWire } from '../src/wire/wire.ts'
import { installedProxy, missingFiles, type Broken, type programs } from './installed-proxies.ts'

type Name = keyof typeof programs

/** HAProxy 2.6 does not carry UDP for others. */
const protocols = { haproxy: ['TCP', 'HTTP'], nginx: ['TCP', 'HTTP', 'UDP'] } as const

/** Asks checks of a proxy. @returns the ids of those that did not pass, and why. */
async function asked(name: Name, ids: readonly string[], broken?: Broken) {
  const reference = elbReference({ traffic: () => installedProxy(name, broken) })
  const target = referenceTarget('elb', 'http://reference.invalid', {
    asynchronousMilliseconds: 0,
    traffic: true,
  })
  const { traffic } = target.given
  if (!traffic) throw new Error('The target of the reference lends no traffic.')
  const given = {
    ...target.given,
    traffic: { ...traffic, protocols: protocols[name], watchSeconds: 1, settleSeconds: 10 },
  }
  const { outcomes, leftovers } = await examine(
    {
      target: { ...target, given, limits: { ...target.limits, lanes: 2 } } as typeof target,
      environment: referenceEnvironment,
      wire: directWire(reference),
      setProvisioningStatus: () => Promise.resolve(),
      inventory: () => reference.inventory(),
      close: async () => reference.close?.(),
    },
    suites,
    (id) => ids.includes(id),
  )
  expect(leftovers).toEqual([])
  expect([...outcomes.keys()].toSorted()).toEqual(ids.toSorted())
  return [...outcomes].flatMap(([id, { thrown }]) =>
    thrown ? [`${id} ${thrown.family}: ${thrown.message}`] : [],
  )
}

const removal = [
  'new-connections',
  'new-requests',
  'new-connections-by-source-hash',
  'others-take-connections',
  'added-again-takes-connections',
  'open-connections',
  'open-responses',
  'keep-alive-connections',
].map((id) => `elb/remove-member/${id}`)

const sticky = [
  'source-ip-stickiness',
  'source-ip-stickiness-off',
  'source-ip-algorithm',
  'source-ip-weights',
  'round-robin-weights',
].map((id) => `elb/update-pool/${id}`)

const cookies = [
  'http-cookie-stickiness',
  'app-cookie-stickiness',
  'http-cookie-stickiness-off',
  'app-cookie-stickiness-off',
  'same-client',
  'stickiness-of-new-type',
].map((id) => `elb/update-pool/${id}`)

const bound = ['http-cookie', 'app-cookie', 'address'].map(
  (by) => `elb/remove-member/new-connections-bound-by-${by}`,
)

const datagrams = 'elb/remove-member/new-datagrams'

const faults: readonly (readonly [name: Name, broken: Broken, id: string])[] = [
  ['haproxy', 'weights-under-source', 'elb/update-pool/source-ip-weights'],
  ['haproxy', 'connections-cut', 'elb/remove-member/open-connections'],
  ['haproxy', 'connections-cut', 'elb/remove-member/open-responses'],
  ['haproxy', 'removal-not-told', 'elb/remove-member/new-connections'],
  ['haproxy', 'removal-not-told', 'elb/remove-member/new-requests'],
  ['haproxy', 'removal-told-late', 'elb/remove-member/new-connections'],
  ['haproxy', 'removed-is-drained', 'elb/remove-member/new-connections-bound-by-http-cookie'],
  ['haproxy', 'hash-keeps-removed', 'elb/remove-member/new-connections-by-source-hash'],
  ['haproxy', 'removal-takes-others', 'elb/remove-member/others-take-connections'],
  ['haproxy', 'added-again-not-told', 'elb/remove-member/added-again-takes-connections'],
  ['haproxy', 'no-cookie', 'elb/update-pool/http-cookie-stickiness'],
  ['haproxy', 'cookie-ignored', 'elb/update-pool/http-cookie-stickiness'],
  ['haproxy', 'table-lost-at-reload', 'elb/update-pool/same-client'],
  ['haproxy', 'persistence-never-off', 'elb/update-pool/http-cookie-stickiness-off'],
  ['haproxy', 'other-cookie', 'elb/update-pool/app-cookie-stickiness'],
  ['haproxy', 'no-stick-table', 'elb/update-pool/source-ip-stickiness'],
  ['haproxy', 'source-port-in-key', 'elb/update-pool/source-ip-stickiness'],
  ['haproxy', 'algorithm-not-told', 'elb/update-pool/source-ip-algorithm'],
  ['haproxy', 'weights-not-told', 'elb/update-pool/round-robin-weights'],
  ['nginx', 'connections-cut', 'elb/remove-member/open-connections'],
  ['nginx', 'connections-cut', 'elb/remove-member/open-responses'],
  ['nginx', 'removal-not-told', 'elb/remove-member/new-connections'],
  ['nginx', 'removal-not-told', 'elb/remove-member/new-requests'],
  ['nginx', 'removal-not-told', datagrams],
  ['nginx', 'removal-told-late', datagrams],
  ['nginx', 'hash-keeps-removed', 'elb/remove-member/new-connections-by-source-hash'],
  ['nginx', 'weights-under-source', 'elb/update-pool/source-ip-weights'],
  ['nginx', 'source-port-in-key', 'elb/update-pool/source-ip-algorithm'],
  ['nginx', 'persistence-never-off', 'elb/update-pool/source-ip-stickiness-off'],
]

for (const name of ['haproxy', 'nginx'] as const) {
  const missing = missingFiles(name)
  if (missing.length === 0) continue
  test(`${name} is installed`, () => {
    expect.fail(
      `There is no ${missing.join(' and no ')}. Install it: apt-get install haproxy nginx libnginx-mod-stream`,
    )
  })
}

const isInstalled = (name: Name) => missingFiles(name).length === 0

test.runIf(isInstalled('haproxy'))('HAProxy, configured as the pages say, keeps them', async () => {
  expect(await asked('haproxy', [...removal, ...sticky, ...cookies, ...bound])).toEqual([])
})

test.runIf(isInstalled('nginx'))('nginx, configured as the pages say, keeps them', async () => {
  expect(await asked('nginx', [...removal, datagrams, ...sticky])).toEqual([])
})

test.each(faults.filter(([name]) => isInstalled(name)))(
  '%s with %s breaks %s',
  async (name, broken, id) => {
    const [failed = '', ...more] = await asked(name, [id], broken)
    expect(more).toEqual([])
    expect(failed).toContain(`${id} broken:`)
  },
)
