import { describe, expect, test } from 'vitest'
import { allPairs, combined } from './all-pairs.ts'
import type { Variant } from './mutant.ts'

const factors = [
  [undefined, 'a'],
  [undefined, 'b'],
  [undefined, 'c', 'd', 'e'],
  [undefined, 'f'],
  [undefined, 'g'],
]

describe('allPairs', () => {
  const rows = allPairs(factors)

  test.each(pairs())('%s and %s are in one row', (one, other) => {
    expect(rows.some((row) => row.includes(one) && row.includes(other))).toBe(true)
  })

  test.each(pairs())('%s is in a row without %s', (one, other) => {
    expect(rows.some((row) => row.includes(one) && !row.includes(other))).toBe(true)
  })

  test('never has two choices of one factor in a row, and needs few rows', () => {
    const twice = rows.filter((row) => row.filter((choice) => 'cde'.includes(choice)).length > 1)
    expect(twice).toEqual([])
    expect(rows.length).toBeLessThan(13)
  })
})

/** Any two choices of different factors. */
function pairs(): (readonly [string, string])[] {
  const choices = factors.flatMap((ways, factor) =>
    ways.filter((way) => way !== undefined).map((way) => ({ way, factor })),
  )
  return choices.flatMap((one) =>
    choices
      .filter((other) => one.factor < other.factor)
      .map((other) => [one.way, other.way] as const),
  )
}

test('an unknown id is reported', () => {
  const variant: Variant<unknown> = { id: 'x', allowedBy: '', change: (behaviour) => behaviour }
  expect(() => combined([variant], [['x', 'y']])).toThrow('There is no variant y')
})
