/** Conditions on a field beside the row, further out, or nowhere on the page. */
import { expect, test } from 'vitest'
import { withoutSources, type Schema } from './amend.ts'
import { readApiPage } from '../findings/api-page.ts'
import { draft } from './document.ts'
import { isObject } from '../page/json-text.ts'
import { openPage } from '../page/open-page.ts'

const HEAD =
  '<tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr>' as const

function rows(...cells: readonly (readonly [string, string, string])[]): string {
  const lines = cells.map(
    ([name, type, text]) => `<tr><td>${name}</td><td>No</td><td>${type}</td><td>${text}</td></tr>`,
  )
  return `<table>${HEAD}${lines.join('')}</table>\n\n`
}

function link(to: number): string {
  return `See <a href="#table${to}">Table ${to}</a>.`
}

function read(rule: string): { request: Schema; rules: readonly string[] } {
  const page =
    '# Creating a Pot\n\n## URI\n\nPOST /v1/pots\n\n## Request\n\nThis is for the value of a pot.\n\n' +
    rows(['pot', 'Object', `<p>Specifies the tea pot.</p><p>${link(2)}</p>`]) +
    '**Table  2** **pot**  parameter description\n\n<a name="table2"></a>\n' +
    rows(
      ['metal', 'String', 'Specifies the metal of the pot.'],
      ['hot', 'Boolean', 'Whether it is hot.'],
      ['lids', 'Array', `Lists the lids. ${link(3)}`],
    ) +
    '**Table  3** **lids**  parameter description\n\n<a name="table3"></a>\n' +
    rows(['size', 'Integer', 'The size.'], ['knob', 'String', `<p>The knob.</p><p>${rule}</p>`])
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  const { document } = draft(api, findings, { errata: [], notes: [] })
  const rules = findings.map(({ id }) => id.split('/').slice(2).join('/'))
  return { request: document.request!, rules }
}

function pot(request: Schema): Schema {
  const { properties } = withoutSources(request) as { properties: { pot: Schema } }
  return properties.pot
}

const inLids = (then: object): object => ({
  properties: { lids: { items: then } },
})

const THEN = { properties: { knob: true }, required: ['knob'] }

test.each([
  ['metal', 'TIN', { const: 'TIN' }],
  ['the metal of the pot', 'TIN or IRON', { enum: ['TIN', 'IRON'] }],
  ['the metal of the tea pot', 'not TIN', { not: { const: 'TIN' } }],
])('mandatory when %s, two levels further out, is %s', (subject, is, holds) => {
  const { request, rules } = read(`This parameter is mandatory when ${subject} is ${is}.`)
  expect(pot(request)['allOf']).toEqual([
    {
      if: { properties: { metal: holds }, required: ['metal'] },
      // oxlint-disable-next-line no-thenable -- a keyword of JSON Schema
      then: inLids(THEN),
    },
  ])
  expect(rules.filter((rule) => rule.includes('condition'))).toEqual([])
})

test('a value in a rule has the type of its field', () => {
  const { request } = read('This parameter is mandatory when hot is true.')
  expect(JSON.stringify(pot(request)['allOf'])).toContain('{"hot":{"const":true}}')
})

test('a rule on what is no field is data, and reported', () => {
  const { request, rules } = read('This parameter is mandatory when the fire is HOT.')
  expect(JSON.stringify(request)).not.toContain('allOf')
  expect(JSON.stringify(request)).toContain('x-conditions')
  expect(rules).toContain('request.pot.lids.knob/condition-outside-page')
})

test('every keyword of a rule has a source, however deep', () => {
  const { request } = read('This parameter is mandatory when metal is TIN.')
  const rule = (request as { properties: { pot: { allOf: readonly Schema[] } } }).properties.pot
    .allOf[0]!
  const sourceless: string[] = []
  const check = (schema: unknown, at: string): void => {
    if (!isObject(schema)) return
    const { 'x-source': source, ...keywords } = schema
    if (JSON.stringify(Object.keys(source ?? {})) !== JSON.stringify(Object.keys(keywords)))
      sourceless.push(at)
    for (const keyword of ['if', 'then', 'items']) check(schema[keyword], `${at}.${keyword}`)
    for (const [name, inner] of Object.entries(schema['properties'] ?? {}))
      check(inner, `${at}.${name}`)
  }
  check(rule, 'rule')
  expect(sourceless).toEqual([])
})
