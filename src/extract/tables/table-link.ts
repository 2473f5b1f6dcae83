/** Which table a link, or a caption, is about. */
import { singular } from './call.ts'
import { columnsOf } from '../page/column-roles.ts'
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
