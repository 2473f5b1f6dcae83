/** Bodies that are a list: the table has the fields of an element, and only the examples show the list. */
import { singular } from './call.ts'
import type { Example } from './examples.ts'
import type { Direction, Field } from './fields.ts'
import type { Found } from './found.ts'
import { isObject } from '../page/json-text.ts'
import { isStructureName, isTableName, readType } from '../cell/json-type.ts'

const SIDES = ['request', 'response'] as const

/** The sides of a call of which every example is a list of objects with fields of the table. */
export function bodyLists(
  fields: Readonly<Record<Direction, readonly Field[]>>,
  examples: readonly Example[],
): ReadonlySet<Direction> {
  const sides = SIDES.filter((side) => {
    const bodies = examples.flatMap(({ direction, value }) =>
      direction === side && value !== undefined ? [value] : [],
    )
    return bodies.length > 0 && bodies.every((body) => isListOf(fields[side], body))
  })
  return new Set(sides)
}

function isListOf(fields: readonly Field[], body: unknown): boolean {
  if (!Array.isArray(body) || body.length === 0) return false
  return body.every((element) => isObject(element) && fields.some(({ name }) => name in element))
}

/**
 * A type cell that only sends its reader to a table, or only names a structure, leaves open whether the field
 * is a list: the examples tell.
 */
export function withLists(fields: readonly Field[], bodies: readonly unknown[]): readonly Field[] {
  return fields.map((field): Field => {
    const values = bodies
      .filter(isObject)
      .flatMap((body) => (field.name in body ? [body[field.name]] : []))
    const children = withLists(field.children, values.flat())
    const lists = values.length > 0 && values.every((value) => Array.isArray(value))
    const isOpen = field.children.length > 0 && isTableName(field.typeText ?? '')
    return lists && (isOpen || isNamedList(field, values.flat()))
      ? { ...field, type: { type: 'array', items: 'object' }, children }
      : { ...field, children }
  })
}

/** Of a structure that a table describes; where it has a name, the field is called several, or a list. */
function isNamedList(
  { name, typeText = '', type, text, children }: Field,
  values: unknown[],
): boolean {
  if (children.length === 0 || !isStructureName(typeText) || !values.every(isObject)) return false
  return type?.of === undefined || singular(name) !== name || /\blists?\b/i.test(text)
}

/** Fields that are lists because every example shows one, of a type that only names a structure. */
export function namedListsFound(fields: readonly Field[]): readonly Found[] {
  return fields.flatMap((field): readonly Found[] => {
    const { at, place, type, typeText = '', children } = field
    const inside = namedListsFound(children)
    if (type?.type !== 'array' || readType(typeText)?.type !== 'object') return inside
    const says = `Every example has a list, and the type only names what is in it: ${typeText}.`
    return [{ rule: 'list-by-example', at, place, says, readings: ['list', 'object'] }, ...inside]
  })
}

/** The page does not say that a body is a list. */
export function listsFound(lists: ReadonlySet<Direction>): readonly Found[] {
  return [...lists].map((side) => ({
    rule: 'list-only-in-example',
    at: side,
    place: { section: 'Example' },
    says: `Every example of a ${side} is a list of what the table describes.`,
    readings: ['list', 'object'],
  }))
}
