/** Files that people write: JSON with comments, or YAML. What is wrong with one is said with its line and column. */

import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { parseDocument } from 'yaml'
import { UsageError } from '../model.ts'

/**
 * The value that a text stands for.
 *
 * A byte order mark is ignored. A name that ends with `.yaml` or `.yml` is read as YAML; `-`, standard input, as JSON
 * when it begins with a brace; everything else as JSON, in which comments and a last comma are allowed.
 *
 * @param name - Of the file, for messages.
 * @throws {UsageError} Names the line and the column; or that it is nested too deeply, or repeats itself too often.
 */
export function valueOf(text: string, name: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  const isYaml = /\.ya?ml$/i.test(name) || (name === '-' && !/^\s*(?:\{|\/)/.test(plain))
  try {
    return isYaml ? fromYaml(plain, name) : fromJson(plain, name)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(`${calledFile(name)} cannot be read: it is nested too deeply.`)
  }
}

function fromJson(text: string, name: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (!first) return value
  const yaml = /^[\w"']+:\s/m.test(text) && !/^\s*\{/.test(text)
  const hint = yaml ? ' It looks like YAML: then its name has to end with .yaml.' : ''
  throw new UsageError(
    `${calledFile(name)} is not JSON: ${meaning(first)} at ${placeOf(text, first.offset)}.${hint}`,
  )
}

/** `the value expected`, from `ValueExpected`. */
function meaning({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase()
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  const line = text.split('\n')[before.length - 1] ?? ''
  const column = (before.at(-1) ?? '').length + 1
  return `line ${before.length}, column ${column}: ${line.trim().slice(0, mostOfALine) || 'the end'}`
}

const mostOfALine = 80

function fromYaml(text: string, name: string): unknown {
  const document = parseDocument(text, { prettyErrors: true })
  const [first] = document.errors
  if (!first) return resolved(document, name)
  // The library's message ends with the line and a mark below it.
  const [what = ''] = first.message.split('\n')
  throw new UsageError(`${calledFile(name)} is not YAML: ${what.replace(/:$/, '')}.`)
}

/** Aliases can stand for what is not there, or for more than any file needs. */
function resolved(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS() as unknown
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new UsageError(`${calledFile(name)} cannot be read: ${error.message}.`)
  }
}

function calledFile(name: string): string {
  return name === '-' ? 'Standard input' : name
}
