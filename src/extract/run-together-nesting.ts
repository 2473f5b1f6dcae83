/** Where indentation was lost in copying, the page's own response shows which field is in which. */
import type { Example } from './examples.ts'
import { movedTo, type Field } from './fields.ts'
import type { Found } from './finding.ts'
import { isObject } from './json-text.ts'
import { readType } from './type-cell.ts'

/**
 * Moves fields that follow an object or list into it, if the example shows them there.
 *
 * Understands one level, which is all a flat copy can be trusted with: a key that occurs at the
 * top of the example is a sibling, one that occurs below the list's key is inside.
 */
export function nestByExample(
  fields: readonly Field[],
  examples: readonly Example[],
): { fields: readonly Field[]; found: readonly Found[] } {
  const body = examples.find(
    ({ direction, format }) => direction === 'response' && format === 'json',
  )?.value
  const found: Found[] = []
  const nested: Field[] = []
  let holder: Field | undefined
  for (const field of fields) {
    const inside = holder && isInside(body, holder.name, field.name)
    if (holder && inside === undefined) found.push(unplaced(field, holder))
    if (holder && inside === true) {
      holder = { ...holder, children: [...holder.children, movedTo(field, holder.at)] }
      nested[nested.findIndex(({ at }) => at === holder!.at)] = holder
      continue
    }
    nested.push(field)
    const type = readType(field.typeText ?? '')
    if (type?.items === 'object' || type?.type === 'object') holder = field
  }
  return { fields: nested, found }
}

/** @returns `undefined` when the example shows the key in neither place, or there is no example. */
function isInside(body: unknown, holder: string, key: string): boolean | undefined {
  if (!isObject(body)) return undefined
  if (key in body) return false
  return keysBelow(body[holder]).has(key) ? true : undefined
}

function keysBelow(value: unknown, keys = new Set<string>(), depth = 0): ReadonlySet<string> {
  if (depth > 6) return keys
  if (Array.isArray(value)) for (const item of value) keysBelow(item, keys, depth + 1)
  if (!isObject(value)) return keys
  for (const [key, inner] of Object.entries(value)) {
    keys.add(key)
    keysBelow(inner, keys, depth + 1)
  }
  return keys
}

function unplaced(field: Field, holder: Field): Found {
  return {
    rule: 'nesting-not-shown',
    at: field.at,
    place: field.place,
    says: `${field.name} follows ${holder.name}, and no example shows whether it is inside.`,
    readings: ['inside', 'beside'],
  }
}
