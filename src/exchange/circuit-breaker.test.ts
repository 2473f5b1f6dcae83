import { expect, test } from 'vitest'
import { breaker } from './circuit-breaker.ts'

test('opens after the given number in a row, and names the last reason', () => {
  const { signal, heard } = breaker(3)
  for (const one of ['a.', 'b.', undefined, 'c.', 'd.']) heard(one)
  expect(signal.aborted).toBe(false)
  heard('e.')
  expect(signal.aborted).toBe(true)
  expect(String(signal.reason)).toMatch(/stopped after 3 requests .* the last one: e$/)
  heard()
  expect(signal.aborted).toBe(true)
})
