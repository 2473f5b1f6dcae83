/** Where what a page says ends up: on the elements of a list, in an object, among the codes. */
import { expect, test } from 'vitest'
import { readApiPage } from './findings/api-page.ts'
import { allFields } from './tables/api.ts'
import { draft, type Drafted } from './schema/document.ts'
import { openPage } from './page/open-page.ts'

const KETTLE =
  '# Updating a Kettle\n\n## URI\n\nPUT /v9/kettles\n\nThis is the value of a parameter and for the kettle.\n\n## Request\n\n'

function read(page: string): Drafted & { places: readonly string[] } {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  return {
    ...draft(api, findings, { errata: [], notes: [] }),
    places: allFields(api).map(({ at }) => at),
  }
}

function request(type: string, cell: string): Record<string, unknown> {
  const table = `<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>a</td><td>${type}</td><td>${cell}</td></tr></table>\n`
  const { document } = read(KETTLE + table)
  const { properties } = document.request as { properties: { a: Record<string, unknown> } }
  return JSON.parse(
    JSON.stringify(properties.a, (key, value: unknown) => (key === 'x-source' ? undefined : value)),
  ) as Record<string, unknown>
}

test('values and lengths of a list are those of its elements', () => {
  const cell =
    '<p>The marks.</p><p>Each mark has a maximum of 36 characters.</p><p>The value can be <b>X</b> or <b>Y</b>.</p>'
  expect(request('Array of strings', cell)).toEqual({
    type: 'array',
    items: { type: 'string', enum: ['X', 'Y'], maxLength: 36 },
  })
  expect(request('Array', cell)).toEqual({
    type: 'array',
    items: { enum: ['X', 'Y'], maxLength: 36 },
  })
})

test('only the first line of a list item is a literal', () => {
  const items = '<ul><li>UP.<p>Boils.</p></li><li><p>DOWN</p><p>Cold.</p></li></ul>'
  expect(request('String', `<p>The value can be one of the following:</p>${items}`)).toEqual({
    type: 'string',
    enum: ['UP', 'DOWN'],
  })
})

const TRAY = `Tea Service:ChangeTray

Last Updated:Feb 02, 2023

Changes a tray of the service, for the value of it.

Request parameters

ParameterTypeRequiredDescriptionExample
Cupobject []No

The cups.

KeystringYes

The key.

k
ColourstringNo

The colour.

red

Response parameters

ParameterTypeDescriptionExample
RequestIdstring

The request.

R-1

Examples
`

test('in a copy, rows after an object are inside only where an example shows it', () => {
  const silent = read(TRAY)
  expect(silent.places.slice(0, 3)).toEqual(['request.Cup', 'request.Key', 'request.Colour'])
  const lost = silent.findings.filter(({ id }) => id.endsWith('/nesting-not-shown'))
  expect(lost.map(({ id }) => id.split('/')[2])).toEqual(['request.Key', 'request.Colour'])
  const shown = read(`${TRAY}\nhttps://tea/?Action=ChangeTray\n&Cup.1.Key=k\n&Colour=red\n`)
  expect(shown.places.slice(0, 3)).toEqual(['request.Cup', 'request.Cup.Key', 'request.Colour'])
  expect(shown.findings.filter(({ id }) => id.includes('nesting'))).toEqual([])
})

test.each([
  ['HttpCode', 'Error codes'],
  ['HTTP status code', 'Errors'],
])('errors under %s in a section %s', (status, section) => {
  const page = `# ChangeTray {#a .reference}\n\nThe value of it is for the tray, and the page.\n\n## ${section} {#e .section}\n\n|${status}|Error code|Error message|Description|\n|---|---|---|---|\n|404|CupGone|No cup.|Look again.|\n`
  expect(read(page).document.errors).toEqual([{ status: 404, code: 'CupGone' }])
})

test('a table of codes from which no row came is unread', () => {
  const page = `# ChangeTray {#a .reference}\n\nThe value of it is for the tray, and the page.\n\n## Errors {#e .section}\n\n|Error code|Description|\n|---|---|\n|CupGone|Look again.|\n`
  const { findings, document } = read(page)
  expect(document.ledger['codes']).toBe(0)
  expect(findings.some(({ id }) => id.includes('lines-not-read'))).toBe(true)
})

const sentence = (who: string): string =>
  `<p>The lid.</p><p>When <b>kind</b> is <b>RED</b>, ${who} must be <b>TIN</b>.</p>`

test('a condition on another thing than the field is left unread', () => {
  expect(request('String', sentence('the value'))).toHaveProperty('x-conditions')
  expect(request('String', sentence('the colour of the pot'))).toEqual({ type: 'string' })
})

test('a table inside a cell is reported', () => {
  const inner =
    '<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>b</td><td>String</td></tr></table>'
  const table = `<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>a</td><td>${inner}</td></tr></table>\n`
  const ids = read(KETTLE + table).findings.map(({ id }) => id)
  expect(ids.filter((id) => id.endsWith('/table-in-cell'))).toHaveLength(1)
})

test.each(['Weightinteger', 'Weight integerNo', 'Weightinteger Yes'])('a lost row: %s', (row) => {
  const { findings } = read(TRAY.replace('KeystringYes', `${row}\n\nHeavy.\n\n3\nKeystringYes`))
  expect(findings.filter(({ id }) => id.endsWith('/row-not-understood'))).toHaveLength(1)
})

test.each(['lid (old)', 'lid.knob'])('%s is no name of a field', (name) => {
  const table = `<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>${name}</td><td>String</td></tr></table>\n`
  const { findings } = read(KETTLE + table)
  expect(findings.filter(({ id }) => id.endsWith('/name-not-understood'))).toHaveLength(1)
})

test('a JSON string that lists strings, and a query whose digits are text', () => {
  const page =
    '# FindCups {#a .reference}\n\nThe value of it is for the tray, and the page.\n\n## Request parameters {#p .section}\n\n' +
    '|Parameter|Type|Required?|Example value|Description|\n|---|---|---|---|---|\n' +
    '|CupIds|String|No|\\["c-1", "c-2"\\]|The cups, a JSON array.\n\n |\n|Size|Integer|No|3|The size.\n\n |\n\n' +
    '## Examples {#d .section}\n\n```\nhttp(s)://[Endpoint]/?Action=FindCups\n&Size=3\n```\n'
  const { document, findings } = read(page)
  const { properties } = document.request as { properties: { CupIds: Record<string, unknown> } }
  expect(properties.CupIds['contentSchema']).toMatchObject({
    type: 'array',
    items: { type: 'string' },
  })
  expect(findings.filter(({ id }) => /quoted-integer|json-fields/.test(id))).toEqual([])
})

/** The kinds of what is found where a list of rows has one example of a response. */
function kindsOf(example: string): readonly string[] {
  const rows = [
    ['lid', 'String'],
    ['on', 'Boolean'],
  ].map(([name, type]) => `<tr><td>${name}</td><td>${type}</td><td>One.</td></tr>`)
  const table = `<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>${rows.join('')}</table>\n`
  const page = `${KETTLE}None\n\n## Response\n\n${table}\n\n## Example\n\n-   Example response\n\n    \`\`\`\n    ${example}\n    \`\`\`\n`
  return read(page).findings.flatMap(({ rule, kind }) =>
    /quoted|null|against/.test(rule) ? [`${rule} ${kind}`] : [],
  )
}

test('an example with null, or with quotes that the type has not, contradicts no row', () => {
  expect(kindsOf('{"lid": "TIN", "on": true}')).toEqual([])
  expect(kindsOf('{"lid": "TIN", "on": "true"}')).toEqual(['quoted-boolean silence'])
  const ofNull = kindsOf('{"lid": null, "on": true}')
  expect(ofNull.filter((one) => one.endsWith(' contradiction'))).toEqual([])
  expect(kindsOf('{"lid": 7, "on": true}')).toEqual(['unquoted-text silence'])
  expect(kindsOf('{"lid": [7], "on": true}')).toContain('type-against-example contradiction')
})
