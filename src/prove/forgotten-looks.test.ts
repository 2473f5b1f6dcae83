import { expect, test } from 'vitest'
import { looking as elbLooking } from '../../fixtures/elb/look.ts'
import { looking as slbLooking } from '../../fixtures/slb/look.ts'
import { suites } from '../../suites/index.ts'
import { isCheck, type Check, type Suite } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import { knownServers } from '../reference/known-servers.ts'
import { examine } from './examine.ts'
import { runTrial, type TrialResult } from './trial.ts'

type Ground = Readonly<Record<string, unknown>>
type Look = (...given: readonly unknown[]) => Promise<unknown>

/** The functions with which the checks of each dialect look. What they look at twice, they compare. */
const looking: Readonly<Record<Dialect, (context: never) => object>> = {
  elb: elbLooking,
  slb: slbLooking,
}

function looksOf(dialect: Dialect, ground: Ground): string[] {
  return Object.keys(looking[dialect](ground['context'] as never))
}

/** The check under the usual circumstances, with a changed ground. */
function withGround(check: Check, change: (ground: Ground) => Ground): Check {
  const { varies: _, ...requirement } = check.requirement
  return { requirement, ask: (ground) => check.ask(change(ground) as never) }
}

/** Adds to `repeated` every one of these looks that is taken more than once. */
function noting(ground: Ground, looks: readonly string[], repeated: Set<string>): Ground {
  const seen = new Set<string>()
  const noted = (look: string): Look => {
    const take = ground[look] as Look
    return (...given) => {
      const key = JSON.stringify([look, given])
      const taken = take(...given)
      // A function that answers at once reads what was seen before.
      if (seen.has(key) && taken instanceof Promise) repeated.add(look)
      seen.add(key)
      return taken
    }
  }
  return { ...ground, ...Object.fromEntries(looks.map((look) => [look, noted(look)])) }
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
    { suites: alone, walks: [] },
    selection,
  )
}

/** Does the changed check still find every mutant that breaks its requirement, and say the same of variants? */
async function isAsGood(suite: Suite, check: Check, changed: Check): Promise<boolean> {
  const { dialect } = suite
  if ((await askReference(suite, changed)).notPassed.length > 0) return false
  const alone = [{ ...suite, entries: [changed] }]
  const own = knownServers.mutants.filter(({ breaks }) => breaks === changed.requirement.id)
  for (const fault of own) {
    const mutant = { kind: 'mutants', dialect, faults: [fault] } as const
    const { notPassed } = await runTrial(
      mutant,
      knownServers,
      { suites: alone, walks: [] },
      selection,
    )
    if (!notPassed.some(({ family }) => family === 'broken')) return false
  }
  for (const { id } of knownServers.variants.filter((one) => one.dialect === dialect)) {
    const usual = withGround(check, (ground) => ground)
    if ((await saidOf(suite, usual, id)) !== (await saidOf(suite, changed, id))) return false
  }
  return true
}

/** What a check says of a variant: the reading that it saw, or how it failed. */
async function saidOf(suite: Suite, check: Check, variant: string): Promise<string> {
  const server = await knownServers.variant(suite.dialect, variant)
  const { outcomes } = await examine(server, [{ ...suite, entries: [check] }])
  const { reading, thrown } = outcomes.get(check.requirement.id) ?? {}
  return thrown?.family ?? reading ?? 'kept'
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
          withGround(check, (ground) => noting(ground, looksOf(suite.dialect, ground), repeated)),
        )
        for (const look of repeated) {
          const changed = withGround(check, (ground) => remembering(ground, look))
          if (await isAsGood(suite, check, changed))
            needless.push(`${check.requirement.id}: ${look}`)
        }
      }
    }
    expect(needless).toEqual([])
  },
)
