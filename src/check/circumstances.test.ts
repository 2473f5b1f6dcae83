import { describe, expect, test } from 'vitest'
import type { Circumstances, Varies } from '../model.ts'
import { coveringArray, drawn, inWords, reduced, usual } from './circumstances.ts'

const protocol = {
  name: 'protocol',
  values: { HTTP: '', TCP: 'the pool is for TCP', UDP: 'the pool is for UDP' },
}
const members = { name: 'members', values: { none: '', two: 'the pool has two members' } }
const history = { name: 'history', values: { new: '', sticky: 'session persistence is on' } }
const varies: Varies = {
  factors: [protocol, members, history],
  never: [{ values: { protocol: ['UDP'], history: ['sticky'] }, source: 'Table 4 › type' }],
}

/** Every pair of values of two factors, but for those that cannot meet. */
const pairs = [
  ...['HTTP', 'TCP', 'UDP'].flatMap((one) =>
    ['none', 'two'].map((two) => ({ protocol: one, members: two })),
  ),
  ...['HTTP', 'TCP'].flatMap((one) =>
    ['new', 'sticky'].map((two) => ({ protocol: one, history: two })),
  ),
  { protocol: 'UDP', history: 'new' },
  ...['none', 'two'].flatMap((one) =>
    ['new', 'sticky'].map((two) => ({ members: one, history: two })),
  ),
]

const covers = (rows: readonly Circumstances[], pair: Circumstances) =>
  rows.some((row) => Object.entries(pair).every(([name, value]) => row[name] === value))

describe('a covering array', () => {
  test.each(pairs)('has a row with %o', (pair) => {
    expect(covers(coveringArray(varies, 2), pair)).toBe(true)
  })

  test('has no combination that a page excludes', () => {
    for (const strength of [2, 3] as const) {
      expect(covers(coveringArray(varies, strength), { protocol: 'UDP', history: 'sticky' })).toBe(
        false,
      )
    }
  })

  test('of strength 3 has every feasible triple', () => {
    expect(coveringArray(varies, 3)).toHaveLength(3 * 2 * 2 - 2)
  })

  test('of one factor has each of its values', () => {
    expect(coveringArray({ factors: [members] }, 2)).toEqual([
      { members: 'none' },
      { members: 'two' },
    ])
  })
})

describe('a draw', () => {
  const id = 'elb/delete-pool/gone'

  test('is nothing where nothing varies', () => {
    expect(drawn(undefined, id, 1, 1)).toEqual([{}])
    expect(drawn({ factors: [] }, id, 1, 3)).toEqual([{}])
  })

  test('is the same for the same seed, and walks through all pairs as seeds count up', () => {
    const seeds = Array.from({ length: coveringArray(varies, 2).length }, (_, index) => index)
    const rows = seeds.flatMap((seed) => drawn(varies, id, seed, 1))
    expect(drawn(varies, id, 3, 1)).toEqual(drawn(varies, id, 3, 1))
    expect(pairs.filter((pair) => !covers(rows, pair))).toEqual([])
  })

  test('of strength 2 is the whole array', () => {
    expect(drawn(varies, id, 9, 2)).toEqual(coveringArray(varies, 2))
  })
})

test('usual circumstances are the first values, and need no words', () => {
  expect(usual(varies)).toEqual({ protocol: 'HTTP', members: 'none', history: 'new' })
  expect(inWords(varies, usual(varies))).toBe('')
})

test('unusual ones are said in words', () => {
  const words = inWords(varies, { protocol: 'TCP', members: 'two', history: 'new' })
  expect(words).toBe('the pool is for TCP, and the pool has two members')
})

test('a failure is reduced to the circumstances that it takes', async () => {
  const all = { protocol: 'TCP', members: 'two', history: 'sticky' }
  const asked: Circumstances[] = []
  const least = await reduced(varies, all, (circumstances) => {
    asked.push(circumstances)
    return Promise.resolve(circumstances['members'] === 'two')
  })
  expect(least).toEqual({ protocol: 'HTTP', members: 'two', history: 'new' })
  expect(asked.length).toBeLessThanOrEqual(3)
})
