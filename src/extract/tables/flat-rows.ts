/** Tables that print the rows of an object behind it, without branches: the examples show what is inside. */
import type { Example } from './examples.ts'
import type { Field } from './fields.ts'
import type { Found } from './found.ts'
import { isObject } from '../page/json-text.ts'
import {
  bodiesOf,
  hasKey,
  isHolder,
  isOpenList,
  nestIn,
  objectsAt,
  type Body,
  type Placed,
} from './nesting-by-example.ts'

/**
 * Puts rows into the object or list that they follow in the same table, where the examples have them in it and
 * not beside it. Each object that gets rows so is reported.
 */
export function nestFlatRows(fields: readonly Field[], examples: readonly Example[]): Placed {
  const [first] = fields
  return first ? nestAt(bodiesOf(examples, first.direction), fields) : { fields, found: [] }
}

function nestAt(objects: readonly Body[], fields: readonly Field[]): Placed {
  const names = new Set(fields.map(({ name }) => name))
  const inner = fields.map((field): Placed => {
    if (field.children.length === 0) return { fields: [field], found: [] }
    const { fields: children, found } = nestAt(
      objectsAt(objects, field.name, names),
      field.children,
    )
    return { fields: [{ ...field, children }], found }
  })
  const own = inner.flatMap((one) => one.fields)
  const found = inner.flatMap((one) => one.found)
  const ordered = behindHolders(own, objects)
  if (!isFlat(ordered, objects, names)) return { fields: own, found }
  const nested = nestIn(objects, ordered, true)
  const lost = nested.found.filter((one) => isUnplaced(one, own, nested.fields))
  const out = new Set(lost.map(({ at }) => at))
  const others = nested.found.filter((one) => !lost.includes(one)).map(opened)
  return {
    fields: nested.fields.filter(({ at }) => !out.has(at)),
    found: [...found, ...others, ...lost.map(leftOut), ...filled(own, nested.fields)],
  }
}

/** Rows that are printed before the object that alone has them in the examples, put behind it. */
function behindHolders(fields: readonly Field[], objects: readonly Body[]): readonly Field[] {
  const names = fields.map(({ name }) => name)
  const waiting = new Map<string, Field[]>()
  const emit = (field: Field): readonly Field[] => [
    field,
    ...(waiting.get(field.name) ?? []).flatMap(emit),
  ]
  return fields.flatMap((field, index) => {
    const [holder, ...others] = holdersOf(objects, field.name)
    const isOnce = names.indexOf(field.name) === names.lastIndexOf(field.name)
    const later = fields.find((one, at) => at > index && one.name === holder)
    const isBefore = later !== undefined && later.table === field.table && canHold(later)
    if (holder === undefined || !isOnce || !isBefore || others.length > 0) return emit(field)
    waiting.set(holder, [...(waiting.get(holder) ?? []), field])
    return []
  })
}

/** Under which keys the examples have a key; the top is a blank. */
function holdersOf(objects: readonly Body[], name: string): ReadonlySet<string> {
  const holders = new Set<string>()
  const visit = (value: unknown, under: string): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, under)
    if (!isObject(value)) return
    if (name in value) holders.add(under)
    for (const [key, inner] of Object.entries(value)) visit(inner, key)
  }
  for (const body of objects) visit(body, '')
  return holders
}

/** A row that may be inside or beside: no branches and no columns say which, as they do in other tables. */
function opened(found: Found): Found {
  return found.rule.startsWith('nesting-') ? { ...found, kind: 'contradiction' } : found
}

/** Of an answer, of which no key is demanded, so that nothing has to be claimed of such a row. */
function isUnplaced(found: Found, rows: readonly Field[], placed: readonly Field[]): boolean {
  const row = placed.find(({ at }) => at === found.at)
  if (found.rule !== 'nesting-not-shown' || row?.direction !== 'response') return false
  if (row.children.length > 0) return false
  return rows.filter(({ name }) => name === row.name).length === 1
}

function leftOut({ at, place, says }: Found): Found {
  return { rule: 'row-without-place', at, place, says: `${says} It was left out.` }
}

/** An object without rows of its own, and behind it a row that the examples show in it only. */
function isFlat(
  fields: readonly Field[],
  objects: readonly Body[],
  names: ReadonlySet<string>,
): boolean {
  return fields.some((holder, index) => {
    if (!canHold(holder)) return false
    const inside = objectsAt(objects, holder.name, names)
    return fields
      .slice(index + 1)
      .some(
        ({ name, table }) =>
          table === holder.table && hasKey(inside, name) && !hasKey(objects, name),
      )
  })
}

/** An object or list that no table describes. */
function canHold(field: Field): boolean {
  return field.children.length === 0 && (isHolder(field) || isOpenList(field))
}

/** Fields that had no rows inside before, and have some now. */
function filled(before: readonly Field[], after: readonly Field[]): readonly Found[] {
  const had = new Set(before.filter(({ children }) => children.length > 0).map(({ at }) => at))
  return after.flatMap((field): readonly Found[] => {
    if (field.children.length === 0 || had.has(field.at)) return []
    const rows = field.children.map(({ name }) => name).join(', ')
    const says = `Rows that follow ${field.name} are in it, as the examples show: ${rows}.`
    const own = { rule: 'nesting-by-example', at: field.at, place: field.place, says }
    return [own, ...filled([], field.children)]
  })
}
