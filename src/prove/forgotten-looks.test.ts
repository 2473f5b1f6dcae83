import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck, type Check, type Suite } from '../check/check.ts'
import { knownServers } from '../reference/known-servers.ts'
import { runTrial, type TrialResult } from './trial.ts'

type Ground = Readonly<Record<string, unknown>>
type Look = (...given: readonly unknown[]) => Promise<unknown>

/** The functions with which checks look. What they look at twice, they compare. */
const looks = [
  'survey',
  'show',
  'shownPool',
  'listedPool',
  'sessionPersistence',
  'shownMember',
  'listedIds',
  'loadBalancerIds',
  'statusTree',
  'members',
  'loadBalancer',
  'groupIds',
]

/** The check with a changed ground. */
function withGround(check: Check, change: (ground: Ground) => Ground): Check {
  return {
    requirement: check.requirement,
    ask: (ground) => check.ask(change(ground) as never),
  }
}

/** Adds to `repeated` every look that is taken more than once. */
function noting(ground: Ground, repeated: Set<string>): Ground {
  const seen = new Set<string>()
  const noted = (look: string): Look => {
    const take = ground[look] as Look
    return (...given) => {
      const key = JSON.stringify([look, given])
      if (seen.has(key)) repeated.add(look)
      seen.add(key)
      return take(...given)
    }
  }
  const known = looks.filter((look) => typeof ground[look] === 'function')
  return { ...ground, ...Object.fromEntries(known.map((look) => [look, noted(look)])) }
}

/** Every repetition of this look gets the result of the first: the check no longer looks afterwards. */
function remembering(ground: Ground, look: string): Ground {
  const seen = new Map<string, Promise<unknown>>()
  const take = ground[look] as Look
  const remembered: Look = async (...given) => {
    const key = JSON.stringify(given)
    if (!seen.has(key)) seen.set(key, take(...given))
    return structuredClone(await seen.get(key))
  }
  return { ...ground, [look]: remembered }
}

const selection = { only: [], full: false }

function askReference(suite: Suite, check: Check): Promise<TrialResult> {
  const { dialect } = suite
  const alone = [{ ...suite, entries: [check] }]
  return runTrial(
    { kind: 'reference', dialect, asynchronous: false },
    knownServers,
    alone,
    selection,
  )
}

/** Does the changed check still find every mutant that breaks its requirement? */
async function isAsGood(suite: Suite, changed: Check): Promise<boolean> {
  const { dialect } = suite
  if ((await askReference(suite, changed)).notPassed.length > 0) return false
  const alone = [{ ...suite, entries: [changed] }]
  const own = knownServers.mutants.filter(({ breaks }) => breaks === changed.requirement.id)
  for (const fault of own) {
    const mutant = { kind: 'mutants', dialect, faults: [fault] } as const
    const { notPassed } = await runTrial(mutant, knownServers, alone, selection)
    if (!notPassed.some(({ family }) => family === 'broken')) return false
  }
  return true
}

test(
  'every repeated look of a check is needed to find a mutant',
  { timeout: 1_800_000 },
  async () => {
    const needless: string[] = []
    for (const suite of suites) {
      for (const check of suite.entries.filter((entry) => isCheck(entry))) {
        const repeated = new Set<string>()
        await askReference(
          suite,
          withGround(check, (ground) => noting(ground, repeated)),
        )
        for (const look of repeated) {
          const changed = withGround(check, (ground) => remembering(ground, look))
          if (await isAsGood(suite, changed)) needless.push(`${check.requirement.id}: ${look}`)
        }
      }
    }
    expect(needless).toEqual([])
  },
)
