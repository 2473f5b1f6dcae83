import { expect, test } from 'vitest'
import { Cookies } from './cookies.ts'

function after(...lines: readonly string[]): string {
  const cookies = new Cookies()
  cookies.take(['lb=one; Path=/', ...lines])
  return cookies.header
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toUTCString()
}

test('a cookie is removed with an age of 0, or with a date that was long ago', () => {
  expect(after('lb=; Max-Age=0')).toBe('')
  expect(after('lb=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')).toBe('')
  expect(after(`lb=; Expires=${inHours(-25)}`)).toBe('')
})

test('one that lasts for an hour is kept, whichever clock is wrong', () => {
  expect(after(`lb=two; Expires=${inHours(1)}`)).toBe('lb=two')
  expect(after(`lb=two; Expires=${inHours(1 - 3)}`)).toBe('lb=two')
  expect(after(`lb=two; Expires=${inHours(-25)}; Max-Age=3600`)).toBe('lb=two')
})
