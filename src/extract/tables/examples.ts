/** Requests and responses that a page prints, read into values a schema can judge. */
import { XMLParser } from 'fast-xml-parser'
import { kebab, type Call } from './call.ts'
import { isDeep, isObject, parseJsonish } from '../page/json-text.ts'
import type { Block } from '../page/page.ts'
import { sectionKind } from '../page/sections.ts'

export interface Example {
  /** `request-1`, `response-2`: counted as the page goes. */
  readonly name: string
  readonly direction: 'request' | 'response'
  readonly format: 'line' | 'query' | 'json' | 'xml'
  readonly from: number
  readonly to: number
  /** The code block as printed, for rules about its form; it is not carried over. */
  readonly printed: string
  readonly method?: string
  /** Below the endpoint. */
  readonly path?: string
  readonly parameters?: Readonly<Record<string, string>>
  /** The body, or the query of a call that has none. */
  readonly value?: unknown
  /** Why it cannot be judged. */
  readonly trouble?: 'not-json' | 'not-xml' | 'another-call'
}

type Code = Extract<Block, { kind: 'code' }>

const REQUEST_LINE = /^\s*(GET|PUT|POST|DELETE|PATCH|HEAD)\s+(\S+)/
const QUERY_LINE = /^\s*(?:https?(?:\(s\))?:\/\/[^\s?]*|\/)\?\s*[A-Z]\w*=/

const xml = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: false })

/** @param blocks - The whole page: older pages keep examples in their request and response sections. */
export function readExamples(blocks: readonly Block[], call: Call): readonly Example[] {
  const examples: Example[] = []
  const counts = { request: 0, response: 0 }
  let elsewhere = false
  for (const block of blocks) {
    if (block.kind !== 'code' || sectionKind(block.section) === 'uri') continue
    const read = readExample(block, call)
    if (!read) continue
    if (read.direction === 'request') elsewhere = read.trouble === 'another-call'
    counts[read.direction] += 1
    const name = `${read.direction}-${counts[read.direction]}`
    examples.push(elsewhere ? { ...read, name, trouble: 'another-call' } : { ...read, name })
  }
  return examples
}

type Unnamed = Omit<Example, 'name'>

function readExample(block: Code, call: Call): Unnamed | undefined {
  const base = { from: block.from, to: block.to, printed: block.text }
  const text = block.text.trim()
  if (REQUEST_LINE.test(text)) return { ...base, ...readRequest(text, call) }
  if (QUERY_LINE.test(text)) return { ...base, ...readQuery(text, call) }
  if (/^<[A-Za-z?]/.test(text)) return { ...base, ...readXml(text) }
  if (!/^[{[]/.test(text)) return undefined
  const direction = isRequest(block) ? 'request' : 'response'
  return { ...base, direction, format: 'json', ...readBody(text) }
}

function isRequest({ label, section }: Code): boolean {
  if (/\bresponse\b/i.test(label)) return false
  return /\brequest\b/i.test(label) || sectionKind(section) === 'request'
}

function readBody(text: string): Pick<Example, 'value' | 'trouble'> {
  const read = parseJsonish(text)
  return read === undefined ? { trouble: 'not-json' } : { value: read.value }
}

function readRequest(text: string, call: Call): Omit<Unnamed, 'from' | 'to' | 'printed'> {
  const [line, method = '', url = ''] = REQUEST_LINE.exec(text) ?? []
  const path = url.replace(/^https?:\/\/[^/]*/, '')
  const body = text.slice((line ?? '').length).trim()
  const parameters = matchPath(call, method, path.split('?')[0]!)
  const request = { direction: 'request', format: 'line', method, path } as const
  if (!parameters) return { ...request, trouble: 'another-call' }
  return { ...request, parameters, ...(body === '' ? {} : readBody(body)) }
}

/** The path's parameters by name, if the request is one of this call. */
function matchPath(call: Call, method: string, path: string): Record<string, string> | undefined {
  if (call.path === undefined) return {}
  const template = call.path.split('/')
  const parts = path.split('/')
  if (template.length !== parts.length || method !== call.method) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of template.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    const isPlaceholder = /^\{.+\}$/.test(parts[index]!)
    if (name !== undefined && !isPlaceholder) parameters[name] = parts[index]!
    else if (name !== undefined) continue
    else if (part !== parts[index]) return undefined
  }
  return parameters
}

/** `http(s)://[Endpoint]/?Action=…&…`, over several lines; `<CommonParameters>` stands for the rest. */
function readQuery(text: string, call: Call): Omit<Unnamed, 'from' | 'to' | 'printed'> {
  const pairs = text
    .slice(text.indexOf('?') + 1)
    .split(/\n?&/)
    .map((pair) => pair.trim())
  const value: Record<string, string> = {}
  for (const pair of pairs) {
    const [, name, written] = /^([A-Za-z][\w.]*)=([\s\S]*)$/.exec(pair) ?? []
    if (name !== undefined && written !== undefined) value[name] = written
  }
  const query = { direction: 'request', format: 'query', path: '/', value } as const
  const { Action: action } = value
  const isOther = action !== undefined && kebab(action) !== call.operation
  return isOther ? { ...query, trouble: 'another-call' } : query
}

function readXml(text: string): Omit<Unnamed, 'from' | 'to' | 'printed'> {
  const response = { direction: 'response', format: 'xml' } as const
  try {
    const value: unknown = xml.parse(text)
    const sound = isObject(value) && !isDeep(value)
    return sound ? { ...response, value } : { ...response, trouble: 'not-xml' }
  } catch {
    return { ...response, trouble: 'not-xml' }
  }
}
