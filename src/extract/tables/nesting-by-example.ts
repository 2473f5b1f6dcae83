/** Where a table prints all its rows on one level, the page's own response shows which field is in which. */
import type { Example } from './examples.ts'
import { movedTo, type Direction, type Field } from './fields.ts'
import type { Found } from './found.ts'
import { isObject } from '../page/json-text.ts'
import { isBlank } from '../cell/json-type.ts'

export type Body = Readonly<Record<string, unknown>>

/** A field that may have others inside, and the objects that the example has in its place. */
interface Holder {
  readonly field: Field
  readonly children: Field[]
  readonly objects: readonly Body[]
}

/**
 * Puts fields that follow an object or list into it, if the example shows them there.
 *
 * A field belongs to the innermost open object that has its key in the example. One that the
 * example shows nowhere, or at the top as well, is reported: in a copy nothing else tells.
 */
export function nestByExample(fields: readonly Field[], examples: readonly Example[]): Placed {
  if (!fields.some((field) => isHolder(field) || isOpenList(field))) return { fields, found: [] }
  return nestIn(bodiesOf(examples, fields[0]!.direction), fields)
}

/**
 * Pipe tables show branches, but only one level of them, or none: what follows a branch without a type
 * may be inside it. The example tells, as above.
 */
export function nestBranches(fields: readonly Field[], examples: readonly Example[]): Placed {
  if (fields.every(({ children }) => children.length === 0)) return nestByExample(fields, examples)
  const bodies = bodiesOf(examples, fields[0]?.direction ?? 'response')
  const placed = fields.map((field): Placed => {
    if (!field.children.some(isHolder)) return { fields: [field], found: [] }
    const names = new Set(field.children.map(({ name }) => name))
    const inside = nestIn(objectsAt(bodies, field.name, names), field.children)
    return { fields: [{ ...field, children: inside.fields }], found: inside.found }
  })
  return {
    fields: placed.flatMap((one) => one.fields),
    found: placed.flatMap((one) => one.found),
  }
}

export interface Placed {
  readonly fields: readonly Field[]
  readonly found: readonly Found[]
}

/**
 * @param keepsBetween - A row that no example shows is where the next row is that one shows, if that is in an
 *   object that is open.
 */
export function nestIn(
  objects: readonly Body[],
  fields: readonly Field[],
  keepsBetween = false,
): Placed {
  const nester = new FlatNester({ children: [], objects }, fields)
  for (const [index, field] of fields.entries())
    nester.take(field, keepsBetween ? fields.slice(index + 1) : undefined)
  return { fields: nester.close(), found: nester.found }
}

/** Bodies of one direction; an XML answer stands below its root, a query's names have dots. */
export function bodiesOf(examples: readonly Example[], of: Direction): readonly Body[] {
  const side = of === 'response' ? 'response' : 'request'
  return examples.flatMap(({ direction, format, value }) => {
    if (direction !== side || !isObject(value)) return []
    if (format === 'query') return [unfolded(value)]
    return format === 'xml' ? Object.values(value).filter(isObject) : [value]
  })
}

/** `Tag.1.Key=a` is the key `Key` of something in `Tag`; longer names are none. */
function unfolded(query: Body): Body {
  const inside = new Map<string, Record<string, unknown>>()
  for (const [path, value] of Object.entries(query)) {
    const [, name = path, rest] = /^([^.]{1,100})(?:\.\d+)?\.(\D.{0,200})$/.exec(path) ?? []
    const known = inside.get(name) ?? {}
    inside.set(name, rest === undefined ? known : { ...known, [rest]: value })
  }
  const entries = [...inside].map(([name, body]) => {
    const nested = Object.keys(body).length > 0 ? unfolded(body) : query[name]
    return [name, nested] as const
  })
  return Object.fromEntries(entries)
}

class FlatNester {
  readonly found: Found[] = []
  readonly #root: Pick<Holder, 'children' | 'objects'>
  readonly #names: ReadonlySet<string>
  /** Names of several rows: they cannot all be in one object. */
  readonly #repeated: ReadonlySet<string>
  #open: Holder[] = []
  /** The object that was open when a row came which no example shows: the next may be inside, too. */
  #lost: Holder | undefined

  constructor(root: Pick<Holder, 'children' | 'objects'>, fields: readonly Field[]) {
    this.#root = root
    this.#names = new Set(fields.map(({ name }) => name))
    const more = fields.filter(({ name }, at) => fields.findIndex((one) => one.name === name) < at)
    this.#repeated = new Set(more.map(({ name }) => name))
  }

  /** @param next - Rows behind it, where they tell where a row is that no example shows. */
  take(field: Field, next?: readonly Field[]): void {
    const depth = this.#open.findLastIndex(({ objects }) => hasKey(objects, field.name))
    const atTop = hasKey(this.#root.objects, field.name) && !(next && this.#isTaken(field))
    const shown = depth !== -1 || atTop
    const kept = shown ? depth : this.#depthOfNext(field, next)
    const holder = this.#open.at(-1) ?? this.#lost
    if (holder && (shown ? depth !== -1 && atTop : kept === -1)) this.#report(field, holder, atTop)
    this.#lost = shown ? undefined : holder
    const stays = !shown && (this.#isRepeated(field) || this.#isInList())
    if (next && !shown && !stays && kept === -1 && !isHolder(field)) {
      this.#root.children.push(field)
      return
    }
    this.#closeDownTo(stays ? this.#open.length : kept + 1)
    const parent = this.#open.at(-1)
    const placed = parent ? movedTo(field, parent.field.at) : field
    const objects = objectsAt(parent?.objects ?? this.#root.objects, field.name, this.#names)
    const holds = isHolder(field) || (isOpenList(field) && objects.length > 0)
    if (holds && field.children.length === 0)
      this.#open.push({ field: placed, children: [], objects })
    else (parent?.children ?? this.#root.children).push(placed)
  }

  /** @returns The fields of the outermost level, with everything in its place. */
  close(): readonly Field[] {
    this.#closeDownTo(0)
    return this.#root.children
  }

  /** The field at the top that has this name has had its row. */
  #isTaken({ name }: Field): boolean {
    const rows = [...this.#root.children, ...this.#open.slice(0, 1).map(({ field }) => field)]
    return rows.some((row) => row.name === name)
  }

  /**
   * Of a row that no example shows: the open object that has the next row that one shows, unless that object
   * has such a row already; or the last object, where no example shows that either and it has rows. None if the
   * examples have a key of its name somewhere else.
   */
  #depthOfNext(field: Field, next: readonly Field[] | undefined): number {
    if (next === undefined || this.#root.objects.some((body) => hasDeep(body, field.name)))
      return -1
    const last = this.#open.at(-1)
    const goesOn = last?.objects.length === 0 && last.children.length > 0 && !isHolder(field)
    if (goesOn) return this.#open.length - 1
    const depthOf = ({ name }: Field): number =>
      this.#open.findLastIndex(({ objects }) => hasKey(objects, name))
    const isTop = ({ name }: Field): boolean => hasKey(this.#root.objects, name)
    const first = next.find((field) => isTop(field) || depthOf(field) !== -1)
    if (!first || isTop(first)) return -1
    const depth = depthOf(first)
    return this.#open[depth]!.children.some(({ name }) => name === first.name) ? -1 : depth
  }

  /** One of several rows of that name, the first in the object that is open. */
  #isRepeated({ name }: Field): boolean {
    const held = this.#open.at(-1)?.children ?? this.#root.children
    return this.#repeated.has(name) && !held.some((child) => child.name === name)
  }

  /** Behind rows of a list whose key has a row: fields of its elements follow, which no example shows. */
  #isInList(): boolean {
    const [list, key] = this.#open.slice(-2)
    if (!list || !key) return false
    return list.field.type?.type === 'array' && isBlank(key.field.typeText ?? 'none')
  }

  #closeDownTo(depth: number): void {
    while (this.#open.length > depth) {
      const { field, children } = this.#open.pop()!
      const parent = this.#open.at(-1)?.children ?? this.#root.children
      parent.push(this.#withListKey({ ...field, children }))
    }
  }

  /** `Trays` of type `Array of Tray`, and inside a row `Tray` without a type: the key of the list has a row. */
  #withListKey(field: Field): Field {
    const [key, ...others] = field.children
    const isList = field.type?.type === 'array'
    if (!isList || !key || others.length > 0 || !isBlank(key.typeText ?? 'none')) return field
    if (key.children.length === 0) return field
    const says = `${field.name} is called a list; the list stands under ${key.name}, which has a row.`
    const readings = ['under-the-key', 'without-the-key']
    this.found.push({
      rule: 'list-key-has-a-row',
      at: field.at,
      place: field.place,
      says,
      readings,
    })
    const list = { ...key, type: { type: 'array', items: 'object' } as const }
    return { ...field, type: { type: 'object' }, children: [list] }
  }

  #report(field: Field, { field: { name: holder } }: Holder, inside: boolean): void {
    const says = inside
      ? `${field.name} follows ${holder}; the example has it inside and at the top.`
      : `${field.name} follows ${holder}, and no example shows whether it is inside.`
    const rule = inside ? 'nesting-reads-two-ways' : 'nesting-not-shown'
    const readings = ['inside', 'beside']
    this.found.push({ rule, at: field.at, place: field.place, says, readings })
  }
}

export function isHolder({ typeText, type, children }: Field): boolean {
  if (isBlank(typeText ?? 'none')) return children.length === 0
  return type?.items === 'object' || type?.type === 'object'
}

/** A list of which the type does not say what it holds. */
export function isOpenList({ type, children }: Field): boolean {
  return type?.type === 'array' && type.items === undefined && children.length === 0
}

export function hasKey(objects: readonly Body[], key: string): boolean {
  return objects.some((object) => key in object)
}

/** A key, however deep. */
function hasDeep(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((element) => hasDeep(element, key))
  if (!isObject(value)) return false
  return key in value || Object.values(value).some((inner) => hasDeep(inner, key))
}

/** The objects below a key: elements of lists, and through one layer that is not a field itself. */
export function objectsAt(
  parents: readonly Body[],
  key: string,
  names: ReadonlySet<string>,
): readonly Body[] {
  const values = parents.flatMap((parent) => [parent[key]].flat()).filter(isObject)
  return values.flatMap((value) => {
    const [layer, ...others] = Object.keys(value)
    if (layer === undefined || others.length > 0 || names.has(layer)) return [value]
    const inner = [value[layer]].flat().filter(isObject)
    return inner.length > 0 ? inner : [value]
  })
}
