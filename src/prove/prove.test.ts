import { beforeAll, describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { staleBuild } from '../documents/stale-build.ts'
import { knownServers } from '../reference/known-servers.ts'
import type { LawfulResult, Proof } from './proof.ts'
import { walksOnLawfulServers } from './prove-and-write.ts'
import { prove } from './prove.ts'
import type * as Threads from './threads.ts'

/** A module as `npm test` has built it: a thread cannot load TypeScript. */
const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href

/** The whole proof, as `poolproof prove` makes it. */
let proof: Proof
beforeAll(async () => {
  const stale = staleBuild(built('src/cli.js'))
  if (stale !== undefined) throw new Error(stale)
  const { onThreads } = (await import(built('src/prove/threads.js'))) as typeof Threads
  const selection = { only: [], full: false, walks: walksOnLawfulServers }
  const modules = {
    suites: built('suites/index.js'),
    knownServers: built('src/reference/known-servers.js'),
  }
  proof = await prove({
    ...selection,
    suites,
    knownServers,
    runner: onThreads(modules, selection),
    pairs: 500,
    seed: 1,
    about: { poolproof: '0', command: 'npm test', threads: 0 },
  })
})

/** What did not go well on a lawful server; must be empty. */
function complaints(one: LawfulResult | undefined): unknown[] {
  if (!one) return ['It was not asked.']
  const failures = one.failures.map(
    ({ check, family, message }) => `${check} ${family}: ${message}`,
  )
  return [...failures, ...one.leftovers, ...Object.entries(one.held)]
}

const named = (all: readonly { dialect: string; id: string }[]) =>
  all.map(({ dialect, id }) => [dialect, id] as const)

test('the reference keeps every requirement, synchronous or asynchronous, and nothing is left on it', () => {
  expect(proof.references.map((one) => [one.id, complaints(one)])).toEqual([
    ['reference-elb', []],
    ['reference-elb-asynchronous', []],
    ['reference-slb', []],
    ['reference-slb-asynchronous', []],
  ])
  expect(proof.references.every(({ asked }) => asked > 0)).toBe(true)
})

describe('no check fails on a lawful variant, and nothing is left on it', () => {
  test.each(named(knownServers.variants))('%s %s', (dialect, id) => {
    const one = proof.variants.find((variant) => variant.dialect === dialect && variant.id === id)
    expect(complaints(one)).toEqual([])
  })

  test('there are at least a hundred of them', () => {
    expect(proof.counts.variants).toBeGreaterThanOrEqual(100)
  })
})

describe('every mutant is killed by the check of the requirement it breaks', () => {
  test.each(named(knownServers.mutants))('%s %s', (dialect, id) => {
    const one = proof.mutants.find((mutant) => mutant.dialect === dialect && mutant.id === id)
    const excused = one?.killed && one.explanation !== undefined
    const found =
      excused || one?.rightReason ? 'found' : `${one?.breaks} missed it: ${one?.message}`
    expect(found).toBe('found')
  })

  test('there are at least three hundred of them', () => {
    expect(proof.counts.mutants).toBeGreaterThanOrEqual(300)
  })
})

test('every check finds at least one mutant', () => {
  expect(proof.idleChecks).toEqual([])
})

test('every pair of mutants in one server is found', () => {
  expect(proof.pairs).toMatchObject({ tried: 500, caught: 500, missed: [] })
})

test('the proof has no shortcomings', () => {
  expect(proof.shortcomings).toEqual([])
  expect(proof.exitCode).toBe(0)
})
