import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck, type Check, type Suite } from '../check/check.ts'
import { collection } from '../reference/collection.ts'
import type { Proof } from './proof.ts'
import { prove } from './prove.ts'
import { here } from './threads.ts'

/** What a check stands on, as far as a careless hand can spoil it. */
type Ground = Record<string, (...given: readonly unknown[]) => Promise<unknown>>

type Spoil = (ground: Ground) => Ground

/** A look that is taken once, and remembered: the look afterwards is gone. */
const lookingOnce =
  (...looks: readonly string[]): Spoil =>
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

/** Whatever was answered passes for this status: the assertion on it is gone. */
const answering =
  (ask: string, status: number): Spoil =>
  (ground) => ({
    ...ground,
    [ask]: async (...given) => ({ ...((await ground[ask]?.(...given)) as object), status }),
  })

/** Nothing that is asserted matters. */
function toothless({ requirement, ask }: Check): Check {
  return {
    requirement,
    ask: (ground) => ask(ground).catch((error: unknown) => assertionsAside(error, requirement)),
  }
}

function assertionsAside(error: unknown, { readings = {} }: Check['requirement']): string | void {
  if (!(error instanceof Error) || error.name !== 'AssertionError') throw error
  return Object.keys(readings)[0]
}

const standing =
  (spoil: Spoil) =>
  (check: Check): Check => ({
    requirement: check.requirement,
    ask: (ground) => check.ask(spoil(ground) as never),
  })

/** The check alone, as it is or spoilt, so that no other finds what it misses. */
function only(id: string, spoilt = (check: Check): Check => check): Suite[] {
  return suites.map((suite) => ({
    ...suite,
    entries: suite.entries
      .filter((entry) => isCheck(entry))
      .filter(({ requirement }) => requirement.id === id)
      .map((check) => spoilt(check)),
  }))
}

/** What `prove --only ID` says when the check is not what it was. */
function proofOf(id: string, some: readonly Suite[]): Promise<Proof> {
  const manner = { only: [id], full: false }
  return prove({
    ...manner,
    suites: some,
    collection: { ...collection, variants: [] },
    bench: here(some, collection, manner),
    pairs: 0,
    seed: 1,
    about: { poolproof: '0', command: '', threads: 0 },
  })
}

const samples: readonly (readonly [string, string, (check: Check) => Check])[] = [
  ['elb/delete-pool/members-first', 'asserts nothing', toothless],
  ['elb/delete-pool/members-first', 'never looks afterwards', standing(lookingOnce('survey'))],
  [
    'elb/delete-pool/members-first',
    'takes any answer for a refusal',
    standing(answering('deletePool', 409)),
  ],
  ['elb/delete-pool/status-204', 'takes any status', standing(answering('deletePool', 204))],
  ['elb/remove-member/repeated', 'asserts nothing', toothless],
  ['elb/update-pool/persisted', 'asserts nothing', toothless],
  ['elb/update-pool/only-that-pool', 'never looks afterwards', standing(lookingOnce('survey'))],
  [
    'elb/update-pool/active-only.pending-update',
    'never looks afterwards',
    standing(lookingOnce('survey')),
  ],
  ['slb/remove-backend-servers/removes-named-server', 'asserts nothing', toothless],
  ['slb/remove-vserver-group-backend-servers/error-shape', 'asserts nothing', toothless],
  ['elb/update-pool/request.pool.lb_algorithm.enum', 'asserts nothing', toothless],
  [
    'elb/update-pool/request.pool.name.type',
    'never looks afterwards',
    standing(lookingOnce('survey')),
  ],
  [
    'elb/update-pool/request.pool.description.max-length',
    'never looks afterwards',
    standing(lookingOnce('survey')),
  ],
  ['elb/update-pool/response.pool.listeners.items.id.type', 'asserts nothing', toothless],
]

test.each(samples)('%s is named when it %s', async (id, _how, spoilt) => {
  const { shortcomings, exitCode } = await proofOf(id, only(id, spoilt))
  expect(shortcomings.filter((one) => one.includes(id))).not.toEqual([])
  expect(exitCode).toBe(1)
})

test.each([...new Set(samples.map(([id]) => id))])(
  '%s as it is proves itself',
  { timeout: 60_000 },
  async (id) => {
    expect((await proofOf(id, only(id))).shortcomings).toEqual([])
  },
)
