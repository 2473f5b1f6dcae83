import { describe, expect, test } from 'vitest'
import { percentEncode, percentEncodePairs } from './percent-encoding.ts'

describe('percentEncode', () => {
  test('leaves the unreserved characters of RFC 3986 and no others', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
    const kept = ascii.filter((character) => percentEncode(character) === character)
    expect(kept.join('')).toBe('-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~')
  })

  test.each([
    [' ', '%20'],
    ['+', '%2B'],
    ['*', '%2A'],
    ["!'()", '%21%27%28%29'],
    ['é', '%C3%A9'],
    ['日', '%E6%97%A5'],
    ['😀', '%F0%9F%98%80'],
    ['%2F', '%252F'],
    ['', ''],
  ])('%j is %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded)
    expect(decodeURIComponent(encoded)).toBe(text)
  })
})

test('percentEncodePairs keeps order and repetition, and encodes both sides', () => {
  const pairs = [
    ['b', '1&2'],
    ['a=', ''],
    ['b', '[{"x": 1}]'],
  ] as const
  expect(percentEncodePairs(pairs)).toBe('b=1%262&a%3D=&b=%5B%7B%22x%22%3A%201%7D%5D')
  expect([...new URLSearchParams(percentEncodePairs(pairs))]).toEqual(pairs)
  expect(percentEncodePairs([])).toBe('')
})
