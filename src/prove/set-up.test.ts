/** The rows of operations that set-up uses: all pass on the references, and each finds a fault of its own. */

import { describe, expect, test } from 'vitest'
import { setUpSuites, suites, suitesFor } from '../../suites/index.ts'
import { knownServers } from '../reference/known-servers.ts'
import { examine } from './examine.ts'
import { prove } from './prove.ts'
import { onThisThread } from './threads.ts'

test.each(['elb', 'slb'] as const)('all of %s pass on the reference', async (dialect) => {
  const server = await knownServers.reference(dialect, false)
  const { outcomes, leftovers, held } = await examine(server, setUpSuites)
  expect([...outcomes].filter(([, { thrown }]) => thrown)).toEqual([])
  expect({ leftovers, held }).toEqual({ leftovers: [], held: {} })
})

test.each(['elb/create-pool', 'elb/update-member', 'slb/set-backend-servers'])(
  'each row of %s finds a fault made from it',
  async (id) => {
    const only = [id]
    const own = suitesFor(only).filter((suite) => `${suite.dialect}/${suite.operation}` === id)
    const servers = { ...knownServers, variants: [] }
    const proof = await prove({
      suites: own,
      knownServers: servers,
      only,
      full: false,
      pairs: 0,
      seed: 1,
      runner: onThisThread({ suites: own, walks: [] }, servers, { only, full: false }),
      about: { poolproof: 'test', command: 'test', threads: 1 },
    })
    expect(proof.shortcomings).toEqual([])
    expect(proof.counts.mutants).toBeGreaterThan(20)
  },
)

function more(pattern: string): string[] {
  return suitesFor([pattern])
    .slice(suites.length)
    .map(({ operation }) => operation)
}

describe('which suites a selection chooses from', () => {
  test('is the five for a run without --only, and for patterns that name some of theirs', () => {
    for (const only of [[], ['elb'], ['elb/*-pool'], ['slb/remove']]) {
      expect(suitesFor(only)).toEqual(suites)
    }
  })

  test('is one more where a pattern names nothing else', () => {
    expect(more('elb/create-pool')).toEqual(['create-pool'])
    expect(more('elb/add-*')).toEqual(['add-member'])
  })
})
