import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Entry } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const options = { asynchronousMilliseconds: 0 }
const endpoint = 'http://reference.invalid'

/** A pool with backend servers of these names; on what is named so. */
async function poolWith(names: readonly string[], called = `poolproof-${run}`) {
  const server = reference('elb', options)
  const wire = directWire(server)
  const send = operator('elb', wire)
  const make = async (path: string, key: string, fields: object) =>
    ((await send(elbRequest('POST', path, { [key]: fields })))[key] as { id: string }).id
  const home = { name: `${called}-lb-1`, vip_subnet_id: 's' }
  const loadbalancer_id = await make('/loadbalancers', 'loadbalancer', home)
  const kind = { protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id }
  const pool = await make('/pools', 'pool', { name: `${called}-pool-2`, ...kind })
  for (const [index, name] of names.entries()) {
    const place = { address: '192.0.2.10', protocol_port: 80 + index, subnet_id: 's' }
    await make(`/pools/${pool}/members`, 'member', { ...place, name })
  }
  /** Sweeps as if creations of these names, with these ports, had been on their way when the run was killed. */
  const swept = async (asked: readonly string[], ports?: readonly number[] | 'old' | 'address') => {
    const entries = asked.map((name, index): Entry => {
      const own = { intent: index + 1, kind: 'members', name, parent: `/pools/${pool}` }
      if (ports === 'old') return own
      if (ports === 'address') return { ...own, fields: ['address=192.0.2.10'] }
      const to = ports?.[index] ?? 80 + names.indexOf(name)
      return { ...own, fields: ['address=192.0.2.10', `protocol_port=${to}`, 'subnet_id=s'] }
    })
    const heading = {
      run,
      target: 'reference',
      dialect: 'elb',
      endpoint,
      began: '2026-01-01',
    } as const
    const read = [{ file: 'j.jsonl', heading, entries, odd: [] }]
    const target = { ...referenceTarget('elb', endpoint, options), limits: { pollSeconds: 0.01 } }
    const around = { wire, environment: referenceEnvironment }
    const session = openSession(target as Target, { id: 'ffffffff', seed: 1 }, around)
    const { left } = await sweep(session, { run, read })
    const { loadBalancers, pools, members } = server.inventory()
    return { left, there: { loadBalancers, pools, members } }
  }
  return { swept }
}

const nothing = { loadBalancers: 0, pools: 0, members: 0 }
const everything = (members: number) => ({ loadBalancers: 1, pools: 1, members })

test.each([
  { names: ['server'], asked: ['server'] },
  { names: [''], asked: [''] },
  { names: ['', 'server'], asked: ['server', ''] },
  // The first attempt did not arrive.
  { names: ['server'], asked: ['server', 'server'] },
  { names: ['server', 'server'], asked: ['server', 'server'], ports: [80, 81] },
])(
  'what was on its way when a run was killed is removed: $names',
  async ({ names, asked, ports }) => {
    const { swept } = await poolWith(names)
    expect(await swept(asked, ports)).toEqual({ left: [], there: nothing })
  },
)

test.each([
  { why: 'has another name', names: ['theirs'], asked: ['server'] },
  { why: 'was never asked for', names: ['server'], asked: [] },
  { why: 'has no name, and another port', names: [''], asked: [''], ports: [81] },
  { why: 'has the name, and another port', names: ['server'], asked: ['server'], ports: [81] },
])('what $why stays, with all that holds it', async ({ names, asked, ports }) => {
  const { swept } = await poolWith(names)
  const { left, there } = await swept(asked, ports)
  expect(there).toEqual(everything(names.length))
  expect(left.join()).toContain('which no run made')
})

test('of two without a name, the one that is not as it was asked for is somebody else’s', async () => {
  const { swept } = await poolWith(['', ''])
  const { left, there } = await swept([''], [80])
  expect(there).toEqual(everything(1))
  expect(left.join()).toContain('may have come of a creation whose answer never came')
})

test('what may be any of two stays, and so does what an older journal says nothing of', async () => {
  const two = await poolWith(['server', 'server'])
  expect((await two.swept(['server'], 'address')).there).toEqual(everything(2))
  const old = await poolWith([''])
  const { left, there } = await old.swept([''], 'old')
  expect(there).toEqual(everything(1))
  expect(left.join()).toContain('may have come of a creation whose answer never came')
})

test('in a pool that no run made, a journal proves nothing, and what it names is left', async () => {
  const { swept } = await poolWith(['server'], 'theirs')
  expect(await swept(['server'])).toEqual({
    left: [expect.stringMatching(/^members in \/pools\/.* \(server\) is still there, or may be/)],
    there: everything(1),
  })
})
