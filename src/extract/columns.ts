/** Which column of a table is which, whatever it is called and wherever it stands. */
import type { Table } from './page.ts'

export type Role = 'name' | 'mandatory' | 'type' | 'description' | 'notes' | 'sample'

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['name', /^(?:parameter|attribute|name|field|element)(?: name)?s?$/i],
  ['mandatory', /^(?:mandatory|required\??|mandatory\/optional|is mandatory|mandatory or not)$/i],
  ['type', /^(?:parameter |data |value )?type$/i],
  ['description', /^(?:description|meaning)$/i],
  ['notes', /^(?:constraints?|restrictions?|remarks?|notes?|value range)$/i],
  ['sample', /^(?:example|sample)(?: value)?$/i],
]

export type Columns = Partial<Record<Role, number>>

/** What a table is about, told by its header alone. */
export type TableKind =
  | 'parameters'
  | 'statuses'
  | 'errors'
  | 'authorization'
  | 'history'
  | 'unknown'

export function columnsOf(header: readonly string[]): Columns {
  const columns: Columns = {}
  for (const [index, title] of header.entries()) {
    const role = ROLES.find(([, pattern]) => pattern.test(title.trim()))?.[0]
    if (role !== undefined) columns[role] ??= index
  }
  return columns
}

export function tableKind({ header }: Table): TableKind {
  const titles = header.join(' | ')
  if (/error code|error message/i.test(titles)) return 'errors'
  if (/returned? value|(?:status|response|return) code/i.test(header[0] ?? '')) return 'statuses'
  if (/access level/i.test(titles)) return 'authorization'
  if (/change time|change item/i.test(titles)) return 'history'
  const { name, type, description, mandatory, notes } = columnsOf(header)
  const described = [type, mandatory, description, notes].some((column) => column !== undefined)
  return name !== undefined && described ? 'parameters' : 'unknown'
}
