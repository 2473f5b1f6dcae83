/** Pages of our own in each shape, with every oddity met on a vendor's page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readApiPage } from './findings/api-page.ts'
import { draft, type Drafted } from './schema/document.ts'
import { isObject } from './page/json-text.ts'
import { openPage } from './page/open-page.ts'

function read(name: string): Drafted {
  const bytes = readFileSync(join(import.meta.dirname, 'samples', name))
  const { api, findings } = readApiPage(openPage(bytes))
  return draft(api, findings, { errata: [], notes: [] })
}

/** A schema without its sources. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare)
  if (!isObject(schema)) return schema
  const kept = Object.entries(schema).filter(([key]) => !['x-source', '$schema'].includes(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value)]))
}

function findingsOf({ findings, document }: Drafted): readonly string[] {
  const prefix = `${document.dialect}/${document.operation}/`
  return findings.map(({ id }) => id.slice(prefix.length)).toSorted()
}

/** Lines that no account has, and lines that became nothing: both must be 0. */
function unaccounted({ ledger }: Drafted): readonly number[] {
  const total = Object.values(ledger.totals).reduce((sum, lines) => sum + lines, ledger.blank)
  return [ledger.lines - total, ledger.totals.unread]
}

function when(field: string, subject: string, is: readonly string[]): object {
  return { subject, ...(field === '' ? {} : { field: `request.kettle.${field}` }), is }
}

describe('HTML tables in Markdown', () => {
  const kettle = read('html-tables.txt')

  test('the call from a table of method and URI', () => {
    expect(kettle.document).toMatchObject({
      dialect: 'elb',
      operation: 'update-kettle',
      method: 'PUT',
      path: '/v9/kettles/{kettle_id}',
      statuses: [200, 404],
    })
  })

  test('rows of indented tables, in any order of columns, nested by caption', () => {
    expect(bare(kettle.document.parameters)).toEqual({
      type: 'object',
      properties: { kettle_id: { type: 'string' } },
      required: ['kettle_id'],
    })
    expect(bare(kettle.document.request)).toEqual({
      type: 'object',
      properties: {
        kettle: {
          type: 'object',
          properties: {
            label: { type: 'string', minLength: 1, maxLength: 40 },
            mode: {
              type: 'string',
              enum: ['FAST', 'SLOW'],
              'x-conditions': [{ effect: 'other-invalid', when: when('mode', 'value', ['FAST']) }],
            },
            song: {
              type: ['string', 'null'],
              'x-conditions': [
                { effect: 'mandatory', when: when('mode', 'boiling mode', ['SLOW']) },
              ],
            },
            minutes: {
              type: 'integer',
              default: 3,
              'x-unit': 'minutes',
              'x-conditions': [
                { effect: 'invalid', when: when('mode', 'mode', ['FAST']) },
                {
                  effect: 'range',
                  minimum: 1,
                  maximum: 9,
                  when: when('', 'pot metal', ['TIN', 'IRON']),
                },
                { effect: 'range', minimum: 1, maximum: 99, when: when('', 'pot metal', ['GOLD']) },
              ],
            },
            lid: { 'x-reserved': true },
            volume: {
              type: 'integer',
              'x-stated': {
                range: [
                  { minimum: 1, maximum: 5 },
                  { minimum: 2, maximum: 6 },
                ],
              },
            },
          },
          allOf: [
            {
              if: { properties: { mode: { const: 'SLOW' } }, required: ['mode'] },
              // oxlint-disable-next-line no-thenable -- a keyword of JSON Schema
              then: { properties: { song: true }, required: ['song'] },
            },
          ],
        },
      },
      required: ['kettle'],
    })
  })

  test('what the page contradicts or leaves open', () => {
    expect(findingsOf(kettle)).toEqual([
      'examples.request-1/request-line-form',
      'headings.request-message/heading-of-another-page',
      'parameters.kettle_id/format-unstated',
      'request.kettle.lid/doubled-word',
      'request.kettle.lid/reserved-values',
      'request.kettle.lid/type-not-known',
      'request.kettle.minutes/condition-outside-page',
      'request.kettle.minutes/default-on-update',
      'request.kettle.minutes/invalid-outcome',
      'request.kettle.minutes/quoted-integer',
      'request.kettle.mode/invalid-outcome',
      'request.kettle.song/mandatory-column-against-text',
      'request.kettle.volume/range-reads-two-ways',
      'request.kettle/link-to-nothing',
      'response.kettle.cups/element-against-text',
      'response.kettle.cups/element-type-unstated',
      'response.kettle.label/null-only-in-example',
      'response.kettle.spout/key-without-row',
      'response.kettle/caption-against-key',
      `tables.line-${kettle.ledger.entries.filter(({ account }) => account === 'rows')[2]!.from}/orphan-table`,
    ])
  })

  test('every line', () => expect(unaccounted(kettle)).toEqual([0, 0]))
})

describe('pipe tables whose rows span lines', () => {
  const cups = read('pipe-tables.txt')

  test('rows, branches and a JSON string', () => {
    expect(bare(cups.document.request)).toEqual({
      type: 'object',
      properties: {
        Action: { type: 'string', const: 'RemoveTeaCups' },
        TeaCups: {
          type: 'string',
          contentMediaType: 'application/json',
          contentSchema: { type: 'array', maxItems: 12, items: { type: 'object' } },
        },
        Kind: { type: 'string', enum: ['green', 'black'], default: 'green' },
      },
      required: ['TeaCups', 'Action'],
    })
    expect(bare(cups.document.response)).toEqual({
      type: 'object',
      properties: {
        TrayId: { type: 'string' },
        TeaCups: {
          properties: {
            CupId: { type: 'string' },
            Size: { type: 'integer', minimum: 1, maximum: 9 },
            Kind: { type: 'string', enum: ['green', 'black'], default: 'green' },
          },
        },
        RequestId: { type: 'string' },
      },
    })
    expect(cups.document.errors).toEqual([{ status: 409, code: 'TrayBusy' }])
  })

  test('what the page contradicts or leaves open', () => {
    expect(findingsOf(cups)).toEqual([
      'examples.request-1/request-line-form',
      'links.debug/link-names-another-operation',
      'method/method-unstated',
      'request.TeaCups.Size/quoted-integer',
      'request.TeaCups/json-fields-unstated',
      'request.TeaCups/limit-of-call-or-group',
      'request.TeaCups/single-quoted-json',
      'response.TeaCups.CupId/sample-against-example',
      'response.TeaCups.Kind/enumeration-without-lead',
      'response.TeaCups.Kind/field-not-in-example',
      'response.TeaCups.Size/quoted-integer',
      'response.TeaCups.Size/sample-against-example',
      'response.TeaCups/list-key-only-in-example',
      'response.TeaCups/object-in-place-of-list',
      'response.TeaCups/row-without-type',
      'response/wrapper-in-example',
      'response/xml-root-differs',
      'statuses/success-status-unstated',
    ])
  })

  test('every line', () => expect(unaccounted(cups)).toEqual([0, 0]))
})

describe('text in which cells run together', () => {
  const spoons = read('plain-text.txt')

  test('rows, fields of a JSON string, nesting by the example', () => {
    expect(bare(spoons.document.request)).toEqual({
      type: 'object',
      properties: {
        DrawerId: { type: 'string' },
        Spoons: {
          type: 'string',
          contentMediaType: 'application/json',
          contentSchema: {
            type: 'array',
            maxItems: 6,
            items: {
              type: 'object',
              properties: {
                SpoonId: { type: 'string' },
                Metal: { enum: ['tin', 'gold'], default: 'tin' },
                Polish: { type: 'integer', minimum: 0, maximum: 9 },
              },
              required: ['SpoonId'],
            },
          },
        },
        Quietly: { type: 'boolean', default: false },
      },
      required: ['DrawerId', 'Spoons'],
    })
    expect(bare(spoons.document.response)).toEqual({
      type: 'object',
      properties: {
        DrawerId: { type: 'string' },
        Spoons: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              SpoonId: { type: 'string' },
              Polish: { type: 'integer', minimum: 0, maximum: 9 },
            },
          },
        },
        RequestId: { type: 'string' },
      },
    })
  })

  test('what the page contradicts or leaves open', () => {
    expect(findingsOf(spoons)).toEqual([
      'authorization/resource-of-another-product',
      'errors.KitchenBusy/status-against-change-history',
      'errors.KitchenBusy/status-against-description',
      'examples.request/example-missing',
      'method/method-unstated',
      'prose.note.1/note-contradicts-itself',
      'request.Action/action-row-missing',
      'request.Spoons.Metal/inner-mark-missing',
      'request.Spoons.Metal/row-without-type',
      'request.Spoons.Polish/inner-mark-missing',
      'request.Spoons.Polish/quoted-integer',
      'request.Spoons/plural-id',
      'response.Spoons/list-key-only-in-example',
      'statuses/success-status-unstated',
    ])
  })

  test('every line', () => expect(unaccounted(spoons)).toEqual([0, 0]))
})
