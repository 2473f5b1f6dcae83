/** Ways of writing limits, values and defaults that once were read wrongly: one small page for each. */

import { describe, expect, test } from 'vitest'
import { read, rules, fields, request, piped, pipedFields } from './odd-page.ts'
import type { Drafted } from './schema/document.ts'

describe('limits', () => {
  test.each([
    ['can contain a maximum of 30 Unicode characters', 30],
    ['can contain up to 30 UTF-8 characters', 30],
    ['cannot exceed 30 English letters', 30],
  ])('of characters are no number of items: %s', (words, maxLength) => {
    const { at, drafted } = request(
      ['a', 'No', 'String', `The a. The value ${words}.`],
      ['b', 'No', 'Array of strings', `The b. Each label ${words}.`],
    )
    expect(at).toEqual({
      a: { type: 'string', maxLength },
      b: { type: 'array', items: { type: 'string', maxLength } },
    })
    expect(rules(drafted)).toEqual([])
  })

  test.each([
    ['The value of N in the Lid.N parameter must be either 0 or 1.', 2],
    ['Valid values of N: 1 to 5.', 5],
    ['The maximum value of N is 20.', 20],
  ])('of the number in a name are none of the value: %s', (words, most) => {
    expect(pipedFields(`|Lid.N.Name|String|No|x|The name of a lid. ${words}|`)).toEqual({
      'Lid.N.Name': { type: 'string', 'x-max-items': most },
    })
  })

  test.each(['A maximum of 5 jars can be filled per cook.', 'A maximum of 5 jars are kept.'])(
    'of other things are reported: %s',
    (words) => {
      const { at, drafted } = request(['a', 'No', 'String', `The a. ${words}`])
      expect(at).toEqual({ a: { type: 'string' } })
      expect(rules(drafted)).toEqual(['sentence-not-understood'])
    },
  )

  test.each([
    [
      'String',
      '<p>The a.</p><p>Minimum: <b>1</b></p><p>Maximum: <b>64</b></p>',
      { type: 'string', minLength: 1, maxLength: 64 },
    ],
    [
      'Array of strings',
      '<p>The a.</p><p>Array Length: <b>1 - 10</b></p>',
      { type: 'array', maxItems: 10, items: { type: 'string' } },
    ],
    ['List', 'The a. The maximum number of jars is 10.', { type: 'array', maxItems: 10 }],
    ['String', 'The a. The length is 36.', { type: 'string', minLength: 36, maxLength: 36 }],
    ['Integer', 'The a. The default value is 1,000.', { type: 'integer', default: 1000 }],
    [
      'Integer',
      'The a. Valid values:<ul><li>-1: no limit</li><li>1 to 5120: the load</li></ul>',
      { type: 'integer' },
    ],
    [
      'String',
      '<p>The value can be:</p><ul><li><b>UP</b>: on</li><li><b>DOWN</b>: off</li></ul><p>Default: UP</p>',
      { type: 'string', enum: ['UP', 'DOWN'], default: 'UP' },
    ],
  ])('of a %s: %s', (type, words, schema) => {
    expect(request(['a', 'No', type, words]).at).toEqual({ a: schema })
  })

  test('a list of fields that no table describes is reported', () => {
    const list = 'The a.<ul><li>name: the name</li><li>key: the key</li></ul>'
    const { at, drafted } = request(['a', 'No', 'Object', list])
    expect(at).toEqual({ a: { type: 'object' } })
    expect(rules(drafted)).toEqual(['fields-in-a-list'])
  })

  test('by case are no values', () => {
    const row =
      '|Load|Integer|No|5|The load. Valid values:\n\n -   glass: 5 to 40\n-   tin: 20 to 300\n\n |'
    expect(pipedFields(row)).toEqual({ Load: { type: 'integer' } })
    expect(rules(piped([row]))).toContain('sentence-not-understood')
  })
})

describe('values and defaults', () => {
  test.each([
    'Defaults to everything.',
    'The default value is unlimited.',
    'The default is whatever fits.',
  ])('%s is prose', (words) => {
    const { at, drafted } = request(['a', 'No', 'String', `The a. ${words}`])
    expect(at).toEqual({ a: { type: 'string' } })
    expect(rules(drafted)).toEqual(['sentence-not-understood'])
  })

  test.each([
    ['Boolean', 'The default value is False.', { type: 'boolean', default: false }],
    ['Integer', 'Defaults to 7.', { type: 'integer', default: 7 }],
    ['String', 'Default value: <b>tin</b>.', { type: 'string', default: 'tin' }],
    [
      'String',
      'The value can be <b>tin</b> or <b>clay</b>. The default value is tin.',
      { type: 'string', enum: ['tin', 'clay'], default: 'tin' },
    ],
  ])('a default of a %s: %s', (type, words, schema) => {
    expect(request(['a', 'No', type, `The a. ${words}`]).at).toEqual({ a: schema })
  })

  test.each([
    [
      'String',
      'The value can be <b>tin</b> or <b>clay</b>. The default value is <b>gold</b>.',
      { type: 'string', enum: ['tin', 'clay'] },
    ],
    [
      'Integer',
      'Value range: 1 to 5. Default value: 9.',
      { type: 'integer', minimum: 1, maximum: 5 },
    ],
  ])('a default outside of the values of a %s is a contradiction', (type, words, schema) => {
    const { at, drafted } = request(['a', 'No', type, `The a. ${words}`])
    expect(at).toEqual({ a: schema })
    expect(drafted.settled.unsettled.map(({ rule }) => rule)).toEqual(['default-outside-values'])
  })

  test('a value that its meaning calls the default', () => {
    expect(
      pipedFields(
        '|Lid|String|No|tin|The lid. Valid values:\n\n -   tin: of tin. This is the default value.\n-   clay: of clay.\n\n |',
      ),
    ).toEqual({
      Lid: { type: 'string', enum: ['tin', 'clay'], default: 'tin' },
    })
  })

  test('a pipe in a cell that nobody escaped', () => {
    const row =
      '|Lid|String|No|on|Whether there is a lid.\n\n Valid values: **on | off**. Default value: **off**\n\n |'
    expect(pipedFields(row)).toEqual({
      Lid: { type: 'string', enum: ['on', 'off'], default: 'off' },
    })
  })

  test('the name under which a value is shown is not the value', () => {
    const shown = pipedFields(
      '|Pay|String|No|Later|The payment. Currently, only **pay-as-you-fill** is supported.\n\n Later: pay-as-you-fill\n\n |',
    )
    expect(shown).toEqual({ Pay: { type: 'string', const: 'Later' } })
    expect(
      pipedFields(
        '|Pay|String|No|Later|The payment. Currently, only pay-as-you-fill is supported.|',
      ),
    ).toEqual({ Pay: { type: 'string' } })
  })
})

test.each([
  'If the value of the **Lid** parameter is **on**, this parameter is required.',
  'This parameter is required if you set the **Lid** parameter to **on**.',
  'This parameter is required when the **Lid** parameter is set to **on**.',
])('a condition on a parameter: %s', (words) => {
  const { Cord } = pipedFields(
    '|Lid|String|No|on|Whether there is a lid. Valid values: **on**, **off**.|',
    `|Cord|String|No|c-1|The cord. ${words}|`,
  )
  expect(Cord).toMatchObject({
    'x-conditions': [{ effect: 'mandatory', when: { field: 'request.Lid', is: ['on'] } }],
  })
})

const COPY = `Tea Service:FillJar

Last Updated:Mar 01, 2024

Fills the jar of a cook, with the value of a spoon.

Request parameters

ParameterTypeRequiredDescriptionExample
FIRST

The first.

f-1
LidstringNo

The lid.

l-1
SECOND

The second.

s-1

Response parameters

ParameterTypeDescriptionExample
object
RequestIdstring

The request.

R-1

Examples
`

test.each([
  ['JarId.NrepeatlistYes', 'JarId.N'],
  ['JarIdwhateverYes', 'JarId'],
  ['ColourduvetNo', 'Colourduvet'],
])('in a copy, no row is lost for its type: %s', (line, name) => {
  const drafted = read(COPY.replace('FIRST', line).replace('SECOND', `Other${line}`))
  expect(Object.keys(fields(drafted.document.request) as object)).toEqual([
    name,
    'Lid',
    `Other${name}`,
  ])
  expect(rules(drafted).filter((rule) => rule.startsWith('row-'))).not.toEqual([])
})

function limited(most: number): Drafted {
  const text = `The a. Maximum length: ${most}. The value contains a maximum of 255 characters.`
  return request(['a', 'No', 'String', text]).drafted
}

test('two numbers for one limit are a contradiction, and a change of either is seen', () => {
  expect(limited(64).settled.unsettled.map(({ rule }) => rule)).toEqual([
    'maximum-length-reads-two-ways',
  ])
  expect(fields(limited(64).document.request)).toEqual({
    a: { type: 'string', 'x-stated': { maxLength: [64, 255] } },
  })
})
