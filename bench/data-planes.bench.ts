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
import { installedProxy, isInstalled, programs, type Broken } from './installed-proxies.ts'

type Name = keyof typeof programs

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
    traffic: { ...traffic, protocols: ['TCP', 'HTTP'], watchSeconds: 1, settleSeconds: 10 },
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

const faults: readonly (readonly [name: Name, broken: Broken, id: string])[] = [
  ['haproxy', 'weights-under-source', 'elb/update-pool/source-ip-weights'],
  ['haproxy', 'connections-cut', 'elb/remove-member/open-connections'],
  ['haproxy', 'connections-cut', 'elb/remove-member/open-responses'],
  ['haproxy', 'removal-not-told', 'elb/remove-member/new-connections'],
  ['haproxy', 'removal-not-told', 'elb/remove-member/new-requests'],
  ['haproxy', 'no-cookie', 'elb/update-pool/http-cookie-stickiness'],
  ['haproxy', 'no-stick-table', 'elb/update-pool/source-ip-stickiness'],
  ['nginx', 'connections-cut', 'elb/remove-member/open-connections'],
  ['nginx', 'connections-cut', 'elb/remove-member/open-responses'],
  ['nginx', 'removal-not-told', 'elb/remove-member/new-connections'],
  ['nginx', 'removal-not-told', 'elb/remove-member/new-requests'],
]

for (const name of ['haproxy', 'nginx'] as const) {
  if (isInstalled(name)) continue
  test(`${name} is installed`, () => {
    expect.fail(
      `There is no ${programs[name]}. Install it: apt-get install haproxy nginx libnginx-mod-stream`,
    )
  })
}

test.runIf(isInstalled('haproxy'))('HAProxy, configured as the pages say, keeps them', async () => {
  expect(await asked('haproxy', [...removal, ...sticky, ...cookies, ...bound])).toEqual([])
})

test.runIf(isInstalled('nginx'))('nginx, configured as the pages say, keeps them', async () => {
  expect(await asked('nginx', [...removal, ...sticky])).toEqual([])
})

test.each(faults.filter(([name]) => isInstalled(name)))(
  '%s with %s breaks %s',
  async (name, broken, id) => {
    const [failed = '', ...more] = await asked(name, [id], broken)
    expect(more).toEqual([])
    expect(failed).toContain(`${id} broken:`)
  },
)
