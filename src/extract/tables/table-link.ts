/** Which table a link, or a caption, is about. */
import { singular } from './call.ts'
import { columnsOf } from '../page/column-roles.ts'
import type { Field } from './fields.ts'
import type { Found } from './found.ts'
import type { Link, Table } from '../page/page.ts'

/** By its words or its target. */
export function isTableLink({ text, target }: Link): boolean {
  return /^table/i.test(text) || /#(?:table|d0e)|^[^#]*#.*_table/i.test(target)
}

/** The part of the page that a link leads to. */
export function anchorOf(target: string): string {
  return target.slice(target.indexOf('#') + 1)
}

/** Whether a table is named after a field, in the singular or in the plural. */
export function describes(table: Table, name: string): boolean {
  if (columnsOf(table.header).name === undefined || table.name === undefined) return false
  return table.name === name || singular(table.name) === singular(name)
}

/** The same with capitals and underscores left aside: `Tag` describes `tags`, `res_obj` describes `resObj`. */
export function isAlike({ name }: Table, other: string): boolean {
  return name !== undefined && folded(name) === folded(other)
}

function folded(text: string): string {
  return singular(text.replaceAll('_', '').toLowerCase())
}

/** `Parameters in the error field`, as the words of a link. */
export function tells(text: string, { name = '' }: Table): boolean {
  return text.split(/[^\w.:-]+/).includes(name)
}

/** A type that is the name of the table: `restore_req`. */
export function isNamed(table: Table, { typeText }: Field): boolean {
  return typeText !== undefined && (describes(table, typeText) || isAlike(table, typeText))
}

/** Of one type, and with a word in common: `jars` and `any_jars`. */
export function isTwin(one: Field, other: Field): boolean {
  if (JSON.stringify(one.type) !== JSON.stringify(other.type)) return false
  const words = new Set(one.name.split('_').map(singular))
  return other.name.split('_').some((word) => words.has(singular(word)))
}

/** By one of its links. */
export function leadsTo({ links }: Field, { anchor }: Table): boolean {
  return anchor !== undefined && links.some(({ target }) => target === `#${anchor}`)
}

/** `resource_tag` describes `tags`, whatever resource has them. */
export function endsAlike({ name = '' }: Table, field: Field): boolean {
  const isObject = field.type?.type === 'object' || field.type?.items === 'object'
  return isObject && singular(name).endsWith(`_${singular(field.name)}`)
}

/** A text or a number has no fields: a table with the name of something else is only where to find values. */
export function isMention(field: Field, table: Table): boolean {
  const { type } = field
  if (type === undefined || type.type === 'object' || type.type === 'array') return false
  if (table.name === undefined || field.links.some(({ text }) => tells(text, table))) return false
  return !describes(table, field.name) && !isAlike(table, field.name)
}

/** A row that sends its reader to a table that is not about its field. */
export function mentioned(
  { name, at, place, typeText = '' }: Field,
  { label, name: of = '' }: Table,
): Found {
  const says = `${name} is of type ${typeText}, and its row leads to ${label ?? 'a table'}, which describes ${of}.`
  return { rule: 'link-to-other-table', at, place, says }
}

/** The caption names the field, or the structure that the field is one of. */
export function isNamedAfter(table: Table, { name, type, typeText }: Field): boolean {
  if (table.name === name || table.name === typeText) return true
  return type?.of !== undefined && describes(table, type.of)
}
