/** Statements that hold in one case only, of which no other case is stated. */
import { describe, expect, test } from 'vitest'
import { request } from '../odd-page.ts'
import { cell, values } from '../samples/cell.ts'

describe('what holds in one case is reported', () => {
  test.each([
    'The default value is none for some. For other cups, the default value is *x1*.',
    'Otherwise, the default value is *x1*.',
    'It is required if the jar is of tin. Set the value to *x1*.',
    'For a tin jar, the name must be 2 to 15 characters in length.',
    'For example, the value contains a maximum of 10 characters.',
    'By default, a jar can be used by up to 20 cups.',
  ])('%s', (text) => {
    const facts = cell(text)
    expect(values(facts)).toEqual({})
    expect(facts.unread).not.toEqual([])
  })

  test.each(['the value of JarId is used', 'the default value JarId is used'])(
    'another field is no default: %s',
    (words) => {
      const { at } = request(['cup', 'No', 'String', `If this parameter is not set, ${words}.`])
      expect(at).toEqual({ cup: { type: 'string' } })
    },
  )
})

test('a range beside a value is not all that holds', () => {
  const facts = cell('The value can be *-1* or ranges from *0* to *99*.')
  expect(values(facts)).not.toHaveProperty('range')
  expect(facts.doubts).toContain('range-goes-on')
})

test.each([
  ['The size.', '- System jar: 1 GB to 1024 GB'],
  ['Whether it is hot; optional values: Warm \u00abyes\u00bb and Cold \u00abno\u00bb'],
])('limits and values that are not read are reported: %s', (...lines) => {
  const facts = cell(...lines)
  expect(values(facts)).toEqual({})
  expect(facts.unread).not.toEqual([])
})
