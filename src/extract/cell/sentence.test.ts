/** What no phrase takes of a sentence, and what is left of nothing. */
import { describe, expect, test } from 'vitest'
import { cell, values } from '../samples/cell.ts'

describe('the net below the phrases', () => {
  test.each([
    'The value must be unique and ranges from 1 to 5.',
    'The name contains 1 to 64 characters and can contain only letters.',
    'The default value is 10, and must be even.',
    'This field is reserved and must be left blank.',
    'When *kind* is *RED*, the value is even and ranges from 1 to 5.',
  ])('%s: read by half', (sentence) => {
    const { unread, counts } = cell('A cup.', sentence)
    expect(unread).toMatchObject([{ half: true }])
    expect(counts).toEqual({ understood: 0, described: 1, unread: 1 })
  })

  test.each([
    'The status: ACTIVE or ERROR.',
    'The default value is 80 for HTTP.',
    'The default value is 80 (HTTP) or 443 (HTTPS).',
    'The value can be HOT (only in summer) or COLD.',
    'This parameter is not required when *kind* is *RED*.',
    'If it is not passed, the kettle is chosen at random.',
    'The value must be greater than 0.',
    'This parameter has been deprecated.',
    'This parameter is not in use.',
    'Separate several with commas.',
    'on/off',
    'The type: ipaddr, domain, or bucket.',
  ])('%s: no keyword, and reported', (sentence) => {
    const facts = cell('A cup.', sentence)
    expect(values(facts)).toEqual({})
    expect(facts.unread.length).toBeGreaterThan(0)
  })

  test.each([
    'Specifies the maximum number of cups, in minutes.',
    'The ID of the default cup.',
    'If the value is 0, no cup is filled.',
    'The default value is -1, which means that the maximum is unknown.',
  ])('%s: nothing is left of it', (sentence) => expect(cell(sentence).unread).toEqual([]))

  test('an item of an enumeration that says more than what its value means', () => {
    const facts = cell('The value can be:', '- *A1*: a cup', '- *B1*: a pot that must be clean')
    expect(facts.values?.value).toEqual(['A1', 'B1'])
    expect(facts.unread).toHaveLength(1)
  })

  test('a lead that says more than that a list follows', () => {
    const facts = cell('The value must be unique and can be one of the following:', '- *A1*: a')
    expect(facts.values?.value).toEqual(['A1'])
    expect(facts.unread).toMatchObject([{ signals: ['must', 'unique'] }])
  })

  test('a list that explains values stated before', () => {
    const facts = cell('The value can be *A1* or *B1*.', '- *A1*: a cup', '- *B1*: a pot')
    expect(facts.values).toEqual({ value: ['A1', 'B1'], rivals: [] })
    expect([...facts.doubts, ...facts.unread]).toEqual([])
  })
})
