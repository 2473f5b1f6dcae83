/** Statements of several cases, of parts of a value, and lists that name no values of the whole. */
import { describe, expect, test } from 'vitest'
import { pipedFields, piped } from '../odd-page.ts'

function cup(text: string, type = 'String', sample = 'c-1'): Record<string, unknown> {
  const row = `|Cup|${type}|No|${sample}|${text}|`
  return pipedFields(row)['Cup'] as Record<string, unknown>
}

function unsettled(text: string, type = 'String'): readonly string[] {
  const { settled } = piped([`|Cup|${type}|No|c-1|${text}|`])
  return settled.unsettled.map(({ rule }) => rule)
}

describe('what differs by case', () => {
  test.each([
    'It.\n\n-   For tin, the name must be 2 to 15 characters in length.\n-   For iron, the name must be 2 to 64 characters in length.',
    'It.\n\n-   If it is hot, valid values are **A1** and **B1**. Default value: **A1**.\n-   If it is cold, the valid value is **B1**. Default value: **B1**.',
    'The value can contain a maximum of 255 bytes. In this case, the name contains a maximum of 250 bytes.',
  ])('%s', (text) => {
    expect(unsettled(text)).toEqual([])
    expect(cup(text)['x-stated']).toBeDefined()
  })

  test('two limits of one case remain a contradiction', () => {
    const text = 'It has at most 9 characters. The value contains a maximum of 8 characters.'
    expect(unsettled(text)).toEqual(['maximum-length-reads-two-ways'])
  })
})

test('a limit of a part is none of the whole', () => {
  const text =
    'The name contains a maximum of 99 characters. Each label contains a maximum of 63 characters.'
  expect(cup(text)['maxLength']).toBe(99)
})

describe('lists that are no values', () => {
  test.each([
    [
      'a list in a text',
      'Valid values:\n\n-   **tea**\n-   **milk**\n\n Separate multiple values with commas (,).',
      'tea',
    ],
    ['a sample with several', 'Valid values:\n\n-   **tea**\n-   **milk**', 'tea,milk'],
    [
      'JSON with the values inside',
      'Valid values:\n\n-   **tea**\n-   **milk**',
      '\\{"drink":"tea"\\}',
    ],
    [
      'limits by name',
      'The most depends on it:\n\n-   TIN\\_1: 214 bytes\n-   TIN\\_2: 190 bytes',
      'c-1',
    ],
    [
      'ranges of addresses',
      'Possible values are as follows:\n\n-   10.0.0.0/8-10.255.255.240/28\n-   172.16.0.0/12-172.31.255.240/28',
      'c-1',
    ],
    ['times', 'Example value:\n\n-   08:15-09:15\n-   23:00-00:00', 'c-1'],
    [
      'parts of a format',
      'The format is \\{kind\\}:\\{name\\}.\n\n-   \\{kind\\}: the kind. Valid values: tea and milk.',
      'c-1',
    ],
  ])('%s', (_, text, sample) => {
    expect(cup(text, 'String', sample)).not.toHaveProperty('enum')
    expect(cup(text, 'String', sample)).not.toHaveProperty('const')
  })
})

test('one of two values of a Boolean is not the only one', () => {
  const text =
    'Valid values:\n\n-   true: it is hot.\n\n**Note:** Mind the steam.\n\n-   false: it is cold.\n\nDefault value: false.'
  expect(cup(text, 'Boolean')).toEqual({ type: 'boolean', default: false })
})

test.each([
  [
    'behind a note',
    '-   tea: hot.\n\n**Note:** Mind the steam.\n\n-   milk: cold.',
    ['tea', 'milk'],
  ],
  [
    'with what they mean',
    '-   TEA \\(hot\\)\n-   MILK\n-   EGG\\_NOG \\(sweet\\)',
    ['TEA', 'MILK', 'EGG_NOG'],
  ],
])('values %s', (_, list, values) => {
  expect(cup(`Valid values:\n\n${list}`)['enum']).toEqual(values)
})

test.each(['N/A', '-   Tokyo \\(Japan\\)\n-   China \\(Hangzhou\\)'])('no values: %s', (text) => {
  expect(cup(text)).toEqual({ type: 'string' })
})

test('a range of one case is none of the whole', () => {
  const text =
    'The value ranges from 1 to 99 and is smaller than Pot. In tin it is a kind. The value ranges from 0 to 9.'
  expect(cup(text, 'Integer')).toEqual({ type: 'integer' })
})

test('a default with its unit is the number', () => {
  expect(cup('Default value: 300s.', 'Integer')).toEqual({ type: 'integer', default: 300 })
})

test('a numbered list is limited by its number, not by what its elements can do', () => {
  const fields = pipedFields('|Cup.N.Level|String|No|A1|It.\n\n-   A1: up to 10,000 spoons.|')
  expect(fields['Cup.N.Level']).toEqual({ type: 'string' })
})

test('fields of a JSON text, with what is required and of which type', () => {
  const text =
    'A JSON list.\n\n-   **Lid**: The lid. This parameter is required and must be set to an integer. Valid values: 1 to 9.\n-   **Handle**: The handle. This parameter must be set to a string.\n\n Examples:\n\n-   TIN:[\\{ "Lid": 7 \\}]'
  const { contentSchema } = cup(text, 'String', '\\[\\{ "Lid": "7" \\}\\]') as {
    contentSchema: { items: Record<string, unknown> }
  }
  expect(contentSchema.items).toEqual({
    type: 'object',
    properties: { Lid: { type: 'integer', minimum: 1, maximum: 9 }, Handle: { type: 'string' } },
    required: ['Lid'],
  })
})
