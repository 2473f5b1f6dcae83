import { describe, expect, test } from 'vitest'
import { setUpSuites, suites } from '../../suites/index.ts'
import { knownServers } from '../reference/known-servers.ts'
import { misspeltMutants } from './misspelt-mutants.ts'
import { prove } from './prove.ts'
import { emptyResult } from './trial.ts'

const check = 'elb/delete-pool/members-first'

/** The shortcomings of the proof of that check, with one mutant that breaks this. */
async function shortcomingsWith(breaks: string) {
  const mutant = { dialect: 'elb', id: 'deletes-all', story: '', takesLong: false } as const
  const { shortcomings } = await prove({
    suites,
    knownServers: {
      ...knownServers,
      mutants: [{ ...mutant, breaks }],
      setUpMutants: [],
      variants: [],
    },
    only: [check],
    full: false,
    pairs: 0,
    seed: 1,
    runner: {
      run: () => Promise.resolve(emptyResult),
      close: () => Promise.resolve(),
    },
    about: { poolproof: 'test', command: 'test', threads: 1 },
  })
  return shortcomings
}

describe('a mutant that breaks what no requirement has', () => {
  test.each([
    ['in the name', 'elb/delete-pool/member-first'],
    ['in the operation', 'elb/delete-pol/members-first'],
    ['in the dialect', 'eIb/delete-pool/members-first'],
  ])('is reported instead of the check that finds no mutant: a letter %s', async (_, breaks) => {
    expect(await shortcomingsWith(breaks)).toEqual([
      `The mutant deletes-all breaks ${breaks}, which no requirement has. Did you mean ${check}?`,
    ])
  })

  test('is reported alone where it is asked and survives', async () => {
    const breaks = `${check}/of-all`
    expect(await shortcomingsWith(breaks)).toEqual([
      `The mutant deletes-all breaks ${breaks}, which no requirement has. Did you mean ${check}?`,
    ])
  })

  test('is not reported where only others are selected', async () => {
    expect(await shortcomingsWith('elb/update-pool/persistd')).toEqual([
      `The check ${check} found no mutant, so nothing shows that it can fail.`,
    ])
  })
})

test('each known mutant breaks what a requirement has, also those of set-up', () => {
  const all = [...suites, ...setUpSuites]
  expect(misspeltMutants({ suites: all, knownServers, only: [] })).toEqual([])
  expect(misspeltMutants({ suites, knownServers, only: [] })).toEqual([])
  expect(misspeltMutants({ suites: setUpSuites, knownServers, only: [] })).toEqual([])
})
