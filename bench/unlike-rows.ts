/** Rows of made-up pages: what each is meant to say, and the ways to say it. */

/** One row, as it was meant. */
export interface MeantRow {
  readonly name: string
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object'
  /** Of an object. */
  readonly children?: readonly MeantRow[]
  readonly mandatory: boolean
  readonly default?: string
  readonly maxLength?: number
  readonly range?: readonly [minimum: number, maximum: number]
  readonly values?: readonly string[]
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Pick = <One>(of: readonly One[]) => One

/** Where a page's turns of phrase are drawn from. */
export interface Turns {
  readonly next: () => number
  readonly pick: Pick
}

const names =
  'label region_code size_limit is_shared purpose zone owner_note mode quota flavor'.split(' ')
const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']

/** A row of some kind; its place in the table gives its name. */
export function meantRow(index: number, next: () => number, pick: Pick): MeantRow {
  const turn = Math.floor(index / names.length)
  const name = `${names[index % names.length]}${turn === 0 ? '' : `_${turn}`}`
  const mandatory = next() < 0.4
  const kind = pick(['text', 'text', 'number', 'number', 'flag', 'word', 'word', 'list', 'object'])
  if (kind === 'list') return { name, type: 'array', mandatory }
  if (kind === 'object') {
    const children = [
      { name: 'inner_name', type: 'string', mandatory: true, maxLength: 64 } as const,
      { name: 'inner_count', type: 'integer', mandatory: false, range: [1, 10] } as const,
    ]
    return { name, type: 'object', mandatory, children }
  }
  if (kind === 'flag') return { name, type: 'boolean', mandatory }
  if (kind === 'number') {
    const minimum = pick([0, 1, 5])
    const range = [minimum, pick([10, 100, 65_535])] as const
    const some = mandatory || next() < 0.5 ? {} : { default: String(minimum + 1) }
    return { name, type: 'integer', mandatory, range, ...some }
  }
  if (kind === 'word') {
    const values = words.slice(0, pick([2, 3, 4]))
    const some = mandatory || next() < 0.5 ? {} : { default: values[0] as string }
    return { name, type: 'string', mandatory, values, ...some }
  }
  return { name, type: 'string', mandatory, maxLength: pick([32, 64, 255]) }
}

/** A value of the row, for an example. */
export function shown(row: MeantRow): unknown {
  if (row.type === 'boolean') return true
  if (row.type === 'array') return ['text']
  if (row.children) return Object.fromEntries(row.children.map((one) => [one.name, shown(one)]))
  return row.range?.[0] ?? row.values?.[0] ?? 'text'
}

export function example(rows: readonly MeantRow[]): string {
  return JSON.stringify(Object.fromEntries(rows.map((row) => [row.name, shown(row)])), null, 4)
}

/** `RegionCode` of `region_code`. */
export function camel(name: string): string {
  return name.replaceAll(/(?:^|_)([a-z\d])/g, (_, letter: string) => letter.toUpperCase())
}

const plainOf = (row: MeantRow) => row.name.replaceAll('_', ' ')

/** The first sentence of a cell, and its facts in one of several wordings. */
export function described(row: MeantRow, pick: Pick, bold: (text: string) => string): string {
  const { maxLength, range, values, default: usual } = row
  const lead = pick([
    `Specifies the ${plainOf(row)}.`,
    `The ${plainOf(row)}.`,
    `Indicates the ${plainOf(row)} of the resource.`,
    `Provides supplementary information about the ${plainOf(row)}.`,
  ])
  const facts: string[] = []
  if (maxLength !== undefined) {
    facts.push(
      pick([
        `The value contains a maximum of ${maxLength} characters.`,
        `The value can contain a maximum of ${maxLength} characters.`,
        `The ${plainOf(row)} can contain up to ${maxLength} characters.`,
        `The value can be up to ${maxLength} characters in length.`,
        `It contains 1 to ${maxLength} characters.`,
        `The value must be 1 to ${maxLength} characters in length.`,
      ]),
    )
  }
  if (range) {
    const [low, high] = range.map((bound) => bold(String(bound)))
    facts.push(
      pick([
        `The value ranges from ${low} to ${high}.`,
        `Value range: ${low} to ${high}.`,
        `Valid values: ${low} to ${high}.`,
        `The value range is from ${low} to ${high}.`,
      ]),
    )
  }
  if (values) {
    const all = values.map((value) => bold(value))
    const last = `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
    facts.push(
      pick([
        `The value can be ${last}.`,
        `Valid values: ${all.join(', ')}.`,
        `The value can be one of the following: ${all.join(', ')}.`,
        `Possible values are ${last}.`,
      ]),
    )
  }
  if (usual !== undefined) {
    facts.push(
      pick([
        `The default value is ${bold(usual)}.`,
        `Default value: ${bold(usual)}.`,
        `Default: ${bold(usual)}.`,
        `If this parameter is not specified, the default value ${bold(usual)} is used.`,
      ]),
    )
  }
  return [lead, ...facts, ...asides(row, pick)].join(pick([' ', ' ', '\n\n']))
}

/** Sentences of which no keyword comes: character sets, units, notes, where to learn more. */
function asides({ type, maxLength, range }: MeantRow, pick: Pick): readonly string[] {
  const general = [
    'This parameter is used to tell resources apart.',
    'For details, see the user guide.',
    'You can call another operation to obtain the value.',
    'NOTE: The change takes effect after the resource is restarted.',
    'The administrator can change it later.',
    'This parameter takes effect only for new resources.',
  ]
  const own = [
    ...(maxLength === undefined
      ? []
      : [
          'It can contain letters, digits, underscores (_), and hyphens (-).',
          'The name must start with a letter and can contain periods (.) as well.',
          'It must be unique in a project.',
          'The value is case-sensitive.',
        ]),
    ...(range ? ['Unit: seconds.', 'The unit is second.', 'Unit: GB'] : []),
    ...(type === 'boolean'
      ? ['true: It is on. false: It is off.', 'The value can be true or false.']
      : []),
  ]
  return pick([
    [],
    [pick(general)],
    [pick([...own, ...general])],
    [pick([...own, ...general]), pick(general)],
  ])
}

export const typeWords: Readonly<Record<MeantRow['type'], readonly string[]>> = {
  string: ['String', 'string', 'Text', 'varchar'].slice(0, 2),
  integer: ['Integer', 'Int', 'integer', 'Long'],
  boolean: ['Boolean', 'bool', 'Bool'],
  array: ['Array of strings', 'Array of string', 'List<String>', 'String array'].slice(0, 3),
  object: ['Object', 'object'],
}
