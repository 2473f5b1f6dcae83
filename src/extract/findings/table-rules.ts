/** Contradictions between tables: twins that differ, copies from elsewhere, cases left out. */
import { allFields, type ApiPage } from '../tables/api.ts'
import { columnsOf } from '../page/column-roles.ts'
import { unreadColumns } from '../tables/columns.ts'
import { locationColumn } from '../tables/location.ts'
import type { Field } from '../tables/fields.ts'
import type { Found } from '../tables/found.ts'
import { isBlank, readType } from '../cell/json-type.ts'
import type { TableBlock } from '../tables/nesting.ts'
import { isSpanning, textOf, type Cell } from '../page/page.ts'
import { sectionKind } from '../page/sections.ts'
import { Subjects } from '../tables/subjects.ts'

type Rule = (api: ApiPage) => readonly Found[]

/** A table no link leads to, although it belongs below another. */
const orphans: Rule = ({ page, tables }) => {
  const targets = new Set(
    page.blocks.flatMap((block) => {
      if (block.kind === 'text') return block.links.map(({ target }) => target)
      if (block.kind !== 'table') return []
      return block.table.rows.flatMap((row) =>
        row.flatMap((cell) => cell.links.map(({ target }) => target)),
      )
    }),
  )
  return [...tables]
    .filter(({ table }) => table.name !== undefined && table.anchor !== undefined)
    .filter(({ table }) => !targets.has(`#${table.anchor}`))
    .map(({ table, section, from }) => ({
      rule: 'orphan-table',
      at: `tables.${(table.label ?? `line ${from}`).toLowerCase().replaceAll(' ', '-')}`,
      place: { section, ...(table.label === undefined ? {} : { table: table.label }) },
      says: `No link of the page leads to ${table.label ?? `the table of line ${from}`}, which describes ${table.name}.`,
    }))
}

/** Ids of another document in a table's markup: it was copied, and may say what holds there. */
const copiedTables: Rule = ({ page }) => {
  const headings = page.blocks.flatMap((block) => (block.kind === 'heading' ? block.topics : []))
  return page.blocks.flatMap((block) => {
    if (block.kind !== 'table' || headings.length === 0) return []
    const foreign = block.table.topics.filter((topic) => !headings.includes(topic))
    if (foreign.length === 0) return []
    const label = block.table.label ?? `the table of line ${block.from}`
    return [
      {
        rule: 'table-of-another-page',
        at: `tables.${label.toLowerCase().replaceAll(' ', '-')}`,
        place: { section: block.section, table: label },
        says: `The markup of ${label} carries topic ${foreign.join(', ')}, the page's headings do not.`,
      },
    ]
  })
}

/** `Request parameters` on one side and something else on the other. */
const captionsDiffer: Rule = ({ page }) => {
  const first = (kind: string): string | undefined =>
    page.blocks
      .flatMap((block) =>
        block.kind === 'table' && sectionKind(block.section) === kind ? [block.table] : [],
      )
      .map(({ caption }) => caption)[0]
  const [request, response] = [first('request'), first('response')]
  if (request === undefined || response === undefined) return []
  if (response.toLowerCase() === request.toLowerCase().replace('request', 'response')) return []
  const says = `The outermost table is called "${request}" in the request, "${response}" in the response.`
  return [{ rule: 'captions-differ', at: 'tables.captions', place: { section: 'Response' }, says }]
}

/** The same field in request and response, with other rules or other values. */
const twins: Rule = ({ fields }) => {
  const answers = new Map(flat(fields.response).map((field) => [tail(field), field]))
  return flat(fields.request).flatMap((field) => {
    const twin = answers.get(tail(field))
    if (!twin) return []
    return [...differences(field, twin)].map(([rule, says]) => ({
      rule,
      at: field.at,
      place: field.place,
      says,
    }))
  })
}

function* differences(request: Field, response: Field): Generator<readonly [string, string]> {
  const json = /^[[{]/.test(request.sample ?? '')
  if (!json && typeOf(request) !== typeOf(response)) {
    yield [
      'type-differs-in-response',
      `${request.typeText} in the request, ${response.typeText} in the response.`,
    ]
  }
  const [one, other] = [request.facts, response.facts]
  if (JSON.stringify(one.values) !== JSON.stringify(other.values) && one.values && other.values) {
    yield ['values-differ-in-response', 'Other values in the request than in the response.']
  }
  if (one.lead !== undefined && other.lead !== undefined && one.lead !== other.lead) {
    yield [
      'lead-differs-in-response',
      'The same values are called optional on one side and possible on the other.',
    ]
  }
  const rules = (facts: typeof one): string => JSON.stringify([facts.conditions, [...facts.doubts]])
  if (rules(one) !== rules(other) && (one.conditions.length > 0 || other.conditions.length > 0)) {
    yield [
      'rules-differ-in-response',
      'The conditions on the field are worded differently in the response.',
    ]
  }
}

/** Two names of one type are one. */
function typeOf({ typeText = '', type }: Field): string {
  return type ? JSON.stringify(type) : typeText.toLowerCase()
}

function flat(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [field, ...flat(field.children)])
}

function tail({ at }: Field): string {
  return at.slice(at.indexOf('.') + 1)
}

/** One row distinguishes a case that another row of the same table forgets. */
const casesLeftOut: Rule = (api) => {
  const cases = new Map<string, Set<string>>()
  const stated = allFields(api).flatMap((field) =>
    field.facts.conditions.map(({ when, effect }) => ({ field, when, effect })),
  )
  for (const { field, when } of stated) {
    const key = `${field.table.label ?? ''} ${when.subject}`
    cases.set(key, new Set([...(cases.get(key) ?? []), ...when.is]))
  }
  const fields = new Set(
    stated.filter(({ effect }) => effect === 'effective').map(({ field }) => field),
  )
  return [...fields].flatMap((field) => {
    const own = stated.filter((rule) => rule.field === field && rule.effect === 'effective')
    const subject = own[0]!.when.subject
    const covered = new Set(own.flatMap(({ when }) => when.is))
    const all = cases.get(`${field.table.label ?? ''} ${subject}`) ?? new Set()
    const missing = [...all].filter((value) => !covered.has(value))
    if (missing.length === 0) return []
    const says = `The rule names ${[...covered].join(', ')} and not ${missing.join(', ')}, which another row does.`
    return [{ rule: 'case-left-out', at: field.at, place: field.place, says }]
  })
}

/** A rule that depends on something no field beside it, or further out, is. */
const strangers: Rule = (api) =>
  Object.values(api.fields).flatMap((fields) => {
    const subjects = new Subjects(fields)
    return flat(fields).flatMap((field) => {
      const foreign = field.facts.conditions.find(
        ({ when }) => subjects.of(when.subject, field) === undefined,
      )
      if (!foreign) return []
      const { subject, is } = foreign.when
      const says = `The rule depends on ${subject} being ${is.join(' or ')}, which is not a field of this call.`
      return [{ rule: 'condition-outside-page', at: field.at, place: field.place, says }]
    })
  })

/** Two rows for one field: which of them counts is not for a program to say. */
const rowTwice: Rule = (api) => {
  const seen = new Set<string>()
  return allFields(api).flatMap(({ at, name, place }) => {
    if (!seen.has(at)) {
      seen.add(at)
      return []
    }
    return [{ rule: 'row-twice', at, place, says: `${name} has a second row.` }]
  })
}

/** A line that may begin a row was taken for text of the row before. */
const suspects: Rule = ({ tables }) =>
  [...tables].flatMap(({ table, section, from }) =>
    (table.suspects ?? []).map((line) => ({
      rule: 'row-not-understood',
      at: `tables.line-${from}`,
      place: { section },
      says: `"${line}" may begin a row, and cannot be cut into its cells.`,
    })),
  )

/** Rows that were put together, or told, by a rule that can be wrong. */
const guessed: Rule = ({ tables }) =>
  [...tables].flatMap((block) => {
    const { rejoined, byPlace = [] } = block.table
    const joined = {
      rule: 'cells-rejoined',
      ...placeOf(block),
      says: `${rejoined} row(s) had more cells than the table has columns; the pieces were joined.`,
    }
    const told = byPlace.map((line) => ({
      rule: 'row-told-by-place',
      ...placeOf(block),
      says: `"${line}" was taken for the start of a row, with a type that pages rarely have.`,
    }))
    return [...(rejoined === undefined ? [] : [joined]), ...told]
  })

/** What a table inside a cell describes would otherwise be lost in the text of the cell. */
const inCells: Rule = ({ page }) =>
  page.blocks.flatMap((block) => {
    if (block.kind !== 'table' || block.table.inCells === undefined) return []
    const { label = `the table of line ${block.from}`, inCells } = block.table
    return [
      {
        rule: 'table-in-cell',
        at: `tables.${label.toLowerCase().replaceAll(' ', '-')}`,
        place: { section: block.section, table: label },
        says: `Cells of ${label} hold ${inCells} more table(s), whose rows are not read.`,
      },
    ]
  })

/** What stands in a column that nothing reads would otherwise be lost. */
const columnsLeft: Rule = ({ tables }) =>
  [...tables].flatMap((block) => {
    const { header, rows } = block.table
    const unread = unreadColumns(header).filter((column) => column !== locationColumn(block.table))
    const isLost = (cells: readonly Cell[], column: number): boolean =>
      !isBlank(textOf(cells[column])) &&
      !cells.some((cell, other) => cell === cells[column] && !unread.includes(other))
    return unread
      .filter((column) => rows.some((cells) => isLost(cells, column)))
      .map((column) => ({
        rule: 'column-not-understood',
        ...placeOf(block),
        says: `No rule reads the column ${header[column] || column + 1}.`,
      }))
  })

/** Rows that became no field, and cells that stand in no column. */
const rowsLeft: Rule = ({ tables }) =>
  [...tables].flatMap((block) => {
    const { header, rows } = block.table
    const { name = 0, type } = columnsOf(header)
    return rows.flatMap((cells, index) => {
      const says = rowSays(cells, header.length, name, type)
      if (says === undefined) return []
      const { place, at } = placeOf(block)
      return [{ rule: 'row-not-understood', at, place, says: `Row ${index + 1}: ${says}` }]
    })
  })

function rowSays(
  cells: readonly Cell[],
  columns: number,
  name: number,
  type: number | undefined,
): string | undefined {
  if (cells.every((cell) => textOf(cell) === '')) return undefined
  if (isSpanning(cells)) return 'one cell across all columns became nothing.'
  const whole = type !== undefined && readType(textOf(cells[type])) !== undefined
  if (textOf(cells[name]).replace(/^[\s└├│─]*/, '') === '' && !whole)
    return 'it has no name, and became nothing.'
  const more = cells
    .slice(columns)
    .some((cell) => textOf(cell) !== '' && !cells.slice(0, columns).includes(cell))
  return more ? 'it has more cells than the table has columns.' : undefined
}

function placeOf({ table, section, from }: TableBlock): Pick<Found, 'at' | 'place'> {
  const label = table.label ?? `line ${from}`
  const at = `tables.${label.toLowerCase().replaceAll(' ', '-')}`
  return { at, place: { section, ...(table.label === undefined ? {} : { table: table.label }) } }
}

const ALL: readonly Rule[] = [
  columnsLeft,
  rowsLeft,
  inCells,
  suspects,
  guessed,
  rowTwice,
  orphans,
  copiedTables,
  captionsDiffer,
  twins,
  casesLeftOut,
  strangers,
]

export const tableRules: Rule = (api) => ALL.flatMap((rule) => rule(api))
