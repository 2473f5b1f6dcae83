/** The file written for an operation: `schemas/<dialect>/<operation>.json`. */
import { saysNone, type ApiPage } from '../tables/api.ts'
import { settle, type Decisions, type Settled } from '../findings/errata.ts'
import type { Direction, Field } from '../tables/fields.ts'
import { showsNoValue } from '../findings/comparison.ts'
import { nameFindings, type Finding } from '../findings/finding.ts'
import type { Found } from '../tables/found.ts'
import { judge, type Judged } from './judge.ts'
import { ledgerOf, type Ledger } from '../findings/ledger.ts'
import type { Origin, Schema } from './amend.ts'
import { columnsOf } from '../page/column-roles.ts'
import { listOf, schemaOf } from './schema.ts'

export interface Document {
  readonly operation: string
  readonly dialect: string
  readonly method: string | null
  readonly path: string | null
  readonly page: { readonly title: string; readonly sha256: string; readonly shape: string }
  /** What stands in the path. */
  readonly parameters: Schema | null
  /** The query of a call without a body, in the dialect that has bodies. */
  readonly query: Schema | null
  /** HTTP headers that a table of the page lists; absent where none does. */
  readonly headers?: Schema
  readonly 'response-headers'?: Schema
  /** The body, or for RPC calls the parameters; null when the page says there is none. */
  readonly request: Schema | null
  readonly response: Schema | null
  readonly statuses: readonly number[]
  readonly errors: readonly { readonly status: number; readonly code: string }[]
  readonly prose: readonly {
    readonly at: string
    readonly place: string
    readonly fingerprint: string
  }[]
  readonly examples: readonly DocumentExample[]
  /** Ids of the errata that bear on this operation. */
  readonly errata: readonly string[]
  /** What the page leaves unsaid or was not read, settled by the notes of the dialect; absent if empty. */
  readonly notes?: readonly string[]
  readonly ledger: Readonly<Record<string, number>>
  readonly 'x-source': Readonly<Record<string, Schema>>
}

export interface DocumentExample {
  readonly name: string
  readonly direction: 'request' | 'response'
  readonly format: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly root?: string
  readonly value?: unknown
  readonly valid: boolean
  /** Where it breaks the schema. */
  readonly breaks?: readonly string[]
  /** What is odd about it, valid or not. */
  readonly errata?: readonly string[]
}

export interface Drafted {
  readonly document: Document
  readonly findings: readonly Finding[]
  readonly settled: Settled
  readonly ledger: Ledger
}

/** Builds the document with the errata applied; it is to be accepted only if nothing is unsettled. */
export function draft(api: ApiPage, found: readonly Finding[], decisions: Decisions): Drafted {
  const { call, page } = api
  const operation = `${call.dialect}/${call.operation}`
  const first = settle(found, decisions, operation)
  const origin: Origin = {
    page: page.title,
    sha256: page.sha256,
    amendments: first.amendments,
    reached: new Set<string>(),
    overruled: [],
  }
  const schemas = schemasOf(api, origin)
  const judged = api.examples.map((example) => judge(example, present(schemas)))
  const ledger = ledgerOf(api)
  const findings = [
    ...found,
    ...nameFindings([...broken(judged, found, page), ...unread(ledger, api)], call, page.title),
  ]
  const idle = first.amendments.filter(({ at }) => !origin.reached.has(at))
  const without = new Set(idle.map(({ erratum }) => erratum))
  const settled = settle(findings, decisions, operation, without, origin.overruled)
  const own = decisions.errata
    .filter(({ id }) => id.startsWith(`${operation}/`))
    .map(({ id }) => id)
  const notes = settled.noted.map(({ id }) => id)
  const document: Document = {
    operation: call.operation,
    dialect: call.dialect,
    method: call.method ?? first.method ?? null,
    path: call.path ?? null,
    page: { title: page.title, sha256: page.sha256, shape: page.shape },
    ...schemas,
    statuses: api.statuses.statuses.map(({ status }) => status),
    errors: api.statuses.errors.map(({ status, code }) => ({ status, code })),
    prose: api.prose.map(({ at, section, fingerprint }) => ({
      at,
      place: section === '' ? page.title : `${page.title} › ${section}`,
      fingerprint,
    })),
    examples: api.examples.map((example, index) => exampleOf(example, judged[index]!, findings)),
    errata: own,
    ...(notes.length > 0 ? { notes } : {}),
    ledger: { ...ledger.totals, blank: ledger.blank, lines: ledger.lines },
    'x-source': sourcesOf(api, first.method),
  }
  return { document, findings, settled, ledger }
}

type Schemas = Pick<
  Document,
  'parameters' | 'query' | 'headers' | 'request' | 'response' | 'response-headers'
>

function schemasOf({ fields, lists }: ApiPage, origin: Origin): Schemas {
  const schema = (at: string, of: readonly Field[]): Schema | null => {
    if (of.length === 0) return null
    return lists.has(at as Direction) ? listOf(at, of, origin) : schemaOf(at, of, origin)
  }
  return {
    parameters: schema('parameters', fields.parameters),
    query: schema('query', fields.query),
    ...(fields.headers.length > 0 ? { headers: schemaOf('headers', fields.headers, origin) } : {}),
    request: schema('request', withoutRoot(fields.request)),
    response: schema('response', withoutRoot(fields.response)),
    ...(fields.responseHeaders.length > 0
      ? { 'response-headers': schemaOf('responseHeaders', fields.responseHeaders, origin) }
      : {}),
  }
}

/** A copied page lists the body itself as a row without a name; `readFields` has dropped it. */
function withoutRoot(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ name }) => name !== '')
}

function present({ parameters, request, response }: Schemas): Parameters<typeof judge>[1] {
  return {
    ...(parameters ? { parameters } : {}),
    ...(request ? { request } : {}),
    ...(response ? { response } : {}),
  }
}

/** An example that breaks its schema where no finding explains it is a finding itself. */
function broken(
  judged: readonly Judged[],
  found: readonly Finding[],
  page: ApiPage['page'],
): readonly Found[] {
  return judged.flatMap((one) => {
    const { name, valid, breaks } = one
    if (valid || found.some(({ example }) => example === name)) return []
    const says = `${name} breaks the schema of its own page: ${breaks.join('; ')}.`
    return [
      {
        rule: 'example-against-schema',
        kind: isLoose(one, page, found) ? 'silence' : 'contradiction',
        at: `examples.${name}`,
        place: { section: 'Example' },
        says,
        example: name,
      },
    ]
  })
}

/** An example that leaves things out, shows no value, or shows what the page does not describe here. */
function isLoose(
  { name, breaks, value }: Judged,
  page: ApiPage['page'],
  found: readonly Finding[],
): boolean {
  const side = name.startsWith('response') ? /^response/i : /^request/i
  return breaks.every(
    (broken) =>
      isOmission(broken) ||
      hasNoValue(broken, value) ||
      isFound(broken, found) ||
      (isUndescribed(broken) &&
        (!saysNone(page, side) || (name.startsWith('response') && isError(value)))),
  )
}

/** Another example of the page, or the sample of the row, shows the same at the same field. */
function isFound(broken: string, found: readonly Finding[]): boolean {
  const [pointer = '', keyword] = broken.split(' ')
  const name = pointer.split('/').findLast((step) => step !== '' && !/^\d+$/.test(step))
  if (keyword !== 'type' || name === undefined) return false
  return found.some(
    ({ example, id, rule }) =>
      (example !== undefined || rule === 'quoted-integer') &&
      id.split('/').at(-2)?.endsWith(`.${name}`) === true,
  )
}

function isUndescribed(broken: string): boolean {
  return broken.endsWith(' no documented key') || broken.startsWith('body, ')
}

/** `{ "error": { … } }`, or a code and a message under a name of their own. */
function isError(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const keys = [value, ...Object.values(value)].flatMap((one: unknown) =>
    typeof one === 'object' && one !== null ? Object.keys(one) : [],
  )
  return keys.some((key) => /^(?:err(?:or)?(?:_?(?:code|msg|message))?|message)$/i.test(key))
}

/** A null, a blank or asterisks where a row says nothing of them: no row forbids them either. */
function hasNoValue(broken: string, value: unknown): boolean {
  const [pointer = ''] = broken.split(' ')
  if (!pointer.startsWith('/')) return false
  const steps = pointer.slice(1).split('/')
  const there = steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? inner[step as never] : undefined,
    value,
  )
  return showsNoValue(there)
}

function unread({ entries }: Ledger, { page }: ApiPage): readonly Found[] {
  return entries
    .filter(({ account }) => account === 'unread')
    .map(({ from, to }) => ({
      rule: 'lines-not-read',
      kind: holdsNoRows(page, from) ? 'unread' : 'contradiction',
      at: `lines.${from}`,
      place: {},
      says: `Lines ${from} to ${to} became nothing.`,
    }))
}

function exampleOf(
  example: ApiPage['examples'][number],
  { valid, value, root, breaks }: Judged,
  findings: readonly Finding[],
): DocumentExample {
  const { name, direction, format, parameters, trouble } = example
  const errata = findings.filter((finding) => finding.example === name).map(({ id }) => id)
  const named = Object.keys(parameters ?? {}).length > 0
  return {
    name,
    direction,
    format,
    ...(named ? { parameters: parameters! } : {}),
    ...(root === undefined ? {} : { root }),
    ...(value === undefined || trouble !== undefined ? {} : { value }),
    valid,
    ...(breaks.length === 0 ? {} : { breaks }),
    ...(errata.length === 0 ? {} : { errata }),
  }
}

/** An example that shows only some of the parameters breaks nothing else. */
function isOmission(broken: string): boolean {
  return broken.endsWith(' required') || broken.endsWith(' if')
}

/** A table of something else than parameters: of names and types there are none in it. */
function holdsNoRows({ blocks }: ApiPage['page'], from: number): boolean {
  const block = blocks.find((one) => one.from === from)
  if (block?.kind !== 'table') return false
  const { name, type } = columnsOf(block.table.header)
  return name === undefined || type === undefined
}

/** The sources of what is not a schema: the call itself, and that there is no body. */
function sourcesOf(api: ApiPage, settledMethod: string | undefined): Record<string, Schema> {
  const { page, call, fields } = api
  const origin = { page: page.title, sha256: page.sha256 }
  const uri = { ...origin, section: page.shape === 'html-tables' ? 'URI' : 'Examples' }
  const id = `${call.dialect}/${call.operation}/method/method-unstated`
  const none = (section: string): Schema => ({
    ...origin,
    section,
    says: saysNone(page, sectionPattern(section)) ? 'none' : 'nothing',
  })
  return {
    method: settledMethod === undefined ? uri : { ...uri, erratum: id },
    path: uri,
    ...(fields.request.length === 0 ? { request: none('Request') } : {}),
    ...(fields.response.length === 0 ? { response: none('Response') } : {}),
  }
}

function sectionPattern(section: string): RegExp {
  return section === 'Request' ? /^request/i : /^response/i
}
