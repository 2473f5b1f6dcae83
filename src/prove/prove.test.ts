import { beforeAll, describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { collection } from '../reference/collection.ts'
import type { LawfulResult, Proof } from './proof.ts'
import { prove } from './prove.ts'
import { here } from './threads.ts'

/** What `poolproof prove` does, on this thread. */
let proof: Proof
beforeAll(async () => {
  const manner = { only: [], full: false }
  proof = await prove({
    ...manner,
    suites,
    collection,
    bench: here(suites, collection, manner),
    pairs: 500,
    seed: 1,
    about: { poolproof: '0', command: 'npm test', threads: 0 },
  })
})

/** Sentences about a server that keeps everything: none. */
function complaints(one: LawfulResult | undefined): unknown[] {
  if (!one) return ['It was not asked.']
  const said = one.failures.map(({ check, family, message }) => `${check} ${family}: ${message}`)
  return [...said, ...one.leftovers, ...Object.entries(one.held)]
}

const named = (all: readonly { dialect: string; id: string }[]) =>
  all.map(({ dialect, id }) => [dialect, id] as const)

test('the reference keeps every requirement, synchronous or not, and nothing is left on it', () => {
  expect(proof.references.map((one) => [one.id, complaints(one)])).toEqual([
    ['reference-elb', []],
    ['reference-elb-asynchronous', []],
    ['reference-slb', []],
    ['reference-slb-asynchronous', []],
  ])
  expect(proof.references.every(({ asked }) => asked > 0)).toBe(true)
})

describe('nothing fails on a lawful variant, and nothing is left on it', () => {
  test.each(named(collection.variants))('%s %s', (dialect, id) => {
    const one = proof.variants.find((variant) => variant.dialect === dialect && variant.id === id)
    expect(complaints(one)).toEqual([])
  })

  test('of which there are at least a hundred', () => {
    expect(proof.counts.variants).toBeGreaterThanOrEqual(100)
  })
})

describe('every mutant is killed by the check of the requirement it breaks', () => {
  test.each(named(collection.mutants))('%s %s', (dialect, id) => {
    const one = proof.mutants.find((mutant) => mutant.dialect === dialect && mutant.id === id)
    const excused = one?.killed && one.explanation !== undefined
    const found =
      excused || one?.rightReason ? 'found' : `${one?.breaks} missed it: ${one?.message}`
    expect(found).toBe('found')
  })

  test('of which there are at least three hundred', () => {
    expect(proof.counts.mutants).toBeGreaterThanOrEqual(300)
  })
})

test('every check finds at least one mutant', () => {
  expect(proof.idleChecks).toEqual([])
})

test('two mutants at once are found as well', () => {
  expect(proof.pairs).toMatchObject({ tried: 500, caught: 500, missed: [] })
})

test('so everything is proved', () => {
  expect(proof.shortcomings).toEqual([])
  expect(proof.exitCode).toBe(0)
})
