/** Ways of writing a page that once were read wrongly: one small page for each, with what it says. */
import { describe, expect, test } from 'vitest'
import { openPage } from './page/open-page.ts'
import { withoutSources } from './schema/amend.ts'
import { draft, type Drafted } from './schema/document.ts'
import { ownSchemas, readDecisions } from './schema/store.ts'
import { readApiPage } from './tables/api-page.ts'

function read(page: string): Drafted {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  return draft(api, findings, readDecisions(ownSchemas(), api.call.dialect))
}

/** Rules of all findings that are about the call itself, not about sections that a test leaves out. */
function rules({ findings }: Drafted): readonly string[] {
  const left = /^(?:section-missing|example-missing|success-status-unstated|method-unstated)$/
  return findings.map(({ rule }) => rule).filter((rule) => !left.test(rule))
}

function fields(schema: unknown): unknown {
  return (withoutSources(schema) as { properties: unknown } | null)?.properties
}

function table(...rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<table>${lines.join('\n')}</table>\n`
}

const HEAD = ['Parameter', 'Mandatory', 'Type', 'Description'] as const

function html({
  uri = 'PUT /v3/jars',
  request = 'None',
  response = 'None',
}: {
  uri?: string
  request?: string
  response?: string
}): Drafted {
  return read(
    `# Updating a Jar\n\n## Function\n\nThis is for the filling of a jar, and of the lid.\n\n## URI\n\n${uri}\n\n## Request\n\n${request}\n\n## Response\n\n${response}\n\n## Status Code\n\n200 is returned.\n`,
  )
}

function request(...rows: readonly (readonly string[])[]): { at: unknown; drafted: Drafted } {
  const drafted = html({ request: table(HEAD, ...rows) })
  return { at: fields(drafted.document.request), drafted }
}

function piped(rows: readonly string[], attributes = ' {#doc_api_1 .reference}'): Drafted {
  const section = attributes === '' ? '' : ' {#p .section}'
  return read(
    `# FillJar${attributes}\n\nFills the jar of a cook.\n\n## Request parameters${section}\n\n` +
      `|Name|Type|Required|Example|Description|\n|---|---|---|---|---|\n${rows.join('\n')}\n\n` +
      `## Return parameters${section}\n\n|Name|Type|Example|Description|\n|---|---|---|---|\n|JarId|String|j-1|The ID of the jar.|\n`,
  )
}

function pipedFields(...rows: readonly string[]): Record<string, unknown> {
  return fields(piped(rows).document.request) as Record<string, unknown>
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
    const name = (label: number, of: string, row: string): string =>
      `\n**Table  ${label}**  **${of}**  parameter description\n\n<a name="table${label}"></a>\n${table(HEAD, [row, 'Yes', 'Integer', 'A size.'])}`
    const rows = table(
      HEAD,
      ['jar', 'No', '<a href="#table3">Table 3</a>', 'The jar.'],
      ['lids', 'No', 'List&lt;lid&gt;', 'The lids. See <a href="#table4">Table 4</a>.'],
      ['cords', 'No', 'Array of cords', 'The cords.'],
    )
    const drafted = html({
      request:
        rows + name(3, 'jar', 'width') + name(4, 'lid', 'depth') + name(5, 'cords', 'length'),
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
