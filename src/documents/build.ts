/** Which build of the program runs: between two releases many have one version. */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

let known: string | undefined

/**
 * Tells one build from another: the first sixteen hexadecimal digits of a SHA-256 of all compiled files and schemas
 * that are in the package, so that an installed one is the same build as the checkout it was packed from.
 *
 * @returns nothing where the sources themselves run.
 */
export function build(): string | undefined {
  const program = fileURLToPath(new URL('../..', import.meta.url))
  const isCompiled = import.meta.url.endsWith('.js') && existsSync(join(program, 'src', 'cli.js'))
  if (!isCompiled) return undefined
  known ??= digestOf([program, join(program, '..', 'schemas')], notPacked(join(program, '..')))
  return known
}

/** Compiled files that `package.json` keeps out of the package: they are for tests. */
function notPacked(root: string): string[] {
  const { files = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly files?: readonly string[]
  }
  const compiled = '!dist/'
  return files.filter((one) => one.startsWith(compiled)).map((one) => one.slice(compiled.length))
}

/**
 * @param directories - Read whole: their JavaScript and their JSON, by their paths.
 * @param without - Paths that do not count.
 */
export function digestOf(directories: readonly string[], without: readonly string[] = []): string {
  const hash = createHash('sha256')
  for (const directory of directories) {
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    const counted = files.filter((one) => /\.js(?:on)?$/.test(one) && !without.includes(one))
    for (const file of counted.toSorted()) {
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(directory, file)))
    }
  }
  return hash.digest('hex').slice(0, digits)
}

const digits = 16
