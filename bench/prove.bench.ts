import { test } from 'vitest'
import { suites } from '../suites/index.ts'
import { isCheck, type Suite } from '../src/check/check.ts'
import { prove } from '../src/prove/prove.ts'
import type { KnownServers } from '../src/prove/known-servers.ts'
import { onThisThread } from '../src/prove/threads.ts'
import { knownServers } from '../src/reference/known-servers.ts'

const rounds = 3

/** On one thread, because ratios are measured and threads make them inexact. */
test('how the time of a proof grows with mutants and with checks', async () => {
  for (const full of [false, true]) {
    const whole = await best(knownServers, suites, full)
    const mutants = await best(halfOfMutants, suites, full)
    const checks = await best(knownServers, halfOfChecks, full)
    const how = full ? 'every check of every mutant' : 'until a check finds the mutant'
    console.log(
      `${how}: ${whole.toFixed(1)} s; with half the mutants ${(mutants / whole).toFixed(2)} of it; ` +
        `with half the checks ${(checks / whole).toFixed(2)} of it (best of ${rounds})`,
    )
  }
})

const halfOfMutants: KnownServers = {
  ...knownServers,
  mutants: knownServers.mutants.filter((_, index) => index % 2 === 0),
}

const halfOfChecks: readonly Suite[] = suites.map((suite) => ({
  ...suite,
  entries: suite.entries.filter((entry, index) => !isCheck(entry) || index % 2 === 0),
}))

/** The shortest time in seconds. Variants are left out, because their number does not change here. */
async function best(asked: KnownServers, some: readonly Suite[], full: boolean): Promise<number> {
  const times: number[] = []
  const selection = { only: [], full }
  for (let round = 0; round < rounds; round += 1) {
    const { milliseconds } = await prove({
      ...selection,
      suites: some,
      knownServers: { ...asked, variants: [] },
      runner: onThisThread({ suites: some, walks: [] }, asked, selection),
      pairs: 0,
      seed: 1,
      about: { poolproof: '0', command: '', threads: 0 },
    })
    times.push(milliseconds / 1000)
  }
  return Math.min(...times)
}
