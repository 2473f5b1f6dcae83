/** What thousands of pages do otherwise, and contradict nothing by: a few lines of our own for each. */
import { describe, expect, test } from 'vitest'
import { fields, html, piped, read, request, table, HEAD } from './odd-page.ts'
import type { Drafted } from './schema/document.ts'

/** What a person has to settle page by page. */
function unsettled({ settled }: Drafted): readonly string[] {
  return settled.unsettled.map(({ id }) => id.split('/').slice(2).join('/'))
}

function noted({ settled }: Drafted): readonly string[] {
  return settled.noted.map(({ id }) => id.split('/').slice(2).join('/'))
}

function one(...cells: readonly string[]): Record<string, unknown> {
  const { at } = request(['cup', 'No', ...cells])
  return (at as { cup: Record<string, unknown> }).cup
}

const ROW = ['lid', 'String', 'The lid.'] as const
const ANSWER = ['Parameter', 'Type', 'Description'] as const

/** Lists and paragraphs before tables, as older pages have them for captions. */
function captioned(...parts: readonly (readonly [string, ...string[][]])[]): string {
  return parts
    .map(([caption, ...rows]) => `-   ${caption}\n\n    ${table(ANSWER, ...rows)}\n`)
    .join('\n')
}

describe('captions without a number', () => {
  test.each([
    'Parameters in the  **jars**  field',
    'Description for the jar format',
    'Data structure description of  **jars**',
    '**jars**  parameter description',
    'jars structure information',
  ])('%s', (caption) => {
    const drafted = html({
      response: captioned(
        ['Response body parameter description', ['jars', 'JSONArray', 'The jars.']],
        [caption, ['lid', 'String', 'The lid.']],
      ),
    })
    expect(fields(drafted.document.response)).toEqual({
      jars: { type: 'array', items: { type: 'object', properties: { lid: { type: 'string' } } } },
    })
  })

  test('a text that a table describes is a contradiction, and its rows are read', () => {
    const error = ['error', 'String', 'See <a href="#li7">Parameters in the error field</a>.']
    const drafted = html({
      response: captioned(
        ['Parameter description', error],
        ['Parameters in the  **error**  field', ['code', 'String', 'The code.']],
      ),
    })
    expect(unsettled(drafted)).toEqual(['response.error/type-against-table'])
    expect(fields(drafted.document.response)).toMatchObject({
      error: { properties: { code: { type: 'string' } } },
    })
  })

  test.each([
    ['jar_req', 'jar_req'],
    ['Object', 'kitchen_jar'],
    ['Array of objects', 'Jar'],
  ])('a type %s, and a table of %s', (type, name) => {
    const drafted = html({
      response: `${table(ANSWER, ['jar', type, 'The jar.'])}\n\n**Table  2**  Data structure description of the **${name}** field\n\n${table(ANSWER, ['lid', 'String', 'The lid.'])}`,
    })
    expect(unsettled(drafted)).toEqual([])
    expect(JSON.stringify(fields(drafted.document.response))).toContain('"lid"')
  })
})

describe('one call', () => {
  test('a second address of another version is noted', () => {
    const drafted = html({ uri: 'PUT /apis/cups/v1/jars\n\nPUT /apis/pots/v2beta1/jars' })
    expect(noted(drafted)).toContain('method/several-addresses')
    expect(drafted.document.path).toBe('/apis/cups/v1/jars')
    expect(unsettled(html({ uri: 'PUT /v1/jars\n\nPOST /v2/jars' }))).toContain(
      'method/method-reads-two-ways',
    )
  })

  test('a second address that the page itself calls one is noted', () => {
    const drafted = html({ uri: 'GET /v3/jars/new\n\nYou can also use GET /v3/old/jars.' })
    expect(noted(drafted)).toContain('method/several-addresses')
    const other = html({ uri: 'GET /v3/jars/new\n\nYou can also use PUT /v3/old/jars.' })
    expect(unsettled(other)).toContain('method/method-reads-two-ways')
  })

  test('a method may have one capital', () => {
    expect(html({ uri: 'Get /v3/jars' }).document).toMatchObject({
      method: 'GET',
      path: '/v3/jars',
    })
  })

  test('a line with values in the path is an example of the call', () => {
    const uri = 'GET /v1/\\{cook\\_id\\}/jars\n\nGET /v1/0123456789abcdef0123456789abcdef/jars'
    expect([...unsettled(html({ uri })), ...noted(html({ uri }))].join()).not.toMatch(/method/)
  })

  test('the request itself, printed below a heading of its own', () => {
    const drafted = read(
      `# PUT Jar\n\nFills the jar of a cook with salt.\n\n## Request Syntax\n\n\`\`\`\nPUT /JarName HTTP/1.1\nHost: kitchen\n\`\`\`\n\n## Request Parameters\n\n${table(HEAD, ['size', 'No', 'Integer', 'The size.'])}\n## Response\n\nNone\n`,
    )
    expect(drafted.document).toMatchObject({ method: 'PUT', path: '/JarName' })
  })
})

describe('names', () => {
  test('that a caller chooses are no property', () => {
    const rows = [
      ['tags', 'No', 'Object', 'The tags. See <a href="#table3">Table 3</a>.'],
      ['size', 'No', 'Integer', 'The size.'],
    ]
    const drafted = html({
      request: `${table(HEAD, ...rows)}\n**Table  3**  **tags**  parameter description\n\n<a name="table3"></a>\n${table(HEAD, ['User-defined key-value pair', 'No', 'String', 'A tag.'])}`,
    })
    expect(fields(drafted.document.request)).toEqual({
      tags: { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
      size: { type: 'integer' },
    })
    expect(unsettled(drafted)).toEqual([])
  })

  test('that a line was broken in are put together', () => {
    const { at, drafted } = request(['jar_ id', 'No', 'String', 'The jar.'])
    expect(Object.keys(at as object)).toEqual(['jar_id'])
    expect(noted(drafted)).toContain('request.jar_id/blank-in-name')
  })

  test.each(['name~', '#crypt_id', 'cups.io/size'])('%s is a name', (name) => {
    expect(unsettled(request([name, 'No', 'String', 'It.']).drafted)).toEqual([])
  })
})

describe('types', () => {
  test.each([
    ['Array. For more information, see Table 4.', 'array'],
    ['List<jar> (For details, see Table 3.)', 'array'],
    ['List object', 'array'],
    ['Array of Kitchen Jar objects', 'array'],
    ['Data structure', 'object'],
    ['a.b.v1.Jar object', 'object'],
    ['io.k8s.cups.v1.Time object', 'string'],
  ])('%s', (cell, type) => {
    expect(one(cell, 'It.')).toMatchObject({ type })
  })

  test('an enum without values says nothing of its type', () => {
    expect(one('enum', 'The cups.')).toEqual({})
    expect(one('enum', 'The value can be <b>TIN</b> or <b>IRON</b>.')['type']).toBe('string')
  })
})

/** One row of the answer, and an example of it. */
function shown(type: string, example: string): Drafted {
  return html({
    response: `${table(ANSWER, ['jar', type, 'It.'])}\n\n**Example response**\n\n\`\`\`\n${example}\n\`\`\``,
  })
}

function twice(example: string): Drafted {
  const answer = `**Example response**\n\n\`\`\`\n${example}\n\`\`\`\n\n`
  return html({ response: `None\n\n${answer}${answer}` })
}

describe('examples', () => {
  test.each([
    ['Integer', '{"jar": "12****"}'],
    ['String', '[{"jar": "a"}, {"jar": "b"}]'],
    ['String', '{"jar": 7}'],
    ['Array of strings', '{"jar": [7]}'],
    ['Array of strings', '{"jar": "XXXXXX"}'],
  ])('of type %s, %s contradicts nothing', (type, example) => {
    expect(unsettled(shown(type, example))).toEqual([])
  })

  test('answers that tell of errors are not the one that the page describes', () => {
    expect(unsettled(twice('{"error": {"error_code": "X", "error_msg": "No."}}'))).toEqual([])
    expect(unsettled(twice('{"jar": 7}'))).toEqual(['examples.response-2/example-against-schema'])
  })

  test('a list of what the table describes makes the body a list', () => {
    const { response } = shown('String', '[{"jar": "a"}]').document
    expect(response).toMatchObject({ type: 'array', items: { properties: { jar: {} } } })
  })

  test('a field that is only sent to a table is a list where every example has one', () => {
    const drafted = html({
      response: `${table(ANSWER, ['jars', '<a href="#table3">Table 3</a>', 'Them.'])}\n**Table  3**  **jars**\n\n<a name="table3"></a>\n${table(ANSWER, ROW)}\n\n**Example response**\n\n\`\`\`\n{"jars": [{"lid": "a"}]}\n\`\`\``,
    })
    expect(fields(drafted.document.response)).toMatchObject({ jars: { type: 'array' } })
    expect(unsettled(drafted)).toEqual([])
  })

  test('a value that is hidden breaks no limit', () => {
    const row = ['word', 'Yes', 'String', 'The word. The value contains 8 to 32 characters.']
    const example = '**Example request**\n\n```\n{"word": "XXXXXX"}\n```'
    expect(unsettled(html({ request: `${table(HEAD, row)}\n\n${example}` }))).toEqual([])
    const short = example.replace('XXXXXX', 'short')
    expect(unsettled(html({ request: `${table(HEAD, row)}\n\n${short}` }))).toEqual([
      'examples.request-1/example-against-schema',
    ])
  })

  test('a request that names another action is another call', () => {
    const drafted = piped([
      '|Action|String|Yes|FillJar|The call. Value: **FillJar**.|',
      '',
      '## Examples',
      '',
      '```',
      'https://[Endpoint]/?Action=EmptyJar',
      '```',
    ])
    expect(noted(drafted)).toContain('examples.request-1/example-another-call')
  })
})

/** An error of a call, with the words that describe it. */
function failing(description: string): Drafted {
  return piped([
    '|Size|String|Yes|1|The size.|',
    '',
    '## Error codes',
    '',
    '|HTTP status code|Error code|Error message|Description|',
    '|---|---|---|---|',
    `|403|Forbidden.Shelf|%s|${description}|`,
  ])
}

describe('errors', () => {
  test.each([
    'The service is not available in the current region.',
    'This service is unavailable in the specified zone.',
  ])('of a place that has no such service are the fault of a client: %s', (description) => {
    expect(unsettled(failing(description))).toEqual([])
  })

  test('of a service that is down are not', () => {
    expect(unsettled(failing('The service is currently unavailable.'))).toEqual([
      'errors.Forbidden.Shelf/status-against-description',
    ])
  })
})
