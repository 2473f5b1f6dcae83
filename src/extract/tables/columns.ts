/** Which column of a table is which, whatever it is called and wherever it stands. */
import { isLabel } from '../cell/labels.ts'
import type { Table } from '../page/page.ts'

export type Role = 'name' | 'mandatory' | 'type' | 'description' | 'notes' | 'sample' | 'optional'

const ROLES: readonly (readonly [Role, RegExp])[] = [
  [
    'name',
    /^(?:(?:(?:request|response|body|path|query|uri|header|input|output|return(?:ed)?|api) )?(?:parameter|attribute|field|element|property|header|argument|variable|option)|name|key|member|item)(?: names?)?s?$/i,
  ],
  [
    'mandatory',
    /^(?:(?:is )?(?:mandatory|required|compulsory)\??(?: or not)?|(?:mandatory|required) ?(?:\/| or ) ?optional|optional ?(?:\/| or ) ?(?:mandatory|required)|(?:mandatory|required) \((?:yes\/no|y\/n)\)|optionality|whether (?:mandatory|required)|mandatory parameter)$/i,
  ],
  ['optional', /^optional\??$/i],
  [
    'type',
    /^(?:(?:parameter|data|value|field|attribute|element|variable|property) )?(?:data )?types?$/i,
  ],
  [
    'description',
    /^(?:(?:parameter|field) )?(?:descriptions?|meaning|explanation|definition|details)$/i,
  ],
  ['notes', /^(?:constraints?|restrictions?|remarks?|notes?|comments?)$/i],
  ['sample', /^(?:example|sample)(?: (?:values?|data))?s?$/i],
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
