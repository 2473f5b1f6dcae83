/** The type column: seven JSON types under the names that the vendors give them. */

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'

export interface ReadType {
  readonly type: JsonType
  /** What an array holds, where the cell says so. */
  readonly items?: JsonType
  /** The name of the structure that it is, or that its elements are: `ties` in `Array of ties`. */
  readonly of?: string
}

/** Everything that a cell in the column of types says. */
export interface TypeCell {
  readonly read?: ReadType
  /** `String (Required)` */
  readonly mandatory?: boolean
  /** `String(64)` */
  readonly maxLength?: number
  readonly minLength?: number
  /** `String or null` */
  readonly nullable?: true
}

const NAMES = new Map<string, JsonType>(
  Object.entries({
    string: 'string',
    str: 'string',
    char: 'string',
    character: 'string',
    varchar: 'string',
    text: 'string',
    uuid: 'string',
    date: 'string',
    datetime: 'string',
    'date-time': 'string',
    enum: 'string',
    enumeration: 'string',
    enumerated: 'string',
    url: 'string',
    'ip address': 'string',
    'string type': 'string',
    'json string': 'string',
    integer: 'integer',
    int: 'integer',
    int32: 'integer',
    int64: 'integer',
    uint32: 'integer',
    uint64: 'integer',
    long: 'integer',
    short: 'integer',
    bigint: 'integer',
    'integer type': 'integer',
    'long integer': 'integer',
    'unsigned integer': 'integer',
    float: 'number',
    float32: 'number',
    float64: 'number',
    double: 'number',
    number: 'number',
    decimal: 'number',
    bigdecimal: 'number',
    boolean: 'boolean',
    bool: 'boolean',
    'boolean type': 'boolean',
    object: 'object',
    dict: 'object',
    dictionary: 'object',
    map: 'object',
    hash: 'object',
    json: 'object',
    struct: 'object',
    structure: 'object',
    'json object': 'object',
    jsonobject: 'object',
    'key-value pair': 'object',
    array: 'array',
    list: 'array',
    set: 'array',
    jsonarray: 'array',
    'json array': 'array',
    repeatlist: 'array',
    array_reference: 'array',
  } satisfies Record<string, JsonType>),
)

/** Words of which no structure is named. */
const NOISE = /\b(?:data )?(?:structures?|structs?)\b|\bdata type\b/g
const OF = /^(?:array|list|set|collection)\s*(?:of\s+(?:the\s+)?|[<([{]\s*)(\S.{0,79}?)\s*[>)\]}]?$/
/** `List object`: as little as `Array of objects`. */
const LIST_OBJECT = /^(?:list|array) objects?$/
const SUFFIX = /^(.{1,80}?)\s*(?:\[\s*\]|\b(?:array|list)s?)$/
const BRACKETED = /^[[<]\s*(\S.{0,79}?)\s*[\]>]$/
const MAP = /^(?:map|dict|dictionary|hashmap)\s*(?:of\b.{0,80}|[<([{].{0,80}[>)\]}])$/
/** `UpdateServerOption object`: the name of a table, and what it describes. */
const NAMED_OBJECT = /^([\w.-]+) (?:objects?)$/
/** Kubernetes writes its times as texts, RFC 3339. */
const KUBERNETES_TIME = /^io\.k8s\.[\w.-]+\.(?:micro)?time$/
const TABLE = /^table \d+(?:-\d+)?$/
const WORD = /^[\w.-]+$/
const NULLABLE = /^(.{1,200}?)(?:\s*(?:\/|\||,| or )\s*null|\s*\(nullable\))$/
const LENGTH = /^(string|char|varchar|str)\s?[([<](?:(\d{1,6})\s?[-–~,]\s?)?(\d{1,6})[)\]>]$/
const WIDTH =
  /^(integer|int|long|number|float|double)\s?[[(<](?:\d{1,3}|u?int\d+|float|double|long|\d+,\s?\d+)[)\]>]$/
const MANDATORY = /(?<![\s,;])[\s,;]*[([]?\b(required|mandatory|optional)\b\.?[)\]]?$/

/** `Array. For details, see Table 4.` */
const REFERENCE =
  /(?<=[\w>\]])[.,]? \(?(?:for (?:more )?(?:details|information), )?see (?:the )?table \d+\.?\)?$/

/** @param cell - As printed. */
export function readTypeCell(cell: string): TypeCell {
  const printed = cell.trim().toLowerCase().replace(REFERENCE, '').replace(/\.$/, '')
  const mark = MANDATORY.exec(printed)?.[1]
  const marked = mark === undefined ? printed : printed.replace(MANDATORY, '')
  const whole = NULLABLE.exec(marked)?.[1]
  const name = whole ?? marked
  const [, kind, shortest, longest] = LENGTH.exec(name) ?? []
  const read = typeNamed(kind ?? name, cell)
  return {
    ...(read === undefined ? {} : { read }),
    ...(mark === undefined ? {} : { mandatory: mark !== 'optional' }),
    ...(whole === undefined ? {} : { nullable: true }),
    ...(longest === undefined ? {} : { maxLength: Number(longest) }),
    ...(shortest === undefined ? {} : { minLength: Number(shortest) }),
  }
}

/** @returns `undefined` when the cell is empty, says that there is none, or names no known type. */
export function readType(cell: string): ReadType | undefined {
  return readTypeCell(cell).read
}

function typeNamed(printed: string, cell: string): ReadType | undefined {
  const width = WIDTH.exec(printed)?.[1]
  const known = NAMES.get(width ?? printed)
  if (known !== undefined) return { type: known }
  if (MAP.test(printed)) return { type: 'object' }
  if (LIST_OBJECT.test(printed)) return { type: 'array', items: 'object' }
  const inner = BRACKETED.exec(printed)?.[1] ?? OF.exec(printed)?.[1] ?? SUFFIX.exec(printed)?.[1]
  if (inner !== undefined) return listOf(inner, cell)
  const name = tidied(printed)
  if (name === '' && printed !== '') return { type: 'object' }
  const tidy = NAMES.get(name)
  if (tidy !== undefined) return { type: tidy }
  const structure = NAMED_OBJECT.exec(name)?.[1] ?? (name === printed ? undefined : name)
  if (structure !== undefined && KUBERNETES_TIME.test(structure)) return { type: 'string' }
  if (structure !== undefined && WORD.test(structure))
    return { type: 'object', ...structureNamed(structure, cell) }
  return undefined
}

function listOf(inner: string, cell: string): ReadType | undefined {
  const name = tidied(inner.replace(/(?<![<>()[\]{}])[<>()[\]{}]+$/, ''))
  if (name === '') return { type: 'array' }
  const element = NAMES.get(name) ?? NAMES.get(name.replace(/s$/, ''))
  if (element !== undefined) return { type: 'array', items: element }
  if (MAP.test(inner) || /^(?:map|dict|hashmap)\b/.test(name))
    return { type: 'array', items: 'object' }
  if (OF.test(name) || SUFFIX.test(name)) return { type: 'array', items: 'array' }
  const structure = name.replace(/ (?:objects?|table|lists?)$/, '')
  if (TABLE.test(structure)) return { type: 'array', items: 'object' }
  if (WORD.test(structure))
    return { type: 'array', items: 'object', ...structureNamed(structure, cell) }
  return / objects?$/.test(name) ? { type: 'array', items: 'object' } : undefined
}

function tidied(name: string): string {
  return name.replace(NOISE, ' ').replace(/\s+/g, ' ').trim()
}

/** In the letters of the cell: names of tables have capitals. */
function structureNamed(name: string, cell: string): { of?: string } {
  const at = cell.toLowerCase().indexOf(name)
  return at === -1 || NAMES.has(name) ? {} : { of: cell.slice(at, at + name.length) }
}

/** A cell that only sends its reader to a table: what it describes is an object. */
export function isTableName(cell: string): boolean {
  return TABLE.test(cell.trim().toLowerCase())
}

/**
 * A cell that names the structure of what it describes, and neither `Object` nor a list: `Data structure`,
 * `jars object`. Whether there is one of it or a list it leaves open.
 */
export function isStructureName(cell: string): boolean {
  const name = cell.trim().toLowerCase().replace(REFERENCE, '')
  return readType(cell)?.type === 'object' && !NAMES.has(name) && !MAP.test(name)
}

/** A printed value as the type of its field has it. */
export function literal(value: string, type: JsonType | undefined): unknown {
  if (value === 'null') return null
  if (type === 'boolean')
    return /^true$/i.test(value) ? true : /^false$/i.test(value) ? false : value
  if (type === 'integer' || type === 'number')
    return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value)
  return type === 'array' && value === '[]' ? [] : value
}

/** Whether a field of a type can have a printed value. */
export function canBe(type: JsonType | undefined, value: string): boolean {
  if (value === 'null' || type === undefined) return true
  if (type === 'integer' || type === 'number')
    return value.trim() !== '' && !Number.isNaN(Number(value))
  return type !== 'boolean' || /^(?:true|false)$/i.test(value)
}

/** Whether a type cell is there but says nothing: `N/A`, `-` or blank. */
export function isBlank(cell: string): boolean {
  return /^(?:|n\/?a|[-–—]+|none|\/)$/i.test(cell.trim())
}
