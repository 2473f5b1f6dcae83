/** What `extract` and `--check` print for a person. */
import type { Difference } from './schema/derived.ts'
import { isSettled, overruledSays } from './findings/errata.ts'
import type { Extracted } from './extract-file.ts'
import { isObject } from './page/json-text.ts'

interface Written {
  readonly out: string | undefined
  readonly written: string | undefined
}

/** One operation: what was read, what is open, what to do next. */
export function summary(result: Extracted, { out, written }: Written): string {
  const { document, rows, findings, settled, ledger } = result
  const { dialect, operation, method, path, page, examples } = document
  const valid = examples.filter((example) => example.valid).length
  const { totals, lines } = ledger
  return [
    `${dialect}/${operation}  ${method ?? 'no method'} ${path ?? 'no path'}  (${page.title})`,
    `  ${count(rows, 'row')}, ${count(examples.length, 'example')} (${valid} valid), ${count(document.prose.length, 'sentence')} of prose`,
    `  ${count(lines, 'line')}: ${Object.entries({ ...totals, blank: ledger.blank })
      .map(([account, count]) => `${count} ${account}`)
      .join(', ')}`,
    ...fieldLines(document),
    `  ${count(findings.length, 'finding')}: ${settled.unsettled.length} unsettled, ${settled.noted.length} settled by a note of the dialect`,
    ...settled.unsettled.map(({ id, place, says }) => `    ${id}\n      ${says} (${place})`),
    ...settled.noted.map(({ id, kind, says }) => `    ${kind}: ${id}\n      ${says}`),
    ...settled.stale.map(
      ({ id }) => `    Stale erratum: the page no longer gives rise to ${id}. Delete it.`,
    ),
    ...settled.overruling.map((one) => `    ${overruledSays(one)}`),
    ...nextStep(result, out, written),
    '',
  ].join('\n')
}

/** `1 row`, `2 rows`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** One line per field: where it stands, whether it is mandatory, and its keywords. */
function fieldLines(document: Extracted['document']): string[] {
  const { parameters, query, headers, request, response } = document
  const answerHeaders = document['response-headers']
  const schemas = Object.entries({
    parameters,
    query,
    headers,
    request,
    response,
    'response-headers': answerHeaders,
  })
  return schemas.flatMap(([at, schema]) => linesOf(schema, at))
}

const HELD = new Set(['x-source', 'properties', 'required', 'items', 'contentSchema'])

function linesOf(schema: unknown, at: string): string[] {
  if (!isObject(schema)) return []
  const { properties, required, items, contentSchema } = schema
  const mandatory = Array.isArray(required) ? required : []
  const inside = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, node]) => [
    `    ${at}.${name}${mandatory.includes(name) ? ' mandatory' : ''}${keywords(node)}`,
    ...linesOf(node, `${at}.${name}`),
  ])
  const element = keywords(items)
  return [
    ...(element === '' ? [] : [`    ${at}[]${element}`]),
    ...inside,
    ...linesOf(items, `${at}[]`),
    ...linesOf(contentSchema, `${at}:`),
  ]
}

function keywords(node: unknown): string {
  const own = Object.entries(isObject(node) ? node : {}).filter(([keyword]) => !HELD.has(keyword))
  return own.map(([keyword, value]) => ` ${keyword}=${plainJson(value)}`).join('')
}

function plainJson(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === 'x-source' ? undefined : inner))
}

function nextStep(
  { document, settled }: Extracted,
  out: string | undefined,
  written: string | undefined,
): readonly string[] {
  if (written !== undefined) return [`  written to ${written}`]
  if (out === undefined || isSettled(settled)) return []
  return [
    `  Not written: settle these in ${document.dialect}/errata.json first, each with a decision and evidence.`,
  ]
}

/** The differences of one operation, or one line that there are none. */
export function differences(operation: string, found: readonly Difference[]): string {
  if (found.length === 0) return `${operation} follows from its page.\n`
  return found.map(({ id, change }) => `${id} ${change}.\n`).join('')
}
