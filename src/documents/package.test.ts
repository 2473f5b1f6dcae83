/** What package.json promises to those who install the package. */

import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const { types, exports, files, bin } = JSON.parse(read('package.json')) as {
  readonly types: string
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
  readonly files: readonly string[]
  readonly bin: Readonly<Record<string, string>>
}

/** `src/target.ts` of `dist/src/target.d.ts` or `dist/src/target.js`. */
const sourceOf = (built: string) =>
  posix.normalize(built).replace(/^dist\/(.*?)(?:\.d\.ts|\.js)$/, '$1.ts')

/** The source of every declaration that somebody can import, and of those that it imports. */
function declared(source: string, seen = new Set<string>()): Set<string> {
  if (seen.has(source)) return seen
  seen.add(source)
  for (const [, path = ''] of read(source).matchAll(/^import [^'"]*'(\.[^']+)'/gm)) {
    declared(posix.join(posix.dirname(source), path), seen)
  }
  return seen
}

const declarations = [
  types,
  ...Object.values(exports).flatMap((one) => (typeof one === 'string' ? [] : [one.types])),
]

test('every declaration and program that it names has a source', () => {
  const sources = [...declarations, ...Object.values(bin)].map((path) => sourceOf(path))
  expect(sources.filter((source) => !existsSync(new URL(source, root)))).toEqual([])
})

test('every declaration that can be imported is in the package, with what it imports', () => {
  const needed = new Set(declarations.flatMap((path) => [...declared(sourceOf(path))]))
  const included = files.filter((path) => path.endsWith('.d.ts') && !path.startsWith('!'))
  expect(included.map((path) => sourceOf(path)).toSorted()).toEqual([...needed].toSorted())
})
