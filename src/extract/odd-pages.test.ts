/** Ways of writing a page that once were read wrongly: one small page for each, with what it says. */

import { describe, expect, test } from 'vitest'
import { read, fields, table, HEAD, html, piped, pipedFields } from './odd-page.ts'
import { withoutSources } from './schema/amend.ts'

/** A table with a name and a label, of one row. */
function namedTable(label: number, of: string, row: string): string {
  return `\n**Table  ${label}**  **${of}**  parameter description\n\n<a name="table${label}"></a>\n${table(HEAD, [row, 'Yes', 'Integer', 'A size.'])}`
}

describe('the call', () => {
  test.each([
    'GET /v3/jars\\{?limit,shape\\}',
    'GET /v3/jars?limit=\\{limit\\}&shape=\\{shape\\}',
    'GET https://\\{Endpoint\\}/v3/jars\\{?limit,shape\\}',
  ])('a query behind the path of %s is none of it', (line) => {
    const rows = table(
      HEAD,
      ['limit', 'No', 'Integer', 'How many.'],
      ['shape', 'No', 'String', 'The shape.'],
    )
    const { document } = html({ uri: `${line}\n\n${rows}` })
    expect(document).toMatchObject({ method: 'GET', path: '/v3/jars' })
    expect(fields(document.query)).toEqual({
      limit: { type: 'integer' },
      shape: { type: 'string' },
    })
  })

  test('a page of a later edition has no attributes behind its headings', () => {
    const page = piped(['|Action|String|Yes|FillJar|The operation. Set the value to FillJar.|'], '')
    expect(page.document).toMatchObject({ dialect: 'slb', operation: 'fill-jar' })
    expect(fields(page.document.request)).toEqual({ Action: { type: 'string', const: 'FillJar' } })
    expect(fields(page.document.response)).toEqual({ JarId: { type: 'string' } })
  })
})

const named = (label: number, rows: string): string =>
  `**Table  ${label}**  **jars**  field data structure description\n\n${rows}`

describe('where a row goes', () => {
  test('headers have a place of their own, by caption, by name and by a column', () => {
    const rows = table(HEAD, ['Token', 'Yes', 'String', 'The token.'])
    const body = table(
      HEAD,
      ['X-Auth-Token', 'Yes', 'String', 'The token.'],
      ['size', 'No', 'Integer', 'The size.'],
    )
    const placed = table(
      [...HEAD, 'In'],
      ['Trace', 'No', 'String', 'The trace.', 'header'],
      ['lid', 'No', 'String', 'The lid.', 'body'],
    )
    const { document } = html({
      request: `**Table  1**  Request header parameters\n\n${rows}\n**Table  2**  Request body parameters\n\n${body}\n${placed}`,
    })
    expect(Object.keys(fields(document.headers) as object)).toEqual([
      'Token',
      'X-Auth-Token',
      'Trace',
    ])
    expect(Object.keys(fields(document.request) as object)).toEqual(['size', 'lid'])
  })

  test.each(['**Optional**  parameters', 'Common parameters', '**Request**  parameters'])(
    'the caption %s names no field',
    (caption) => {
      const rows = table(HEAD, ['kind', 'Yes', 'String', 'The kind.'])
      const more = table(HEAD, ['limit', 'No', 'Integer', 'How many.'])
      const { document, settled } = html({
        uri: `GET /v3/jars\n\n${rows}\n**Table  2**  ${caption}\n\n${more}`,
      })
      expect(Object.keys(fields(document.query) as object)).toEqual(['kind', 'limit'])
      expect(settled.unsettled).toEqual([])
    },
  )

  test('a table describes no row of itself', () => {
    const outer = table(['Parameter', 'Type', 'Description'], ['jars', 'Array', 'Lists the jars.'])
    const inner = table(['Parameter', 'Type', 'Description'], ['id', 'String', 'The ID.'])
    const { document } = html({
      uri: 'GET /v3/jars',
      response: `${named(1, outer)}\n${named(2, inner)}`,
    })
    expect(fields(document.response)).toEqual({
      jars: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
    })
  })

  test('a pipe table stands in a page of HTML tables, and the other way round', () => {
    const pipe =
      '|Parameter|Mandatory|Type|Description|\n|---|---|---|---|\n|size|No|Integer|The size.|\n'
    expect(fields(html({ request: pipe }).document.request)).toEqual({ size: { type: 'integer' } })
    const rows = table(['Parameter', 'Type', 'Description'], ['Lid', 'String', 'The lid.'])
    const page = `# FillJar {#d .reference}\n\n## Request parameters {#p .section}\n\nThe value of a parameter is for the jar.\n\n${rows}`
    expect(fields(read(page).document.request)).toEqual({ Lid: { type: 'string' } })
  })
})

const inside = (row: string): object => ({
  type: 'object',
  properties: { [row]: { type: 'integer' } },
  required: [row],
})

describe('types', () => {
  test('that are names of tables', () => {
    const rows = table(
      HEAD,
      ['jar', 'No', '<a href="#table3">Table 3</a>', 'The jar.'],
      ['lids', 'No', 'List&lt;lid&gt;', 'The lids. See <a href="#table4">Table 4</a>.'],
      ['cords', 'No', 'Array of cords', 'The cords.'],
    )
    const drafted = html({
      request:
        rows +
        namedTable(3, 'jar', 'width') +
        namedTable(4, 'lid', 'depth') +
        namedTable(5, 'cords', 'length'),
    })
    expect(fields(drafted.document.request)).toEqual({
      jar: inside('width'),
      lids: { type: 'array', items: inside('depth') },
      cords: { type: 'array', items: inside('length') },
    })
    expect(drafted.settled.unsettled).toEqual([])
  })

  test('with a mark behind them', () => {
    const rows = table(
      ['Parameter', 'Type', 'Description'],
      ['a', 'String (Required)', 'A.'],
      ['b', 'String(8) (Optional)', 'B.'],
    )
    const { document } = html({ request: rows })
    expect(withoutSources(document.request)).toMatchObject({ required: ['a'] })
    expect(fields(document.request)).toEqual({
      a: { type: 'string' },
      b: { type: 'string', maxLength: 8 },
    })
  })

  test('RepeatList, with a limit of its number', () => {
    expect(
      pipedFields('|JarId.N|RepeatList|Yes.|j-1|The jars. Valid values of N: 1 to 10.|'),
    ).toEqual({
      'JarId.N': { type: 'array', maxItems: 10, items: { type: 'string' } },
    })
  })
})
