/** Two tables for one body, each for one case. */
import { expect, test } from 'vitest'
import { fields, HEAD, html, table } from '../odd-page.ts'
import type { Drafted } from '../schema/document.ts'

type Row = readonly [name: string, mandatory: string, type: string, description: string]

function sent(...tables: readonly (readonly [caption: string, ...Row[]])[]): Drafted {
  const printed = tables.map(
    ([caption, ...rows], index) =>
      `**Table  ${index + 1}**  ${caption}\n\n${table(HEAD, ...rows)}\n`,
  )
  return html({ request: printed.join('\n') })
}

function unsettled({ settled }: Drafted): readonly string[] {
  return settled.unsettled.map(({ id }) => id.split('/').slice(2).join('/'))
}

const NAME: Row = ['name', 'Yes', 'String', 'The name.']

test('only what all of them demand is required, and that is reported', () => {
  const drafted = sent(
    ['Parameter description (filling a jar)', NAME, ['salt', 'Yes', 'Integer', 'How much.']],
    ['Parameter description (copying a jar)', NAME, ['jar_id', 'Yes', 'String', 'The jar.']],
  )
  expect(drafted.document.request).toMatchObject({
    properties: { name: {}, salt: {}, jar_id: {} },
    required: ['name'],
  })
  expect(unsettled(drafted)).toEqual([])
  const [found] = drafted.findings.filter(({ rule }) => rule === 'alternative-tables')
  expect(found?.says).toContain('salt, jar_id')
})

test('limits that differ are left out', () => {
  const one: Row = ['size', 'No', 'Integer', 'The value ranges from 1 to 9.']
  const other: Row = ['size', 'No', 'Integer', 'The value ranges from 1 to 5.']
  const drafted = sent(['Parameters (of a jar)', NAME, one], ['Parameters (of a pot)', NAME, other])
  expect(fields(drafted.document.request)).toEqual({
    name: { type: 'string' },
    size: { type: 'integer' },
  })
  expect(unsettled(drafted)).toEqual([])
})

test('rows of different types, and tables without captions that differ, contradict each other', () => {
  const other: Row = ['name', 'Yes', 'Integer', 'The name.']
  const types = sent(['Parameters (of a jar)', NAME], ['Parameters (of a pot)', other])
  expect(unsettled(types)).toEqual(['request.name/row-twice'])
  const alike = sent(['Parameters', NAME], ['Parameters', NAME])
  expect(unsettled(alike)).toEqual(['request.name/row-twice'])
})

test('tables without a row in common are one body', () => {
  const drafted = sent(
    ['Parameters (first part)', NAME],
    ['Parameters (second part)', ['salt', 'Yes', 'Integer', 'How much.']],
  )
  expect(drafted.document.request).toMatchObject({ required: ['name', 'salt'] })
})
