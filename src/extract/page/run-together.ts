/** Takes cells apart that a copy of the help site has run together: `RegionIdstringNo`. */

const COLUMNS = [
  'HTTP status code',
  'HttpCode',
  'Error code',
  'Error message',
  'Associated operation',
  'Access level',
  'Resource type',
  'Condition key',
  'Summary of changes',
  'Change content',
  'Change time',
  'Change item',
  'Example value',
  'Sample value',
  'Default value',
  'Parameter',
  'Field',
  'Name',
  'Type',
  'Required',
  'Mandatory',
  'Default',
  'Description',
  'Example',
  'Operation',
]

const NAME = '[A-Za-z][\\w.-]*?'
const TYPE = '(?:string|integer|long|boolean|float|double|number|object|array|map|any)'
const TYPES = `${TYPE}(?:<[\\w<>, ]{1,60}>)?(?: ?\\[\\])?`
const WITH_REQUIRED = new RegExp(`^(${NAME})(${TYPES})(Yes|No)$`)
const WITHOUT_REQUIRED = new RegExp(`^(${NAME})(${TYPES})$`)
const ROOT = new RegExp(`^${TYPES}$`)

const SUSPECT = new RegExp(
  `^[A-Z][\\w.-]*(?:${TYPES}[A-Za-z]*(?:Yes|No)[A-Za-z]*| ?${TYPES} ?(?:Yes|No)?)\\s*$`,
)

/** Further names of types; a value of a sample can end in one, so only their place tells a row. */
const RARE =
  '(?:repeatlist|list|set|enum|struct|json|jsonarray|jsonobject|datetime|date|timestamp|time|file|binary|bytes?|int32|int64|int|short|decimal|bigdecimal|bool|text|char|void)'
const RARE_TYPES = `${RARE}(?:<[\\w<>, ]{1,60}>)?(?: ?\\[\\])?`
const RARE_WITH = new RegExp(`^(${NAME})(${RARE_TYPES})(Yes|No)$`)
const RARE_WITHOUT = new RegExp(`^(${NAME})(${RARE_TYPES})$`)
/** What may be a name, a type and a mark that no rule can tell apart. */
const RUN = /^([A-Za-z][\w.$-]{1,120}(?:<[\w<>, ]{1,60}>)?(?: ?\[\])?)$/
/** Where a name can end before a type that is not known. */
const NAME_ENDS =
  /^(.*?(?:\.N|Ids?|Names?|Types?|Status|Time|Zones?|Codes?|Count|Size|Numbers?|Keys?|Values?|Address|Ports?|Mode|Version|Info|Tags?|Urls?|Token|Date|Labels?|Region|Group|Protocol|Description|Weight|Server|Servers|List))([a-z][\w<>, [\]]*)$/

/**
 * The start of a row whose type is a rare word or is not known, told by its place: a line of one word
 * with a blank line below it.
 *
 * @returns With an empty type where nothing tells where the name ends.
 */
export function splitRareStart(line: string, required: boolean): RowStart | undefined {
  const [, name, type, mark] = (required ? RARE_WITH : RARE_WITHOUT).exec(line) ?? []
  if (name !== undefined && type !== undefined)
    return { name, type, ...(mark === undefined ? {} : { required: mark }) }
  const [, run = '', last] = required ? (/^(.+?)(Yes|No)$/.exec(line) ?? []) : [line, line]
  if (!RUN.test(run)) return undefined
  const [, head = run, rest = ''] = NAME_ENDS.exec(run) ?? []
  return { name: head, type: rest, ...(required && last !== undefined ? { required: last } : {}) }
}

/** Longer lines hold prose or data, never the start of a row. */
const LONGEST = 200

/** The columns a header line names, if the whole line is made of column names. */
export function splitHeader(line: string): readonly string[] | undefined {
  const columns: string[] = []
  let rest = line.trim()
  while (rest !== '' && columns.length < COLUMNS.length) {
    const column = COLUMNS.find((name) => rest.startsWith(name))
    if (column === undefined) return undefined
    columns.push(column)
    rest = rest.slice(column.length)
  }
  return columns.length > 1 && rest === '' ? columns : undefined
}

export interface RowStart {
  readonly name: string
  readonly type: string
  readonly required?: string
}

/**
 * The name, type and mark a row begins with.
 *
 * Name and type have no border, but the type is one of a few words and ends the line (or stands
 * before Yes or No), so there is at most one way to cut unless the name itself ends in a type.
 * A type alone is the row of the whole body; its name is empty.
 */
export function splitRowStart(line: string, required: boolean): RowStart | undefined {
  if (line.length > LONGEST || /^\s/.test(line)) return undefined
  if (ROOT.test(line)) return { name: '', type: line }
  const [, name, type, mark] = (required ? WITH_REQUIRED : WITHOUT_REQUIRED).exec(line) ?? []
  if (name === undefined || type === undefined) return undefined
  return { name, type, ...(mark === undefined ? {} : { required: mark }) }
}

/**
 * Cuts `400SystemBusyThe system …`: three digits, a code, a message, a description.
 *
 * The code ends where the last capital of the first run of letters begins, because a message
 * starts with a capitalised word; the message ends at the first full stop without a space after it.
 */
export function splitErrorRow(line: string): readonly string[] | undefined {
  const [, status, run, rest] = /^(\d{3})(\S{1,200})((?:\s.*)?)$/.exec(line) ?? []
  if (status === undefined || run === undefined || rest === undefined) return undefined
  const border = lastCapital(run)
  if (border <= 0) return undefined
  const text = run.slice(border) + rest
  const end = text.search(/[.!?](?=[A-Z])/) + 1
  const message = end === 0 ? text : text.slice(0, end)
  return [status, run.slice(0, border), message, end === 0 ? '' : text.slice(end)]
}

/** A word that ends like a row's start, and is none: a mark we do not know may stand in it. */
export function isSuspect(line: string): boolean {
  return line.length <= LONGEST && SUSPECT.test(line)
}

function lastCapital(run: string): number {
  for (let index = run.length - 1; index > 0; index -= 1) {
    if (/[A-Z]/.test(run[index]!)) return index
  }
  return -1
}
