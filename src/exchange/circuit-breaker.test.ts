import { expect, test } from 'vitest'
import { breaker } from './circuit-breaker.ts'

test('opens after so many in a row, and says what the last was', () => {
  const { signal, heard } = breaker(3)
  for (const one of ['a.', 'b.', undefined, 'c.', 'd.']) heard(one)
  expect(signal.aborted).toBe(false)
  heard('e.')
  expect(signal.aborted).toBe(true)
  expect(String(signal.reason)).toMatch(/given up after 3 requests .* the last: e$/)
  heard()
  expect(signal.aborted).toBe(true)
})
