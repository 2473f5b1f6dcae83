import { expect, test } from 'vitest'
import { withinBudget } from './budget.ts'
import { select } from './select.ts'
import { suites } from '../../suites/index.ts'

const order = [
  { id: 'a', requests: 40, found: 10 },
  { id: 'b', requests: 30, found: 15 },
  { id: 'c', requests: 5, found: 16 },
]

test.each([
  [0, []],
  [69, ['b', 'c']],
  [70, ['a']],
  [75, ['a', 'c']],
  [105, ['a', 'b', 'c']],
] as const)('%i requests, 30 of them beside the checks, are spent in order', (requests, ids) => {
  expect(withinBudget(order, requests).map(({ id }) => id)).toEqual(ids)
})

test('what is not within a budget is left out and listed, but not what cannot be asked anyway', () => {
  const within = ['elb/delete-pool/members-first']
  const left = select(suites, { only: ['elb/delete-pool'], budget: { requests: 100, within } })
  const asked = left.suites.flatMap(({ entries }) => entries.filter((entry) => 'ask' in entry))
  expect(asked.map(({ requirement }) => requirement.id)).toEqual(within)
  const all = select(suites, { only: ['elb/delete-pool'] })
    .suites.flatMap(({ entries }) => entries)
    .filter((entry) => 'ask' in entry)
  expect(left.skipped).toHaveLength(all.length - 1)
})
