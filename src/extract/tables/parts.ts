/** Puts every field into the part of the message where it belongs, whatever table lists it. */
import { movedTo, type Direction, type Field } from './fields.ts'
import { directionAt, isHeaderName } from './location.ts'

export const DIRECTIONS = [
  'parameters',
  'query',
  'headers',
  'request',
  'response',
  'responseHeaders',
] as const

export const NO_FIELDS: Readonly<Record<Direction, readonly Field[]>> = {
  parameters: [],
  query: [],
  headers: [],
  request: [],
  response: [],
  responseHeaders: [],
}

/** Fields that belong to another part of the message than the table they stand in. */
export function spread(
  read: Readonly<Record<Direction, readonly Field[]>>,
  path: string | undefined,
  method: string | undefined,
): { fields: Record<Direction, readonly Field[]>; strays: readonly Field[] } {
  const bodiless = method === 'GET' || method === 'HEAD'
  const listed = [...read.parameters, ...read.request]
  const at = (field: Field): Direction | undefined => {
    const own = ownDirection(field, path)
    return own === field.direction && own === 'request' ? undefined : own
  }
  const moved = (direction: Direction): readonly Field[] =>
    listed.filter((field) => at(field) === direction).map((field) => turned(field, direction))
  const left = read.parameters.filter((field) => at(field) === undefined)
  const asked = read.request.filter((field) => at(field) === undefined)
  const body = bodiless || asked.length + moved('request').length > 0 ? [] : bodyAmong(left, method)
  const others = left.filter((field) => !body.includes(field))
  const query = [...others, ...(bodiless ? asked : [])].map((field) => turned(field, 'query'))
  const request = [...body.map((field) => turned(field, 'request')), ...(bodiless ? [] : asked)]
  const answers = read.response.filter(({ name }) => !isHeaderName(name))
  const answered = read.response.filter(({ name }) => isHeaderName(name))
  const fields = {
    parameters: once(moved('parameters')),
    query: [...query, ...read.query, ...moved('query')],
    headers: [...read.headers, ...moved('headers')],
    request: [...request, ...moved('request')],
    response: answers,
    responseHeaders: [
      ...read.responseHeaders,
      ...answered.map((field) => turned(field, 'responseHeaders')),
    ],
  }
  return { fields, strays: body }
}

/** What a row itself says of its place: by a column, by the name of a header, by a part of the path. */
function ownDirection(
  { name, location, direction }: Field,
  path: string | undefined,
): Direction | undefined {
  if (location !== undefined) return directionAt('request', location)
  if (isHeaderName(name)) return 'headers'
  if (path === undefined) return direction === 'parameters' ? 'parameters' : undefined
  return path.includes(`{${name}}`) && direction === 'parameters' ? 'parameters' : undefined
}

/** The same part of the path, listed with the URI and again with the request, is one. */
function once(fields: readonly Field[]): readonly Field[] {
  return fields.filter(
    ({ name, table }, index) =>
      !fields.slice(0, index).some((other) => other.name === name && other.table !== table),
  )
}

function turned(field: Field, direction: Direction): Field {
  return { ...movedTo(field, direction), direction }
}

/** What a POST or PUT lists beside its path, when it lists nothing as its request, is its body. */
function bodyAmong(fields: readonly Field[], method: string | undefined): readonly Field[] {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? fields : []
}

/** By the first word of a place. */
export function directionOf(at: string): Direction | undefined {
  return DIRECTIONS.find((direction) => at === direction || at.startsWith(`${direction}.`))
}

/** A row of a table that another part shares: what has to be sent need not be shown. */
export function inDirection(field: Field, direction: Direction | undefined): Field {
  if (direction === undefined || field.direction === direction) return field
  const { mandatory: _column, ...rest } = field
  const children = field.children.map((child) => inDirection(child, direction))
  return { ...rest, mandatoryText: undefined, direction, children }
}
