/**
 * Files that people write: JSON with comments, or YAML. What is wrong with one is said with its line and column, and
 * without its words: they may be a secret.
 */

import { createScanner, parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { CST, Lexer, parseDocument, YAMLError, type Document } from 'yaml'
import { UsageError } from '../model.ts'

/**
 * The value that a text stands for.
 *
 * A byte order mark is ignored. A name that ends with `.yaml` or `.yml` is read as YAML; `-`, standard input, as JSON
 * when it begins with a brace; everything else as JSON, in which comments and a last comma are allowed.
 *
 * @param name - Of the file, for messages.
 * @throws {UsageError} Names the line and the column; also when values are nested too deeply, or repeated too often.
 */
export function valueOf(text: string, name: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  const isYaml = /\.ya?ml$/i.test(name) || (name === '-' && !/^\s*(?:\{|\/)/.test(plain))
  const value = isYaml ? fromYaml(plain, name) : fromJson(plain, name)
  if (isDeeper(value, mostLevels)) throw tooDeep(name)
  return value
}

/** More than any file of ours needs. */
const mostLevels = 64

/**
 * Whether a text opens too many lists and objects before it closes them.
 *
 * Looked at before a text is parsed: parsers call themselves for each level. Where that fills the stack, Node.js may
 * end the program at once, such as when an expression is compiled with little room left.
 *
 * @param steps - 1 where a level begins, -1 where one ends.
 */
function opensTooMany(steps: Iterable<number>): boolean {
  let open = 0
  for (const step of steps) {
    open += step
    if (open > mostLevels) return true
  }
  return false
}

function* levelsOfJson(text: string): Generator<number> {
  const scanner = createScanner(text, true)
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text.charAt(scanner.getTokenOffset())
    if (first === '{' || first === '[') yield 1
    if (first === '}' || first === ']') yield -1
  }
}

/** Of lists and objects in brackets; those by indentation are as deep as a line is far in. */
function* levelsOfYaml(text: string): Generator<number> {
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(token)
    if (type === 'flow-seq-start' || type === 'flow-map-start') yield 1
    if (type === 'flow-seq-end' || type === 'flow-map-end') yield -1
    isScalar = token === CST.SCALAR
  }
}

function tooDeep(name: string): UsageError {
  return new UsageError(
    `${calledFile(name)} has values within values, more than ${mostLevels} levels deep.`,
  )
}

/** Also true of a value that contains itself. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function fromJson(text: string, name: string): unknown {
  if (opensTooMany(levelsOfJson(text))) throw tooDeep(name)
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
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  return text.slice(offset).trim() === '' ? `${place}, the end` : place
}

/**
 * More columns before the words of a line than a level of two each can take. The library takes far more than linear
 * time for such lines, and none of ours has them.
 */
const tooFarIn = new RegExp(`^[-?: \\t]{${2 * mostLevels + 1}}`, 'm')

function fromYaml(text: string, name: string): unknown {
  if (tooFarIn.test(text) || opensTooMany(levelsOfYaml(text))) throw tooDeep(name)
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'error' })
  const [first] = document.errors
  if (first) throw notYaml(first, name)
  return repeatedIn(document, name)
}

/** What the library's codes mean, where their words do not say it. */
const meanings: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'an alias (*name) stands for nothing',
  BAD_INDENT: 'the indentation is not that of the lines before',
  BAD_SCALAR_START: 'a value begins with a sign that it may not begin with, and is not in quotes',
  DUPLICATE_KEY: 'a key is there twice',
  MISSING_CHAR: 'a character is missing, such as a colon, a quote or a bracket',
  MULTILINE_IMPLICIT_KEY: 'a key goes on in the next line, or its colon is missing',
  MULTIPLE_DOCS: 'it holds more than one document',
  TAB_AS_INDENT: 'a tab is used as indentation',
  TAG_RESOLVE_FAILED: 'a tag (!name) is not known, or does not fit its value',
  UNEXPECTED_TOKEN: 'something is there that cannot be in this place',
}

/** What the library says may hold words of the file; its code does not. */
function notYaml({ code, linePos }: YAMLError, name: string): UsageError {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep(name)
  const { line, col } = linePos?.[0] ?? { line: 1, col: 1 }
  const meaning = meanings[code] ?? code.toLowerCase().replaceAll('_', ' ')
  return new UsageError(
    `${calledFile(name)} is not YAML: ${meaning} at line ${line}, column ${col}.`,
  )
}

/** @throws {UsageError} When aliases would make it many times as large. */
function repeatedIn(document: Document, name: string): unknown {
  try {
    return document.toJS() as unknown
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof YAMLError)) throw error
    throw new UsageError(
      `${calledFile(name)} repeats too much with aliases (*name), or one stands for nothing.`,
    )
  }
}

function calledFile(name: string): string {
  return name === '-' ? 'Standard input' : name
}
