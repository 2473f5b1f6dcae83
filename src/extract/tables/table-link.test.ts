/** Which rows a table describes, by its caption, its link and the type of the row. */
import { describe, expect, test } from 'vitest'
import { fields, html, table } from '../odd-page.ts'
import type { Drafted } from '../schema/document.ts'

const ANSWER = ['Parameter', 'Type', 'Description'] as const
const LINK = 'See <a href="#table2">Table 2</a>.'

function described(
  rows: readonly (readonly [string, string, string])[],
  caption: string,
  example?: string,
): Drafted {
  const shown = example === undefined ? '' : `\n**Example response**\n\n\`\`\`\n${example}\n\`\`\``
  return html({
    response: `${table(ANSWER, ...rows)}\n**Table  2**  ${caption}\n\n<a name="table2"></a>\n${table(ANSWER, ['lid', 'String', 'The lid.'])}\n${shown}`,
  })
}

function unsettled({ settled }: Drafted): readonly string[] {
  return settled.unsettled.map(({ id }) => id.split('/').slice(2).join('/'))
}

const INSIDE = { properties: { lid: { type: 'string' } } }

test('a type that no list knows, and a table with the name of the field', () => {
  const drafted = described([['jar', 'REFERENCE', 'The jar.']], '**jar** parameters')
  expect(fields(drafted.document.response)).toEqual({ jar: { type: 'object', ...INSIDE } })
  expect(unsettled(drafted)).toEqual([])
})

test('a list of references, and a structure with the word in its name', () => {
  const list = described([['jar', 'ARRAY_REFERENCE', 'The jar.']], '**jar** parameters')
  expect(fields(list.document.response)).toEqual({
    jar: { type: 'array', items: { type: 'object', ...INSIDE } },
  })
  const named = described([['jar', 'jar_list', 'The jar.']], '**jar** parameters')
  expect(fields(named.document.response)).toEqual({ jar: { type: 'object', ...INSIDE } })
})

describe('a table named after one of several rows', () => {
  const list = 'Array of objects'

  test('of one type and with a word in common, describes them all', () => {
    const drafted = described(
      [
        ['jars', list, LINK],
        ['no_jars', list, LINK],
      ],
      '**jars** parameters',
    )
    expect(unsettled(drafted)).toEqual([])
    expect(fields(drafted.document.response)).toMatchObject({ no_jars: { items: INSIDE } })
  })

  test.each([
    ['of other types', 'no_jars', 'Object', LINK],
    ['of other names', 'cups', list, LINK],
    ['where the first does not lead there', 'no_jars', list, 'Them.'],
  ])('%s, contradicts the others', (_, name, type, first) => {
    const drafted = described(
      [
        ['jars', list, first],
        [name, type, LINK],
      ],
      '**jars** parameters',
    )
    expect(unsettled(drafted)).toContain(`response.${name}/caption-against-key`)
  })
})

describe('a text whose row leads to a table', () => {
  test('of another name has no fields, and that is reported', () => {
    const drafted = described(
      [
        ['cups', 'Object', LINK],
        ['next', 'String', `The mark in ${LINK}`],
      ],
      '**cups** parameters',
    )
    expect(fields(drafted.document.response)).toMatchObject({ next: { type: 'string' } })
    expect(unsettled(drafted)).toEqual([])
    expect(drafted.findings.map(({ rule }) => rule)).toContain('link-to-other-table')
  })

  test('of its own name is a contradiction', () => {
    const drafted = described([['next', 'String', LINK]], '**next** parameters')
    expect(unsettled(drafted)).toEqual(['response.next/type-against-table'])
  })
})

describe('lists that only the examples show', () => {
  const one = '{"jars": {"lid": "a"}}'
  const several = '{"jars": [{"lid": "a"}]}'
  const linked = '<a href="#table2">jars</a> object'

  test.each([linked, 'Jars structure', 'Data structure'])('of type %s', (type) => {
    const drafted = described([['jars', type, LINK]], '**jars** parameters', several)
    expect(fields(drafted.document.response)).toMatchObject({
      jars: { type: 'array', items: INSIDE },
    })
    expect(unsettled(drafted)).toEqual([])
    expect(drafted.findings.map(({ rule }) => rule)).toContain('list-by-example')
    const single = described([['jars', type, LINK]], '**jars** parameters', one)
    expect(fields(single.document.response)).toMatchObject({ jars: { type: 'object' } })
  })

  test('an object is not a list, also where another finding is about the example', () => {
    const drafted = described(
      [['jars', 'Object', LINK]],
      '**jars** parameters',
      '{"jars": [{"lid": null}]}',
    )
    expect(unsettled(drafted)).toEqual(['response.jars/type-against-example'])
  })

  test('a structure of one name, which nothing calls a list, is one object', () => {
    const drafted = described(
      [['jar', '<a href="#table2">jar</a> object', LINK]],
      '**jar** parameters',
      '{"jar": [{"lid": "a"}]}',
    )
    expect(unsettled(drafted)).toEqual(['response.jar/type-against-example'])
  })
})
