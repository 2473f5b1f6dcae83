/** Two tables for one body, each for one case: a caller sends what one of them lists. */
import { STATED, type Facts, type StatedKey } from '../cell/facts.ts'
import type { Field } from './fields.ts'
import type { Found } from './found.ts'
import type { Location } from './location.ts'
import type { Table } from '../page/page.ts'

/** The fields of one table, with everything inside them. */
export interface Rooted {
  readonly table: Table
  readonly location: Location | undefined
  readonly fields: readonly Field[]
}

/**
 * Joins tables of one part of a message. Where two of them have a row in common and captions that differ, each
 * is for one case: a field is required only if all of them demand it, and has the limits that all of them state.
 * Rows of different types stay two rows, which is a finding.
 */
export function joinTables(tables: readonly Rooted[]): {
  readonly fields: readonly Field[]
  readonly found: readonly Found[]
} {
  const groups = groupBy(tables, ({ location }) => location)
  const joined = [...groups.values()].map((group) =>
    areAlternatives(group)
      ? alternatives(group)
      : { fields: group.flatMap(({ fields }) => fields), found: [] },
  )
  return {
    fields: joined.flatMap(({ fields }) => fields),
    found: joined.flatMap(({ found }) => found),
  }
}

function areAlternatives(tables: readonly Rooted[]): boolean {
  const captions = tables.map(({ table }) => table.caption ?? '')
  if (captions.includes('') || new Set(captions).size < tables.length) return false
  const names = tables.flatMap(({ fields }) => [...new Set(fields.map(({ name }) => name))])
  return new Set(names).size < names.length
}

function alternatives(tables: readonly Rooted[]): { fields: Field[]; found: readonly Found[] } {
  const all = tables.flatMap(({ fields }) => fields)
  const rows = groupBy(all, ({ name }) => name)
  const differing: string[] = []
  const fields = [...rows.values()].flatMap((twins): readonly Field[] => {
    const [first] = twins as [Field]
    const required = twins.length === tables.length && twins.every(({ mandatory }) => mandatory)
    if (!twins.every((twin) => shapeOf(twin) === shapeOf(first))) return twins
    const { facts, differs } = common(twins.map((twin) => twin.facts))
    if (differs || twins.some(({ mandatory }) => mandatory !== required)) differing.push(first.name)
    return [{ ...first, facts, ...(required ? {} : { mandatory: false }) }]
  })
  const [{ at, place }] = all as [Field]
  const says =
    `${tables.length} tables describe this part, each for one case. Not required, or without a limit, is what ` +
    `they do not agree on: ${differing.join(', ') || 'nothing'}.`
  const direction = at.split('.')[0]!
  return { fields, found: [{ rule: 'alternative-tables', at: direction, place, says }] }
}

/** The type of a field, and the names and types inside. */
function shapeOf({ type, children }: Field): string {
  const inside = children.map((child) => `${child.name} ${shapeOf(child)}`)
  return JSON.stringify([type ?? null, inside])
}

/** What all of them state. */
function common(stated: readonly Facts[]): { facts: Facts; differs: boolean } {
  const [first, ...others] = stated as readonly [Facts, ...Facts[]]
  const differing = STATED.filter((key: StatedKey) =>
    others.some((other) => JSON.stringify(other[key]) !== JSON.stringify(first[key])),
  )
  const facts = { ...first }
  for (const key of differing) delete facts[key]
  return { facts, differs: differing.length > 0 }
}

function groupBy<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}
