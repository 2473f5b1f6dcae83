import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { knownServers } from '../reference/known-servers.ts'
import { prove } from './prove.ts'
import { emptyResult, type NotPassed, type Trial, type TrialResult } from './trial.ts'

const check = 'elb/delete-pool/members-first'
const unasked: NotPassed = { check, family: 'unasked', message: 'This machine was too slow.' }
const broken: NotPassed = { check, family: 'broken', message: 'It is broken.' }

const of = {
  suites,
  only: [check],
  full: false,
  pairs: 0,
  seed: 1,
  about: { poolproof: 'test', command: 'test', threads: 1 },
}

/** Proves one check on references that answer so, at first and when something is asked again. */
async function proved(first: NotPassed, again: readonly NotPassed[]) {
  const trials: Trial[] = []
  const run = (trial: Trial): Promise<TrialResult> => {
    trials.push(trial)
    const notPassed = 'checks' in trial && trial.checks ? again : [first]
    return Promise.resolve({ ...emptyResult, notPassed, asked: 1, unput: [check] })
  }
  const proof = await prove({
    ...of,
    knownServers: { ...knownServers, mutants: [], setUpMutants: [], variants: [] },
    runner: { run, close: () => Promise.resolve() },
  })
  return { trials, failures: proof.references.flatMap(({ failures }) => failures) }
}

test('what could not be asked of a reference is asked once more, alone', async () => {
  const { trials, failures } = await proved(unasked, [])
  expect(trials.slice(2)).toEqual(
    [false, true].map((asynchronous) => ({
      kind: 'reference',
      dialect: 'elb',
      asynchronous,
      checks: [check],
    })),
  )
  expect(failures).toEqual([])
})

test('what cannot be asked then either, or fails then, is reported', async () => {
  expect((await proved(unasked, [unasked])).failures).toMatchObject([unasked, unasked])
  expect((await proved(unasked, [broken])).failures).toMatchObject([broken, broken])
})

test('what fails is not asked again', async () => {
  const { trials, failures } = await proved(broken, [])
  expect(trials).toHaveLength(2)
  expect(failures).toMatchObject([broken, broken])
})

/** Proves one check on a mutant of which this is found, at first and when it is asked again. */
async function missed(first: NotPassed, again: NotPassed) {
  let trials = 0
  const run = (trial: Trial): Promise<TrialResult> => {
    if (trial.kind !== 'mutants') return Promise.resolve(emptyResult)
    trials += 1
    const notPassed = trials === 1 ? [first] : [again]
    return Promise.resolve({ ...emptyResult, notPassed, asked: 1 })
  }
  const mutants = knownServers.mutants.filter(({ breaks }) => breaks === check).slice(0, 1)
  const proof = await prove({
    ...of,
    knownServers: { ...knownServers, mutants, setUpMutants: [], variants: [] },
    runner: { run, close: () => Promise.resolve() },
  })
  return { trials, killed: proof.mutants.map(({ rightReason }) => rightReason) }
}

test('a mutant whose own check could not be asked is asked once more, alone; one that was missed is not', async () => {
  const other = { ...broken, check: 'elb/delete-pool/repeated' }
  expect(await missed(unasked, broken)).toEqual({ trials: 2, killed: [true] })
  expect(await missed(unasked, unasked)).toEqual({ trials: 2, killed: [false] })
  expect(await missed(other, broken)).toEqual({ trials: 1, killed: [false] })
})
