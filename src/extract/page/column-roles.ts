/** Which column of a table is which, whatever it is called and wherever it stands. */
export type Role = 'name' | 'mandatory' | 'type' | 'description' | 'notes' | 'sample' | 'optional'

const ROLES: readonly (readonly [Role, RegExp])[] = [
  [
    'name',
    /^(?:(?:(?:request|response|body|path|query|uri|header|form|input|output|return(?:ed)?|api) )?(?:parameter|attribute|field|element|property|header|argument|variable|option)|name|key|member|item)(?: names?)?s?$/i,
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

export function columnsOf(header: readonly string[]): Columns {
  const columns: Columns = {}
  for (const [index, title] of header.entries()) {
    const role = ROLES.find(([, pattern]) => pattern.test(title.trim()))?.[0]
    if (role !== undefined) columns[role] ??= index
  }
  return columns
}
