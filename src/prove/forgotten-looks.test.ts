import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck, type Check, type Suite } from '../check/check.ts'
import { collection } from '../reference/collection.ts'
import { attempt, type Tried } from './trial.ts'

type Ground = Readonly<Record<string, unknown>>
type Look = (...given: readonly unknown[]) => Promise<unknown>

/** How checks look. What they look at twice, they compare. */
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

/** The check, on another ground. */
function standing(check: Check, on: (ground: Ground) => Ground): Check {
  return {
    requirement: check.requirement,
    ask: (ground) => check.ask(on(ground) as never),
  }
}

/** Every look noted that was taken before. */
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

/** One look is taken once, and remembered: the look afterwards is gone. */
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

const manner = { only: [], full: false }

function askReference(suite: Suite, check: Check): Promise<Tried> {
  const { dialect } = suite
  const alone = [{ ...suite, entries: [check] }]
  return attempt({ kind: 'reference', dialect, asynchronous: false }, collection, alone, manner)
}

/** Does the check still find every fault that is its own? */
async function isNoWorse(suite: Suite, spoilt: Check): Promise<boolean> {
  const { dialect } = suite
  if ((await askReference(suite, spoilt)).said.length > 0) return false
  const alone = [{ ...suite, entries: [spoilt] }]
  const own = collection.mutants.filter(({ breaks }) => breaks === spoilt.requirement.id)
  for (const fault of own) {
    const mutant = { kind: 'mutants', dialect, faults: [fault] } as const
    const { said } = await attempt(mutant, collection, alone, manner)
    if (!said.some(({ family }) => family === 'broken')) return false
  }
  return true
}

test('no check could do without a look that it takes again', { timeout: 300_000 }, async () => {
  const needless: string[] = []
  for (const suite of suites) {
    for (const check of suite.entries.filter((entry) => isCheck(entry))) {
      const repeated = new Set<string>()
      await askReference(
        suite,
        standing(check, (ground) => noting(ground, repeated)),
      )
      for (const look of repeated) {
        const spoilt = standing(check, (ground) => remembering(ground, look))
        if (await isNoWorse(suite, spoilt)) needless.push(`${check.requirement.id}: ${look}`)
      }
    }
  }
  expect(needless).toEqual([])
})
