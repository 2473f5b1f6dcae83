import { expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck } from '../check/check.ts'
import { UsageError } from '../model.ts'
import { budgetInWords, budgetOf, shareFound, shippedKillOrders } from './budget.ts'

const orders = {
  elb: [
    { id: 'elb/a', requests: 20, found: 8 },
    { id: 'elb/b', requests: 50, found: 10 },
  ],
  slb: [{ id: 'slb/a', requests: 70, found: 4 }],
}

test('each dialect has the whole budget', () => {
  expect(budgetOf(100, orders).within).toEqual(['elb/a', 'elb/b', 'slb/a'])
  expect(budgetOf(60, orders).within).toEqual(['elb/a'])
})

test('a budget for nothing is refused, with the least that is needed', () => {
  expect(() => budgetOf(30, orders)).toThrow(UsageError)
  expect(() => budgetOf(30, orders)).toThrow('the smallest takes 20 requests')
})

test('says what a budget buys', () => {
  expect(budgetInWords(60, new Set(['elb'] as const), orders)).toEqual([
    'Within 60 requests, 1 of 2 checks of elb are asked; they find at least 80 % of the faults that all find.',
  ])
})

test('the shipped order has almost every check once, and no other, and a larger budget finds more', () => {
  const shipped = shippedKillOrders()
  for (const dialect of ['elb', 'slb'] as const) {
    const ids = suites
      .filter((suite) => suite.dialect === dialect)
      .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
      .map(({ requirement }) => requirement.id)
    const known = shipped[dialect].map(({ id }) => id)
    expect(known).toHaveLength(new Set(known).size)
    expect(ids).toEqual(expect.arrayContaining(known))
    expect(known.length).toBeGreaterThan(0.9 * ids.length)
    const shares = [150, 300, 600, 1200].map((requests) =>
      shareFound(shipped[dialect], budgetOf(requests, shipped)),
    )
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
    expect(shares[0]).toBeGreaterThan(0.2)
  }
})
