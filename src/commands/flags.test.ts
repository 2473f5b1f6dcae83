import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import { duration, gathered, portNumber, wholeNumber } from './flags.ts'

test.each([
  ['200ms', 200],
  ['2s', 2000],
  ['0.5s', 500],
  ['15', 15],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(duration(text)).toBe(milliseconds)
})

test.each(['', '-1', '2m', 'soon', '1e3'])('"%s" is no time', (text) => {
  expect(() => duration(text)).toThrow(InvalidArgumentError)
})

test.each(['', '-1', '1.5', '1e3', '0x10', '99999999999999999999'])(
  '"%s" is no whole number',
  (text) => {
    expect(() => wholeNumber(text)).toThrow(InvalidArgumentError)
  },
)

test('a port ends at 65535', () => {
  expect(portNumber('65535')).toBe(65_535)
  expect(() => portNumber('65536')).toThrow(InvalidArgumentError)
})

test('a repeated flag gathers its values in order', () => {
  expect(gathered('two', ['one'])).toEqual(['one', 'two'])
})
