import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck, type Check, type Suite } from '../check/check.ts'
import { knownServers } from '../reference/known-servers.ts'
import type { Proof } from './proof.ts'
import { prove } from './prove.ts'
import { onThisThread } from './threads.ts'

/** The ground of a check, reduced to the functions that a test replaces. */
type Ground = Record<string, (...given: readonly unknown[]) => Promise<unknown>>

type Replace = (ground: Ground) => Ground

/** Every repeated look gets the result of the first one: the check no longer looks afterwards. */
const lookingOnce =
  (...looks: readonly string[]): Replace =>
  (ground) => {
    const seen = new Map<string, Promise<unknown>>()
    const once =
      (look: string) =>
      async (...given: readonly unknown[]) => {
        const key = JSON.stringify([look, given])
        if (!seen.has(key)) seen.set(key, ground[look]?.(...given) ?? Promise.resolve())
        return structuredClone(await seen.get(key))
      }
    return { ...ground, ...Object.fromEntries(looks.map((look) => [look, once(look)])) }
  }

/** Every answer gets this status: the check no longer asserts the status. */
const answering =
  (ask: string, status: number): Replace =>
  (ground) => ({
    ...ground,
    [ask]: async (...given) => ({ ...((await ground[ask]?.(...given)) as object), status }),
  })

/** The check without its assertions. */
function withoutAssertions({ requirement, ask }: Check): Check {
  return {
    requirement,
    ask: (ground) => ask(ground).catch((error: unknown) => ignoringAssertions(error, requirement)),
  }
}

function ignoringAssertions(
  error: unknown,
  { readings = {} }: Check['requirement'],
): string | void {
  if (!(error instanceof Error) || error.name !== 'AssertionError') throw error
  return Object.keys(readings)[0]
}

const onGround =
  (replace: Replace) =>
  (check: Check): Check => ({
    requirement: check.requirement,
    ask: (ground) => check.ask(replace(ground) as never),
  })

/** The check alone, unchanged or broken, so that no other check finds what it misses. */
function only(id: string, broken = (check: Check): Check => check): Suite[] {
  return suites.map((suite) => ({
    ...suite,
    entries: suite.entries
      .filter((entry) => isCheck(entry))
      .filter(({ requirement }) => requirement.id === id)
      .map((check) => broken(check)),
  }))
}

/** The proof of `prove --only ID` with these suites, and the mutants that break this requirement. */
function proofOf(id: string, some: readonly Suite[]): Promise<Proof> {
  const selection = { only: [id], full: false }
  const mutants = knownServers.mutants.filter(({ breaks }) => breaks === id)
  return prove({
    ...selection,
    suites: some,
    knownServers: { ...knownServers, mutants, variants: [] },
    runner: onThisThread({ suites: some, walks: [] }, knownServers, selection),
    pairs: 0,
    seed: 1,
    about: { poolproof: '0', command: '', threads: 0 },
  })
}

const samples: readonly (readonly [string, string, (check: Check) => Check])[] = [
  ['elb/delete-pool/members-first', 'asserts nothing', withoutAssertions],
  ['elb/delete-pool/members-first', 'never looks afterwards', onGround(lookingOnce('survey'))],
  [
    'elb/delete-pool/members-first',
    'takes any answer as a refusal',
    onGround(answering('deletePool', 409)),
  ],
  [
    'elb/delete-pool/unknown-pool',
    'takes any answer as a refusal',
    onGround(answering('write', 404)),
  ],
  ['elb/remove-member/repeated', 'asserts nothing', withoutAssertions],
  ['elb/update-pool/persisted', 'asserts nothing', withoutAssertions],
  ['elb/update-pool/only-that-pool', 'never looks afterwards', onGround(lookingOnce('survey'))],
  [
    'elb/update-pool/active-only.pending-update',
    'never looks afterwards',
    onGround(lookingOnce('survey')),
  ],
  ['slb/remove-backend-servers/load-balancer-stays', 'asserts nothing', withoutAssertions],
  ['slb/remove-vserver-group-backend-servers/error-shape', 'asserts nothing', withoutAssertions],
  ['elb/update-pool/request.pool.lb_algorithm.enum', 'asserts nothing', withoutAssertions],
  [
    'elb/update-pool/request.pool.name.type',
    'never looks afterwards',
    onGround(lookingOnce('survey')),
  ],
  [
    'elb/update-pool/request.pool.description.max-length',
    'never looks afterwards',
    onGround(lookingOnce('survey')),
  ],
  ['elb/update-pool/response.pool.name.max-length', 'asserts nothing', withoutAssertions],
]

test.each(samples)('%s is a shortcoming when it %s', async (id, _how, broken) => {
  const { shortcomings, exitCode } = await proofOf(id, only(id, broken))
  expect(shortcomings.filter((one) => one.includes(id))).not.toEqual([])
  expect(exitCode).toBe(1)
})

test.each([...new Set(samples.map(([id]) => id))])(
  '%s without changes has no shortcoming',
  async (id) => {
    expect((await proofOf(id, only(id))).shortcomings).toEqual([])
  },
)
