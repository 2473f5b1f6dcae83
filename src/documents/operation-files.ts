/** The files that belong to one operation each, found by the list of operations. */

import { extname } from 'node:path'
import { operations, type Dialect } from '../model.ts'

/**
 * What the file of each operation exports by default, in the order of the list.
 *
 * Every operation must have such a file: a misspelt name is an error, not an operation without checks.
 *
 * @param from - The module that asks, `import.meta.url`: a source, or what was built from it.
 * @param file - The path from there, without extension: `./{dialect}/{operation}.suite`.
 * @param dialect - Only the operations of this one.
 * @throws {Error} When a file is missing or has no default export.
 */
export async function ofEachOperation<Value>(
  from: string,
  file: string,
  dialect?: Dialect,
): Promise<readonly Value[]> {
  const values: Value[] = []
  for (const one of operations) {
    if (dialect !== undefined && one.dialect !== dialect) continue
    const path = file.replaceAll('{dialect}', one.dialect).replaceAll('{operation}', one.operation)
    const { href } = new URL(path + extname(from), from)
    // One after the other: of several imports that fail at once, Node.js 20 does not say why.
    const { default: value } = (await import(href)) as { readonly default?: Value }
    if (value === undefined) throw new Error(`${href} has no default export.`)
    values.push(value)
  }
  return values
}
