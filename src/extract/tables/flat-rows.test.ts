/** Tables that print all rows on one level, and examples that show which of them are inside others. */
import { describe, expect, test } from 'vitest'
import { fields, HEAD, html, table } from '../odd-page.ts'
import type { Drafted } from '../schema/document.ts'

const ANSWER = ['Parameter', 'Type', 'Description'] as const

type Row = readonly [name: string, type: string]

/** An answer of these rows, and what an example shows of it. */
function answered(rows: readonly Row[], example: unknown): Drafted {
  const printed = rows.map(([name, type]) => [name, type, `What ${name} is.`])
  return html({
    response: `${table(ANSWER, ...printed)}\n\n**Example response**\n\n\`\`\`\n${JSON.stringify(example)}\n\`\`\``,
  })
}

function unsettled({ settled }: Drafted): readonly string[] {
  return settled.unsettled.map(({ id }) => id.split('/').slice(2).join('/'))
}

const SHELF: readonly Row[] = [
  ['shelf', 'Object'],
  ['size', 'Integer'],
  ['jars', 'Array of objects'],
  ['lid', 'String'],
  ['total', 'Integer'],
]

test('rows are where the example has them, and that is reported', () => {
  const drafted = answered(SHELF, { shelf: { size: 1, jars: [{ lid: 'a' }] }, total: 1 })
  expect(fields(drafted.document.response)).toMatchObject({
    shelf: {
      properties: {
        size: { type: 'integer' },
        jars: { items: { properties: { lid: { type: 'string' } } } },
      },
    },
    total: { type: 'integer' },
  })
  expect(unsettled(drafted)).toEqual([])
  const found = drafted.findings.filter(({ rule }) => rule === 'nesting-by-example')
  expect(found.map(({ says }) => says)).toEqual([
    expect.stringContaining('size, jars'),
    expect.stringContaining('lid'),
  ])
})

test('rows that the example has beside the object stay beside it', () => {
  const { document } = answered(SHELF, { shelf: {}, size: 1, jars: [], lid: 'a', total: 1 })
  expect(Object.keys(fields(document.response) as object)).toEqual(SHELF.map(([name]) => name))
})

test('two rows of one name, of the object and of what is in it', () => {
  const rows: readonly Row[] = [
    ['version', 'Object'],
    ['id', 'String'],
    ['version', 'String'],
  ]
  const drafted = answered(rows, { version: { id: 'a', version: 'b' } })
  expect(fields(drafted.document.response)).toMatchObject({
    version: { properties: { id: {}, version: { type: 'string' } } },
  })
  expect(unsettled(drafted)).toEqual([])
})

test('a row that no example shows is where the rows around it are', () => {
  const between = answered(SHELF, { shelf: { jars: [{ lid: 'a' }] }, total: 1 })
  expect(fields(between.document.response)).toMatchObject({
    shelf: { properties: { size: {}, jars: {} } },
  })
})

test('a row that the examples have in one object only is in it, also where that object comes later', () => {
  const rows = [SHELF[0]!, SHELF[3]!, SHELF[1]!, SHELF[2]!, SHELF[4]!] as const
  const inside = { shelf: { size: 1, jars: [{ lid: 'a' }] }, total: 1 }
  const drafted = answered(rows, inside)
  expect(fields(drafted.document.response)).toMatchObject({
    shelf: { properties: { size: {}, jars: { items: { properties: { lid: {} } } } } },
    total: {},
  })
  expect(unsettled(drafted)).toEqual([])
  const twice = answered(rows, { ...inside, tray: { lid: 'b' } })
  expect(twice.findings.map(({ id }) => id)).toContainEqual(
    expect.stringContaining('response.lid/row-without-place'),
  )
})

describe('a row that may be inside or beside', () => {
  const rows = [...SHELF.slice(0, 2), ['weight', 'Integer'], SHELF[4]!] as const

  test('is left out of an answer, and that is reported', () => {
    const drafted = answered(rows, { shelf: { size: 1 }, total: 1 })
    expect(Object.keys(fields(drafted.document.response) as object)).toEqual(['shelf', 'total'])
    expect(JSON.stringify(drafted.document.response)).not.toContain('"weight":')
    expect(unsettled(drafted)).toEqual([])
    const found = drafted.findings.filter(({ rule }) => rule === 'row-without-place')
    expect(found.map(({ kind }) => kind)).toEqual(['unread'])
  })

  test('is a contradiction in a request', () => {
    const printed = rows.map(([name, type]) => [name, 'Yes', type, `What ${name} is.`])
    const example = '**Example request**\n\n```\n{"shelf": {"size": 1}, "total": 1}\n```'
    const drafted = html({ request: `${table(HEAD, ...printed)}\n\n${example}` })
    expect(unsettled(drafted)).toEqual(['request.weight/nesting-not-shown'])
  })
})

test('lists that no example shows are beside the one before, with rows of their own', () => {
  const rows: readonly Row[] = [
    ['jars', 'Array of objects'],
    ['key', 'String'],
    ['no_jars', 'Array of objects'],
    ['key', 'String'],
    ['value', 'String'],
    ['total', 'Integer'],
  ]
  const { document } = answered(rows, { jars: [{ key: 'a' }], total: 1 })
  expect(fields(document.response)).toMatchObject({
    jars: { items: { properties: { key: {} } } },
    no_jars: { items: { properties: { key: {}, value: {} } } },
    total: {},
  })
})

test('an object that a table describes keeps the rows of that table', () => {
  const row = ['shelf', 'Object', 'See <a href="#table2">Table 2</a>.']
  const { document } = html({
    response: `${table(ANSWER, row, ['size', 'Integer', 'The size.'])}\n**Table 2** **shelf** fields\n\n<a name="table2"></a>\n${table(ANSWER, ['lid', 'String', 'The lid.'])}\n\n**Example response**\n\n\`\`\`\n{"shelf": {"lid": "a", "size": 1}}\n\`\`\``,
  })
  expect(fields(document.response)).toMatchObject({ shelf: { properties: { lid: {} } }, size: {} })
})
