import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import { duration, gathered, portNumber, walkPath, wholeNumber } from './flags.ts'
import { mergeCommand } from './merge.ts'
import { serveCommand } from './serve.ts'

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

test('a walk is named by its dialect, its number, and where the shorter one is found', () => {
  expect(walkPath('elb/3')).toEqual({ dialect: 'elb', number: 3 })
  expect(walkPath('slb/12/0:2:1/AA+E:V/')).toEqual({
    dialect: 'slb',
    number: 12,
    path: { shrinks: '0:2:1', taken: 'AA+E:V/' },
  })
})

test.each(['', 'elb', 'elb/0', 'xlb/1', 'elb/1/a/AA:V', 'elb/1/0', 'elb/1/0/AA:V;ls'])(
  '"%s" names no walk',
  (text) => {
    expect(() => walkPath(text)).toThrow(InvalidArgumentError)
  },
)

test.each([serveCommand(), mergeCommand()])(
  'the help states each default once, in words',
  (one) => {
    const help = one.helpInformation()
    expect(help).toMatch(/\(default:/)
    expect(help).not.toMatch(/\)\s+\(default:|\(default:\s+\[\]\)/)
  },
)
