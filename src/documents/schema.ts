/** Validates values against the schemas in `schemas/`: those of our own documents and the vendors'. */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { closest, distance } from 'fastest-levenshtein'
import { looksSecret, shownAddress, shownValue } from './shown-text.ts'

const compiled = new Map<string, ValidateFunction>()
/**
 * Compiling costs more than validating, in every start of the program. So the code is not made smaller first, and
 * whether our schemas are valid themselves is a test.
 */
const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  verbose: true,
  validateSchema: false,
  code: { optimize: false },
})
addFormats.default(ajv)

/**
 * A file or directory of this package, as a reader of the working directory finds it: `node_modules/poolproof/schemas/…`.
 *
 * @param path - From the root of the package.
 */
export function shownPath(path: string, from: string = process.cwd()): string {
  const root = dirname(dirname(schemaFile('target.schema.json')))
  const whole = join(root, path)
  const below = relative(from, whole)
  return below.startsWith('..') ? whole : below
}

/** The path of a schema: in `schemas/` beside `src/`, also when this file was compiled to `dist/src/`. */
export function schemaFile(name: string): string {
  const candidates = ['../../schemas/', '../../../schemas/'].map((folder) =>
    fileURLToPath(new URL(folder + name, import.meta.url)),
  )
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found) return found
  throw new Error(`The package has no schema ${name}; looked in ${candidates.join(' and ')}.`)
}

/**
 * Why a value is not valid, one sentence each; none when it is.
 *
 * @param name - A file below `schemas/`: `target.schema.json`.
 */
export function problems(name: string, value: unknown): string[] {
  const validate = compiled.get(name) ?? compile(name)
  if (validate(value)) return []
  return [...new Set(relevant(validate.errors ?? []).map((error) => sentence(error)))]
}

function compile(name: string): ValidateFunction {
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile(name), 'utf8')) as object)
  compiled.set(name, validate)
  return validate
}

/** Without errors inside the branches of `oneOf`, `anyOf` and `if`, which the outer error covers. */
function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter(
    ({ keyword, schemaPath }) => keyword !== 'if' && !/\/(?:oneOf|anyOf)\//.test(schemaPath),
  )
}

function sentence(error: ErrorObject): string {
  const place =
    error.instancePath === '' ? 'the document' : error.instancePath.slice(1).replaceAll('/', '.')
  if (error.keyword === 'additionalProperties') return unknownKey(error, place)
  if (error.keyword === 'required') {
    return `${place} has no "${(error.params as { missingProperty: string }).missingProperty}".`
  }
  if (error.keyword === 'enum') {
    const { allowedValues } = error.params as { allowedValues: readonly unknown[] }
    return `${place} must be one of ${allowedValues.map((value) => JSON.stringify(value)).join(', ')}.`
  }
  if (['oneOf', 'anyOf'].includes(error.keyword)) {
    return `${place} has none of the allowed forms${descriptionOf(error)}.`
  }
  if (error.keyword === 'pattern' && expectedOf(error) !== '') {
    const shown = shownOf(error)
    const found = shown === undefined ? 'has a value that does not fit' : `is ${shown}`
    return `${place} ${found}; expected ${expectedOf(error)}.`
  }
  const meant = ['pattern', 'minProperties', 'maxProperties'].includes(error.keyword)
  const meaning = meant ? descriptionOf(error) : ''
  return `${place} ${error.message ?? 'does not fit'}${meaning}.`
}

/** What a pattern means, where the schema says it: the annotation `expected` beside the pattern. */
function expectedOf({ parentSchema }: ErrorObject): string {
  const { expected = '' } = (parentSchema ?? {}) as { expected?: string }
  return expected
}

/** What may be repeated of a value, by the annotation `shown` beside the pattern: nothing, or an address. */
function shownOf({ data, parentSchema }: ErrorObject): string | undefined {
  const { shown } = (parentSchema ?? {}) as { shown?: 'never' | 'address' }
  if (shown === 'never') return undefined
  return shownValue(shown === 'address' ? shownAddress(String(data)) : String(data))
}

function descriptionOf({ parentSchema }: ErrorObject): string {
  const { description } = (parentSchema ?? {}) as { description?: string }
  return description ? `: ${description.replace(/\.$/, '')}` : ''
}

function unknownKey(error: ErrorObject, place: string): string {
  const { additionalProperty: key } = error.params as { additionalProperty: string }
  const known = Object.keys((error.parentSchema as { properties?: object })?.properties ?? {})
  if (looksSecret(key) || key.length > longestKey) {
    const keys = known.length > 0 ? `: it may have ${known.join(', ')}` : ''
    return `${place} has an unknown key, which is not repeated because it may be a secret${keys}.`
  }
  const near = known.length > 0 ? closest(key, known) : ''
  const hint = near && distance(near, key) <= 4 ? ` Did you mean "${near}"?` : ''
  return `${place} has an unknown key "${key}".${hint}`
}

const longestKey = 64
