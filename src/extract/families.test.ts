/** What older pages of the HTML family do otherwise: a few lines of our own for each. */
import { expect, test } from 'vitest'
import { readApiPage } from './findings/api-page.ts'
import type { ApiPage } from './tables/api.ts'
import { walk } from './tables/fields.ts'
import type { Finding } from './findings/finding.ts'
import { openPage } from './page/open-page.ts'
import { readType } from './cell/json-type.ts'

function table(...rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<table>${lines.join('\n')}</table>\n`
}

function read(
  uri: string,
  request: string,
  response = 'None',
): { api: ApiPage; rules: readonly string[] } {
  const page = `# Creating a Pot\n\n## Function\n\nThis is for the making of a pot, and of a lid.\n\n## URI\n\n${uri}\n\n## Request\n\n${request}\n\n## Response\n\n${response}\n`
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  return {
    api,
    rules: findings.map((finding: Finding) => finding.id.split('/').slice(2).join('/')),
  }
}

/** A cell that sends its reader to another table. */
function link(to: string): string {
  return `See <a href="#table${to}">Table ${to}</a>.`
}

const HEAD = ['Parameter', 'Mandatory', 'Type', 'Description'] as const

test('a body that is listed with the URI', () => {
  const rows = table(
    HEAD,
    ['shop_id', 'Yes', 'String', 'The shop.'],
    ['size', 'No', 'Integer', 'The size.'],
  )
  const { api, rules } = read(`POST /v1/{shop_id}/pots\n\n${rows}`, 'None')
  expect(api.fields.parameters.map(({ at }) => at)).toEqual(['parameters.shop_id'])
  expect(api.fields.request.map(({ at }) => at)).toEqual(['request.size'])
  expect(rules).toContain('request.size/body-among-uri-parameters')
})

test('a query that is listed as a request', () => {
  const { api } = read('GET /v1/pots', table(HEAD, ['limit', 'No', 'Integer', 'How many.']))
  expect(api.fields.request).toEqual([])
  expect(api.fields.query.map(({ at }) => at)).toEqual(['query.limit'])
})

test('limits in a column of their own', () => {
  const rows = table(
    [...HEAD, 'Constraint'],
    ['name', 'Yes', 'String', 'The name.', 'A maximum of 9 characters.'],
  )
  const { api } = read('POST /v1/pots', rows)
  expect(api.fields.request[0]?.facts.maxLength?.value).toBe(9)
})

test('headings below a section divide it', () => {
  const rows = table(HEAD, ['name', 'Yes', 'String', 'The name.'])
  const { api } = read('POST /v1/pots', `### What to send\n\n${rows}`)
  expect(api.fields.request.map(({ name }) => name)).toEqual(['name'])
})

test('two calls on one page, a part of the path without a row', () => {
  const { rules } = read('POST /v1/pots/{pot_id}\n\nPUT /v1/pots/{pot_id}', 'None')
  expect(rules).toContain('method/method-reads-two-ways')
  expect(rules).toContain('parameters.pot_id/path-without-row')
})

function missing(page: string): readonly string[] {
  return readApiPage(openPage(new TextEncoder().encode(page)))
    .findings.map(({ id }) => id.split('/').slice(2).join('/'))
    .filter((id) => id.endsWith('section-missing'))
}

test('columns of one kind of value, and columns that nothing reads', () => {
  const rows = table(
    [...HEAD, 'Default value', 'Value Range', 'Region'],
    ['size', 'No', 'Integer', 'The size.', '3', '１–９', 'north'],
    ['lid', 'No', 'String', 'The lid.', '-', 'TIN, IRON', '-'],
  )
  const { api, rules } = read('POST /v1/pots', rows)
  const [size, lid] = api.fields.request
  expect(size?.facts).toMatchObject({
    default: { value: '3' },
    range: { value: { minimum: 1, maximum: 9 } },
  })
  expect(lid?.facts).toMatchObject({ values: { value: ['TIN', 'IRON'] } })
  expect(lid?.facts.default).toBeUndefined()
  expect(rules.filter((rule) => rule.endsWith('column-not-understood'))).toHaveLength(1)
})

test('rows without a name, and rows of one cell, are reported and are no fields', () => {
  const spanning = '<tr><td colspan="4">Lids</td></tr>'
  const rows = table(HEAD, ['size', 'No', 'Integer', 'The size.'], ['', '', '', 'It must fit.'])
  const { api, rules } = read('POST /v1/pots', rows.replace('</table>', `${spanning}</table>`))
  expect(api.fields.request.map(({ name }) => name)).toEqual(['size'])
  expect(rules.filter((rule) => rule.includes('row-not-understood'))).toHaveLength(2)
})

test('a link in the column of types leads to the table, whatever it is called', () => {
  const outer = table(HEAD, ['pot', 'Yes', '<a href="#opt">PotOption</a> object', 'The pot.'])
  const inner = `**Table  2**  PotOption\n\n<a name="opt"></a>\n${table(HEAD, ['size', 'No', 'Integer', 'The size.'])}`
  const { api } = read('POST /v1/pots', `${outer}\n${inner}`)
  expect(api.fields.request[0]?.children.map(({ at }) => at)).toEqual(['request.pot.size'])
})

test('a rule that stands between two tables is prose with a place', () => {
  const rows = table(HEAD, ['size', 'No', 'Integer', 'The size.'])
  const { api } = read('POST /v1/pots', `${rows}\n\nA pot must have a lid.\n\nParameters\n`)
  expect(api.prose.filter(({ kind }) => kind === 'request')).toHaveLength(1)
})

test('sections that a page does not have', () => {
  const text = 'This is for the making of a pot, and of a lid.\n\n'
  expect(missing(`# Creating a Pot\n\n## URI\n\nPOST /v1/pots\n\n${text}`)).toEqual([
    'request/section-missing',
    'response/section-missing',
    'example/section-missing',
    'status/section-missing',
  ])
  const rows = table(HEAD, ['name', 'Yes', 'String', 'The name.'])
  expect(
    missing(`# Creating a Pot\n\n${text}## Request\n\n${rows}\n\n## Response\n\nNone\n`),
  ).toEqual(['uri/section-missing', 'example/section-missing', 'status/section-missing'])
  expect(missing(`# MakePot {#a .reference}\n\n${text}`)).toEqual([
    'request/section-missing',
    'response/section-missing',
    'example/section-missing',
    'errors/section-missing',
  ])
})

test('tables that describe each other come to an end', () => {
  const one = `**Table  1** **a**  parameter description\n\n<a name="table1"></a>\n${table(HEAD, ['b', 'No', 'Object', link('2')])}`
  const two = `**Table  2** **b**  parameter description\n\n<a name="table2"></a>\n${table(HEAD, ['a', 'No', 'Object', link('1')])}`
  const { api } = read('POST /v1/pots', `${one}\n${two}`)
  expect([...walk(api.fields.request)].length).toBeLessThan(30)
})

test('a table that no rule understands', () => {
  const { rules } = read('POST /v1/pots', table(['Colour', 'Fire'], ['red', 'hot']))
  expect(rules.filter((rule) => rule.endsWith('table-not-understood'))).toHaveLength(1)
})

test.each([
  ['Dictionary data structure', { type: 'object' }],
  ['List data structure', { type: 'array' }],
  ['List(Dictionary data structure)', { type: 'array', items: 'object' }],
  ['Array of strings', { type: 'array', items: 'string' }],
  ['Resource_tag structure array', { type: 'array', items: 'object', of: 'Resource_tag' }],
  ['String(36)', { type: 'string' }],
  ['integer<int32>', { type: 'integer' }],
  ['PotOption object', { type: 'object', of: 'PotOption' }],
  ['Map<String,String>', { type: 'object' }],
  ['List<Map<String,Object>>', { type: 'array', items: 'object' }],
  ['Array of ties', { type: 'array', items: 'object', of: 'ties' }],
  ['List<lid>', { type: 'array', items: 'object', of: 'lid' }],
  ['[String]', { type: 'array', items: 'string' }],
  ['lid[]', { type: 'array', items: 'object', of: 'lid' }],
  ['Array of Table 3 objects', { type: 'array', items: 'object' }],
  ['enum', { type: 'string' }],
  ['RepeatList', { type: 'array' }],
  ['String (Required)', { type: 'string' }],
  ['Integer or null', { type: 'integer' }],
  ['Table 3', undefined],
  ['constructor', undefined],
  ['object []', { type: 'array', items: 'object' }],
  ['Booleger', undefined],
])('type %s', (cell, type) => {
  expect(readType(cell)).toEqual(type)
})

test('one table for what is sent and what is shown', () => {
  const outer = (what: string) => table(HEAD, ['pot', 'Yes', 'Object', `The ${what}. ${link('2')}`])
  const inner = `**Table  2**  **pot**  parameter description\n\n<a name="table2"></a>\n${table(HEAD, ['size', 'Yes', 'Integer', 'The size.'])}`
  const { api, rules } = read('POST /v1/pots', `${outer('new')}\n${inner}`, outer('old'))
  const [shown] = api.fields.response
  expect(shown?.children.map(({ at, mandatory }) => [at, mandatory])).toEqual([
    ['response.pot.size', undefined],
  ])
  expect(rules).toContain('response.pot/table-shared')
})
