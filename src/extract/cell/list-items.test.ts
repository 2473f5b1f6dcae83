/** Lists of values that leave one out, and lists that look like them. */
import { describe, expect, test } from 'vitest'
import { pipedFields, request } from '../odd-page.ts'
import { cell, values } from '../samples/cell.ts'

function cup(text: string, sample = 'c-1'): Record<string, unknown> {
  return pipedFields(`|Cup|String|No|${sample}|${text}|`)['Cup'] as Record<string, unknown>
}

describe('every value of a list is written, or none', () => {
  test.each([
    ['Valid values:', '- *tin*: a cup', '- *tin or iron 5XX*: a pot', '- *lead*: a jar'],
    ['Valid values:', '- *Metals of earth*: *tin* and *iron*.', '- *all*: Both.'],
    ['Valid values:', '- *1* to *200*: of tin.', '- *1* to *500*: of iron.'],
    ['Options:', '- *true*: All are filled.', '- *false* or others: Some are filled.'],
  ])('%j', (...lines) => {
    const facts = cell(...lines)
    expect(values(facts)).not.toHaveProperty('values')
    expect(facts.unread).not.toEqual([])
  })

  test.each([
    [
      ['Valid values:', '- SMALL', '- LARGE. This is the default value.'],
      ['SMALL', 'LARGE'],
    ],
    [['The following are supported:', '- *tin*: a', '- *iron* and *lead*: b'], 'tin,iron,lead'],
    [
      ['Valid values:', '- *A | B*', '- *A*'],
      ['A | B', 'A'],
    ],
    [
      ['Valid values:', '- *A1*', 'If it is hot, mind the steam.', '- *B1*'],
      ['A1', 'B1'],
    ],
    [
      ['Options:', '- JAR:FILL: a', '- JAR:EMPTY: b'],
      ['JAR:FILL', 'JAR:EMPTY'],
    ],
    [
      ['The following are supported:', '- *default*: a', '- *sms*: b'],
      ['default', 'sms'],
    ],
  ])('%j', (lines, expected) => {
    expect(String(values(cell(...lines))['values'])).toBe(String(expected))
  })

  test('two of them may share a meaning', () => {
    const list = 'Valid values:<ul><li>1: hot</li><li>0 or null: cold</li></ul>'
    const { at } = request(['cup', 'No', 'Integer', list])
    expect(at).toEqual({ cup: { type: ['integer', 'null'], enum: [1, 0, null] } })
  })

  test('the first item may stand on the line of the lead', () => {
    const text = 'The kind. Valid values:-   Tin: of tin\n-   Iron: of iron\n\n '
    expect(cup(text)['enum']).toEqual(['Tin', 'Iron'])
  })
})

describe('lists of something else', () => {
  test.each([
    [['It is in format of "{kind}:{size}".', '- *kind*: the kind', '- *size*: the size']],
    [
      [
        'It is in format of "{kind}:{size}".',
        '- size is the size. Currently, only 1675 is supported.',
      ],
    ],
    [['The code. *jar.tin.x1* is an example.', '- *jar*: a', '- *tin*: b', '- *x1*: c']],
    [['"kind": "tin", "size": 5', '- *kind*: the kind', '- *size*: the size']],
    [['The bytes (start-end). *start* indicates the first and *end* indicates the last.']],
    [['The format is a:b1 or a:c1. *b1* indicates all, and *c1* indicates one.']],
    [['Ranging from 0 to 9. 0 indicates the least, and 9 indicates the most.']],
    [
      [
        'The path depends on it.',
        '- OBS: The path must start with a.',
        '- HDFS: The path starts with /.',
      ],
    ],
    [
      [
        'Valid values:',
        '- *$_ip*: the address',
        '- domain: The domain name can be 1-80 characters in length.',
      ],
    ],
    [['Example values:', '- MySQL: 5.7', '- PostgreSQL: 9.5']],
    [['N/A', 'The address.']],
    [
      [
        'If the kind of it is as set, the following values are supported:',
        '- *A1*: a',
        '- *B1*: b',
      ],
    ],
    [['Currently, the following protocols are supported:', '- *email*', '- *default*', '- *sms*']],
  ])('%j', (lines) => {
    expect(values(cell(...lines))).not.toHaveProperty('values')
    expect(values(cell(...lines))).not.toHaveProperty('default')
  })

  test('names of the values, where the sample is one of their meanings', () => {
    const text = 'Languages. Valid values:\n\n-   Chinese: zh-CN\n-   English: en-US\n\n '
    expect(cup(text, 'zh-CN')).toEqual({ type: 'string' })
  })

  test('values that are separated with commas', () => {
    const text =
      'You can specify several. Separate them with commas (,). Valid values:\n\n-   **tea**\n-   **milk**\n\n '
    expect(cup(text, 'tea')).toEqual({ type: 'string' })
  })
})
