import { describe, expect, test } from 'vitest'
import { faults } from '../../bench/faults.ts'
import type { Fault } from '../../bench/faulty-server.ts'
import { faultyRun, inconclusive, wrongVerdicts } from '../../bench/faulty-run.ts'
import { inParallel } from '../../bench/in-parallel.ts'
import { killedRun } from '../../bench/killed-run.ts'
import { contradictions, unsteadyRun } from '../../bench/unsteady-run.ts'

/** `npm run bench:faults` plants each fault at every request; here each fault is at one. */
describe.each([
  ['elb', 'elb/delete-pool/members-first'],
  ['slb', 'slb/remove-vserver-group-backend-servers/empties'],
] as const)('%s with every network fault', (dialect, only) => {
  const trial = { dialect, meant: (id: string) => id === only }
  const quick = faults.filter((one) => (one.dialect ?? dialect) === dialect && !one.slow)

  test('no verdict is wrong, and a sweep leaves nothing', async () => {
    const sound = await faultyRun(trial)
    expect([inconclusive(sound), sound.held]).toEqual([0, {}])
    const tries = await inParallel([...quick.entries()], 4, async ([index, fault]) => {
      const at = 1 + ((index * 7 + 3) % sound.requests)
      const tried = await faultyRun({ ...trial, fault, at })
      return { fault: fault.name, at, wrong: wrongVerdicts(tried, sound), held: tried.held }
    })
    expect(tries).toEqual(tries.map(({ fault, at }) => ({ fault, at, wrong: [], held: {} })))
  })
})

test('a locked load balancer is waited for, whatever the request', async () => {
  const trial = {
    dialect: 'elb',
    meant: (id: string) => id === 'elb/delete-pool/status-204',
  } as const
  const lock = faults.find(({ name }) => name === 'a burst of locks')
  const sound = await faultyRun(trial)
  // The first request creates the load balancer, which cannot be locked yet.
  const positions = Array.from({ length: sound.requests - 1 }, (_, index) => index + 2)
  const tries = await inParallel(positions, 4, (at) =>
    faultyRun({ ...trial, at, ...(lock ? { fault: lock } : {}) }),
  )
  expect(tries.map((one) => [wrongVerdicts(one, sound), inconclusive(one), one.held])).toEqual(
    positions.map(() => [[], 0, {}]),
  )
})

const dependents = (id: string) => id === 'elb/delete-pool/all-three-first'
const meant = (id: string) => id.startsWith('elb/delete-pool')

describe('a run that cannot continue', () => {
  test('ends at its deadline when no answer comes', async () => {
    const deadline = new AbortController()
    const silence: Fault = { name: 'silence', lasts: Infinity, fail: () => deadline.abort() }
    // Longer than a test may take.
    const limits = { requestSeconds: 3600, patienceSeconds: 3600, cleanUpSeconds: 0.8 }
    const trial = { dialect: 'elb', meant, fault: silence, at: 20, limits } as const
    const ended = await faultyRun({ ...trial, over: deadline.signal })
    const { outcomes, held, leftovers } = ended
    const reasons = [...outcomes.values()].map(({ thrown }) => thrown?.message ?? '')
    expect(
      reasons.filter((reason) => reason.includes('the time limit of the run was reached')),
    ).not.toEqual([])
    expect(leftovers).not.toEqual([])
    expect(held).toEqual({})
  })

  test('ends early when the target no longer answers, and says why', async () => {
    const day = 24 * 3_600_000
    const gone: Fault = {
      name: 'gone',
      lasts: Infinity,
      fail: ({ stopListening }) => stopListening(day),
    }
    const trial = { dialect: 'elb', meant, fault: gone, at: 40 } as const
    const { outcomes, held } = await faultyRun({ ...trial, limits: { patienceSeconds: 0.3 } })
    const thrown = [...outcomes.values()].flatMap((one) => one.thrown ?? [])
    expect(thrown.filter(({ family }) => family !== 'unasked')).toEqual([])
    const given = thrown.filter(({ message }) => message.includes('stopped after 5 requests'))
    expect(given.length).toBeGreaterThan(10)
    expect(held).toEqual({})
  })
})

test('a sweep removes everything that a killed run left', async () => {
  const only = ['elb/delete-pool/all-three-first']
  const kills = [11, 24].map((at) => ({ dialect: 'elb', only, at, moment: 'after' }) as const)
  const results = await inParallel(kills, 2, killedRun)
  expect(results.map(({ killed, after }) => [killed, after])).toEqual(kills.map(() => [true, {}]))
  expect(results.some(({ before }) => Object.keys(before).length > 0)).toBe(true)
})

test('random faults, delays and order change no verdict', async () => {
  const steady = await unsteadyRun({ dialect: 'slb', seed: 0, perMille: 0 })
  const ended = await unsteadyRun({ dialect: 'slb', seed: 7, perMille: 10 })
  expect(ended.faults).toBeGreaterThan(0)
  expect([contradictions(ended, steady), ended.held]).toEqual([[], {}])
})

test('very large answers fill neither memory nor report, and give the same verdict as small ones', async () => {
  const fat: Fault = {
    name: 'fat',
    lasts: Infinity,
    fail: ({ serve, outgoing }) => {
      const { status, headers, body } = serve()
      outgoing.writeHead(status, headers).end(body === '' ? '' : body + ' '.repeat(4_000_000))
    },
  }
  const { outcomes, held } = await faultyRun({ dialect: 'elb', meant: dependents, fault: fat })
  const [outcome] = outcomes.values()
  expect([outcome?.thrown, held]).toEqual([undefined, {}])
  expect(JSON.stringify(outcome).length).toBeLessThan(1_000_000)
})
