import { expect, test } from 'vitest'
import { atLeast, atMost, exactly, tries, triesToSee } from './arithmetic.ts'

test('chances are those of the binomial distribution', () => {
  expect(exactly(3, 10, 0.5)).toBeCloseTo(120 / 1024, 10)
  expect(atMost(2, 4, 0.5)).toBeCloseTo(11 / 16, 10)
  expect(atLeast(4, 4, 0.1)).toBeCloseTo(1e-4, 10)
  expect(atMost(10, 10, 0.3)).toBeCloseTo(1, 10)
})

test('impossible and certain events have the chances 0 and 1', () => {
  expect([exactly(0, 5, 0), exactly(1, 5, 0), exactly(5, 5, 1), exactly(4, 5, 1)]).toEqual([
    1, 0, 1, 0,
  ])
  expect([exactly(-1, 5, 0.5), exactly(6, 5, 0.5)]).toEqual([0, 0])
})

test('so many tries are enough, and one fewer is not', () => {
  expect(tries).toBe(80)
  expect((11 / 12) ** tries).toBeLessThan(1 / 1000)
  expect((11 / 12) ** (tries - 1)).toBeGreaterThan(1 / 1000)
  expect(triesToSee(1 / 2)).toBe(10)
})
