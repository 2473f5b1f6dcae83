/** `poolproof export --openapi`: what was extracted, as one OpenAPI 3.1 document. */
import type { Schema } from '../schema/amend.ts'
import type { Document } from '../schema/document.ts'
import { isObject } from '../page/json-text.ts'
import { rpcPath } from './rpc-path.ts'

/** An OpenAPI document, as far as this writes one. */
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly jsonSchemaDialect: string
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
}

const DIALECTS: Readonly<Record<string, string>> = {
  elb: 'Elastic Load Balance, LBaaS v2: one path for each operation',
  slb: 'Server Load Balancer, RPC API: one path, the parameter Action names the operation',
}

/** Headers that OpenAPI forbids to list: media types and credentials are described elsewhere. */
const RESERVED = /^(?:accept|content-type|authorization)$/i

/**
 * Operations of one path or several; each keeps the page that it comes from in `x-source`, as every keyword
 * of its schemas does.
 *
 * @param version - Of this package.
 */
export function openApi(documents: readonly Document[], version: string): OpenApi {
  const dialects = [...new Set(documents.map(({ dialect }) => dialect))]
  const rpc = documents.filter(({ path }) => path === '/')
  const paths: Record<string, Record<string, object>> = {}
  for (const document of documents.filter((one) => !rpc.includes(one) && one.path !== null)) {
    const path = (paths[document.path!] ??= {})
    path[(document.method ?? 'POST').toLowerCase()] = operationOf(document)
  }
  if (rpc.length > 0) paths['/'] = rpcPath(rpc)
  return {
    openapi: '3.1.0',
    info: {
      title: `Operations extracted from the vendors' pages: ${dialects.join(', ')}`,
      version,
      description:
        'Written by poolproof. x-source names the place in a page that every keyword comes from.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    tags: dialects.map((name) => ({ name, description: DIALECTS[name] ?? name })),
    paths,
  }
}

/** What an operation comes from: its page, the edition, and the notes and errata that bear on it. */
export function sourceOf({ page, errata, notes = [] }: Document): object {
  return { page: page.title, sha256: page.sha256, errata, notes }
}

/** A schema as OpenAPI holds it: the dialect is named once for the whole document. */
export function withoutDialect(schema: Schema): Schema {
  const { $schema: _, ...kept } = schema
  return kept
}

function operationOf(document: Document): object {
  const { dialect, operation, page, request } = document
  const body = request === null ? {} : { requestBody: bodyOf(request) }
  return {
    operationId: `${dialect}-${operation}`,
    summary: page.title,
    tags: [dialect],
    parameters: parametersOf(document),
    ...body,
    responses: responsesOf(document),
    'x-source': sourceOf(document),
  }
}

function bodyOf(request: Schema): object {
  const demanded = Array.isArray(request['required']) && request['required'].length > 0
  return {
    required: demanded,
    content: { 'application/json': { schema: withoutDialect(request) } },
  }
}

function parametersOf({ path, parameters, query, headers }: Document): readonly object[] {
  const described = parametersIn('path', parameters)
  const names = new Set(described.map(({ name }) => name))
  const parts = Array.from((path ?? '').matchAll(/\{([^{}]{1,100})\}/g), ([, part = '']) => part)
  const others = parts
    .filter((part) => !names.has(part))
    .map((name) => ({ name, in: 'path', required: true, schema: {} }))
  return [
    ...described.filter(({ name }) => parts.includes(name)),
    ...others,
    ...parametersIn('query', query),
    ...parametersIn('header', headers ?? null).filter(({ name }) => !RESERVED.test(name)),
  ]
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: unknown
}

function parametersIn(place: Parameter['in'], schema: Schema | null): readonly Parameter[] {
  const { properties, required } = schema ?? {}
  const demanded = Array.isArray(required) ? required : []
  return Object.entries(isObject(properties) ? properties : {}).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || demanded.includes(name),
    schema: one,
  }))
}

/** As the page numbers them; where it states no status of success, any of them. */
function responsesOf({ statuses, response, page }: Document): object {
  const success = statuses.filter((status) => status < 300)
  const refusals = statuses.filter((status) => status >= 300)
  const content =
    response === null
      ? {}
      : { content: { 'application/json': { schema: withoutDialect(response) } } }
  const keys = success.length > 0 ? success.map(String) : ['2XX']
  const answered = keys.map((key) => [key, { description: `Success: ${page.title}`, ...content }])
  const refused = refusals.map((status) => [
    String(status),
    { description: 'As the page lists it' },
  ])
  return { ...Object.fromEntries([...answered, ...refused]), default: { description: 'A refusal' } }
}
