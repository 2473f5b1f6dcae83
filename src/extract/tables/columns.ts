/** What a table is about, and which of its columns nothing reads: told by its header. */
import { isLabel } from '../cell/labels.ts'
import { columnsOf } from '../page/column-roles.ts'
import type { Table } from '../page/page.ts'

/** What a table is about, told by its header alone. */
export type TableKind =
  | 'parameters'
  | 'statuses'
  | 'errors'
  | 'authorization'
  | 'history'
  | 'unknown'

/** Columns of one kind of value each, `Default value`: their cells are read with the description. */
export function labelColumns(header: readonly string[]): readonly number[] {
  const taken = new Set(Object.values(columnsOf(header)))
  return header.flatMap((title, index) =>
    !taken.has(index) && isLabel(title.trim()) ? [index] : [],
  )
}

/** Columns that nothing reads: of an unknown name, or of a name that another column has. */
export function unreadColumns(header: readonly string[]): readonly number[] {
  const read = new Set([...Object.values(columnsOf(header)), ...labelColumns(header)])
  return [...header.keys()].filter((index) => !read.has(index))
}

export function tableKind({ header }: Table): TableKind {
  const titles = header.join(' | ')
  if (/error code|error message/i.test(titles)) return 'errors'
  if (/returned? value|(?:status|response|return) code/i.test(header[0] ?? '')) return 'statuses'
  if (/access level/i.test(titles)) return 'authorization'
  if (/change time|change item/i.test(titles)) return 'history'
  const { name, type, description, mandatory, notes } = columnsOf(header)
  const described =
    [type, mandatory, description, notes].some((column) => column !== undefined) ||
    labelColumns(header).length > 0
  return name !== undefined && described ? 'parameters' : 'unknown'
}
