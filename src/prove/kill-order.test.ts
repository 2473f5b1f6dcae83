import { expect, test } from 'vitest'
import { killOrders } from './kill-order.ts'
import type { RequirementResult } from './proof.ts'

const requirement = (
  id: string,
  kills: readonly string[],
  requests?: number,
): RequirementResult => ({
  id,
  level: 'must',
  text: '',
  source: '',
  asked: true,
  mutants: [],
  kills,
  ...(requests === undefined ? {} : { requests }),
})

test('next is the check that finds most further mutants for each request', () => {
  const requirements = [
    requirement('elb/x/broad', ['a', 'b', 'c'], 30),
    requirement('elb/x/cheap', ['a', 'b'], 10),
    requirement('elb/x/nothing-new', ['b'], 5),
    requirement('elb/x/never-asked', ['d']),
    requirement('slb/y/one', ['a'], 7),
  ]
  expect(killOrders(requirements)).toEqual({
    elb: [
      { id: 'elb/x/nothing-new', requests: 5, found: 1 },
      { id: 'elb/x/cheap', requests: 10, found: 2 },
      { id: 'elb/x/broad', requests: 30, found: 3 },
    ],
    slb: [{ id: 'slb/y/one', requests: 7, found: 1 }],
  })
})
