/** One cell at a time: what is understood, what is reported, what is left to prose. */
import { describe, expect, test } from 'vitest'
import { cell, values } from '../samples/cell.ts'

const understood: readonly (readonly [readonly string[], Record<string, unknown>])[] = [
  [['Up to 7 characters.'], { maxLength: 7 }],
  [['A maximum of 9 characters.'], { maxLength: 9 }],
  [['It has 36 Unicode characters at most.'], { maxLength: 36 }],
  [['What to do, which can be *make* or *break*'], { values: ['make', 'break'] }],
  [
    ['The value can be the following:', '*a_cup*: a cup', '*a_pot*: a pot'],
    { values: ['a_cup', 'a_pot'] },
  ],
  [['It cannot exceed 30 bytes.'], { maxLength: 30 }],
  [['The name is 2 to 8 characters long.'], { minLength: 2, maxLength: 8 }],
  [['The length must be 1 to 80.'], { minLength: 1, maxLength: 80 }],
  [['Value range: 3 to 5.'], { range: { minimum: 3, maximum: 5 } }],
  [['Valid values: -1 to 5'], { range: { minimum: -1, maximum: 5 } }],
  [['The port number ranges from 4 to 6.'], { range: { minimum: 4, maximum: 6 } }],
  [['The value range is [1, 9].'], { range: { minimum: 1, maximum: 9 } }],
  [['The value must be between 2 and 3.'], { range: { minimum: 2, maximum: 3 } }],
  [['The value can be *RED* or *BLUE*.'], { values: ['RED', 'BLUE'] }],
  [['The value can only be *true*.'], { values: ['true'] }],
  [
    ['The value can be *a1*, *b2*, or *c3*, and the default value is *b2*.'],
    { values: ['a1', 'b2', 'c3'], default: 'b2' },
  ],
  [['RED, BLUE, and GREEN are supported.'], { values: ['RED', 'BLUE', 'GREEN'] }],
  [['Valid values: *on* | *off*.'], { values: ['on', 'off'] }],
  [
    ['Options:', '- *on*: lit', '- *off* (default): dark'],
    { values: ['on', 'off'], default: 'off' },
  ],
  [['The default value is *null*.'], { default: 'null', nullable: true }],
  [['Default value: 12. More.'], { default: '12' }],
  [['If this parameter is not set, the default value is 4.'], { default: '4' }],
  [['The value is an empty string by default.'], { default: '' }],
  [['If the value is *null*, it is off.'], { nullable: true }],
  [['This parameter is reserved.'], { reserved: true }],
  [['Specifies the time, in the unit of second.'], { unit: 'seconds' }],
  [['The speed (unit: Mbit/s).'], { unit: 'Mbit/s' }],
  [['At most 5 cups are taken.'], { maxItems: 5 }],
  [['The value must start with a slash (/).'], { pattern: '^/' }],
  [['Either one or two must be specified.'], { oneOf: ['one', 'two'] }],
]

const further: readonly (readonly [readonly string[], Record<string, unknown>])[] = [
  [['The value can be HOT (summer) or COLD.'], { values: ['HOT', 'COLD'] }],
  [['hot (default) or cold'], { values: ['hot', 'cold'], default: 'hot' }],
  [['The value is ACTIVE or ERROR.'], { values: ['ACTIVE', 'ERROR'] }],
  [['Valid values: TCP/UDP.'], { values: ['TCP', 'UDP'] }],
  [['Possible values are ACTIVE, DOWN.'], { values: ['ACTIVE', 'DOWN'] }],
  [['Valid values: TCP and UDP; default: TCP'], { values: ['TCP', 'UDP'], default: 'TCP' }],
  [['The value can be “tcp” or "udp".'], { values: ['tcp', 'udp'] }],
  [['Valid values: 0 and 1'], { values: ['0', '1'] }],
  [['The options are as follows: 0: off; 1: on.'], { values: ['0', '1'] }],
  [['Defaults to 3'], { default: '3' }],
  [['Default: x'], { default: 'x' }],
  [['By default, the value is 10.'], { default: '10' }],
  [['If it is not specified, 10 is used.'], { default: '10' }],
  [['The default value is 5 minutes.'], { default: '5' }],
  [['Specifies the weight (0 to 100).'], { range: { minimum: 0, maximum: 100 } }],
  [['The weight is between 0 and 100.'], { range: { minimum: 0, maximum: 100 } }],
  [['It is an integer from 1 to 9.'], { range: { minimum: 1, maximum: 9 } }],
  [['Minimum: 1, maximum: 10.'], { range: { minimum: 1, maximum: 10 } }],
  [['The value must be at least 2.'], { range: { minimum: 2 } }],
  [['Max length: 64'], { maxLength: 64 }],
  [['Range', 'Up to 64 characters', 'Default Value', 'N/A'], { maxLength: 64 }],
  [['Default value: None', 'Value range: N/A'], {}],
  [['Set the value to *MakeTea*.'], { values: ['MakeTea'] }],
  [['The value can be *A1* or *B1*.', '- *A1*: a cup', '- *B1*: a pot'], { values: ['A1', 'B1'] }],
  [['Port. Value: 1 to 10. Default: 5.'], { range: { minimum: 1, maximum: 10 }, default: '5' }],
  [['Valid values: [1, 50].'], { range: { minimum: 1, maximum: 50 } }],
  [['Whether it is hot. true: hot. false: cold (default).'], { default: 'false' }],
  [['(Optional) The name.'], { required: false }],
  [['Required.'], { required: true }],
]

test.each([...understood, ...further])('%j', (lines, expected) => {
  const facts = cell(...lines)
  expect(values(facts)).toEqual(expected)
  expect(facts.unread).toEqual([])
})

describe('rules with a condition', () => {
  const when = { subject: 'kind', is: ['RED'], not: false }

  test.each([
    ['This parameter is mandatory when *kind* is set to *RED*.', { effect: 'mandatory', when }],
    [
      'When *kind* is *RED*, set this parameter to *TIN*.',
      { effect: 'values', values: ['TIN'], when },
    ],
    ['It must be specified when *kind* is *RED*.', { effect: 'mandatory', when }],
    ['This parameter is invalid when the value of *kind* is *RED*.', { effect: 'invalid', when }],
    ['It cannot be specified when *kind* is set to *RED*.', { effect: 'invalid', when }],
    ['It is valid only when *kind* is *RED*.', { effect: 'valid-only', when }],
    [
      'When *kind* is *RED*, the value ranges from 1 to 2.',
      { effect: 'range', minimum: 1, maximum: 2, when },
    ],
    [
      'When *kind* is *RED*, only *A_B* takes effect.',
      { effect: 'effective', values: ['A_B'], when },
    ],
    ['When *kind* is *RED*, the value must be *TIN*.', { effect: 'values', values: ['TIN'], when }],
    [
      'The default value is 3 when *kind* is not *RED*.',
      { effect: 'default', default: '3', when: { ...when, not: true } },
    ],
    [
      'When *kind* is *RED*, the value has a maximum of 9 characters.',
      { effect: 'max-length', maxLength: 9, when },
    ],
  ])('%s', (sentence, condition) => {
    const facts = cell(sentence)
    expect(facts.conditions).toEqual([condition])
    expect(values({ ...facts, conditions: [] })).toEqual({})
  })

  test('a second clause is read as a sentence', () => {
    const both = cell(
      'This is mandatory when *kind* is *RED*, and it is invalid when *kind* is *BLUE*.',
    )
    expect(both.conditions.map(({ effect }) => effect)).toEqual(['mandatory', 'invalid'])
    const one = cell('This is mandatory when *kind* is *RED*, and the owner must agree.')
    expect(one.unread).toEqual([{ text: 'the owner must agree.', signals: ['must'] }])
  })

  test('a list of values for one case', () => {
    const facts = cell(
      'When *kind* is *RED*, the value can be one of the following:',
      '- *X1*: x',
      '- *Y1*: y',
    )
    expect(facts.conditions).toEqual([{ effect: 'values', values: ['X1', 'Y1'], when }])
    expect(facts.values).toBeUndefined()
  })

  test('what follows a condition that is not understood is no rule by itself', () => {
    const facts = cell('When it rains, the value ranges from 1 to 2.')
    expect(values(facts)).toEqual({})
    expect(facts.unread).toHaveLength(1)
  })
})

describe('what is reported', () => {
  test('two ranges', () => {
    expect(cell('Value range: 1 to 2.', 'Value range: 1 to 3.').range?.rivals).toHaveLength(1)
  })

  test('a rule in words that no phrase knows', () => {
    expect(cell('A cup.', 'It must not be chipped.').unread).toEqual([
      { text: 'It must not be chipped.', signals: ['must not'] },
    ])
  })

  test('an announcement of values that do not follow', () => {
    expect(cell('The following options are available:').unread).toHaveLength(1)
  })

  test('a sentence too long to be one', () => {
    expect(cell('must '.repeat(1000)).unread[0]?.signals).toEqual(['too long'])
  })

  test('a list of literals that nothing announces', () => {
    const facts = cell('The colour.', '- red: like fire', '- blue: like ice')
    expect([...facts.doubts]).toEqual(['enumeration-without-lead'])
  })

  test('every sentence is counted', () => {
    const { counts } = cell('The cup. It is blue. Value range: 1 to 2.', 'It must not leak.')
    expect(counts).toEqual({ understood: 1, described: 2, unread: 1 })
  })
})

describe('numbers and what follows them', () => {
  test.each([
    ['The value ranges from 1 to 1,000.', { range: { minimum: 1, maximum: 1000 } }],
    ['Value range: 0.5 to 1.5.', { range: { minimum: 0.5, maximum: 1.5 } }],
    [
      'The value ranges from 1 to 60 minutes.',
      { range: { minimum: 1, maximum: 60 }, unit: 'minutes' },
    ],
    ['The time, in ms, ranging from 1 to 9.', { range: { minimum: 1, maximum: 9 }, unit: 'ms' }],
    ['A maximum of 1,024 characters.', { maxLength: 1024 }],
    ['Valid values: 1~65,535.', { range: { minimum: 1, maximum: 65_535 } }],
  ])('%s', (sentence, expected) => {
    expect(cell(sentence)).toMatchObject({ unread: [] })
    expect(values(cell(sentence))).toEqual(expected)
  })

  test.each([
    'Value range: 1 to 65535 or -1.',
    'Value range: 1-10, 20-30.',
    'The value ranges from 1 to 100, or -1.',
    'The value range is [1, 100).',
    'Valid values: 1 to 9 and 20.',
  ])('%s: no range, and a doubt', (sentence) => {
    const facts = cell(sentence)
    expect(values(facts)).toEqual({})
    expect([...facts.doubts]).toEqual(['range-goes-on'])
  })

  test.each([
    'Do not set this parameter to null.',
    'The value can wait up to 300 seconds.',
    'It is tried up to 3 times.',
    'At most 5 requests per second are taken.',
    'At most 5 cups per guest are taken.',
  ])('%s: no keyword, and a sentence left unread', (sentence) => {
    const facts = cell(sentence)
    expect(values(facts)).toEqual({})
    expect(facts.unread).toHaveLength(1)
  })

  test('two units are none', () => {
    const facts = cell('The time is in minutes or seconds.')
    expect(values(facts)).toEqual({})
    expect([...facts.doubts]).toEqual(['unit-reads-two-ways'])
  })
})
