/** What package.json promises to those who install the package. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

/** What others import, or start: it needs no user among the sources. */
const entries = [...declarations, ...Object.values(bin)].map((path) => sourceOf(path))

/** The sources of the package and their tests, each with the files that it imports. */
const imports = new Map(
  ['src', 'suites', 'fixtures'].flatMap((room) =>
    readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
      .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !path.startsWith('src/extract/samples/'))
      .map((path) => [path, importedBy(path)] as const),
  ),
)

function importedBy(path: string): string[] {
  const named = read(path).matchAll(/(?:from|import|import\()\s*'(\.[^']+\.ts)'/g)
  return Array.from(named, ([, name = '']) => posix.join(posix.dirname(path), name))
}

/** Sources that only tests import, directly or through each other. */
function onlyForTests(): string[] {
  const users = (path: string) =>
    [...imports].flatMap(([user, all]) => (all.includes(path) ? [user] : []))
  const found = new Set([...imports.keys()].filter((path) => path.endsWith('.test.ts')))
  for (let before = 0; before < found.size;) {
    before = found.size
    for (const path of imports.keys()) {
      const by = users(path)
      const isEntry = entries.includes(path)
      if (!isEntry && by.length > 0 && by.every((user) => found.has(user))) found.add(path)
    }
  }
  return [...found].filter((path) => !path.endsWith('.test.ts'))
}

test('what only our tests need is not in the package', () => {
  const left = files.filter((path) => /^!.*\.js$/.test(path)).map((path) => sourceOf(path.slice(1)))
  expect(left.toSorted()).toEqual(onlyForTests().toSorted())
})

const pinned = /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/

test('each action of a pipeline is one commit, with its tag behind it', () => {
  const workflows = readdirSync(new URL('.github/workflows', root))
  const files = ['action.yml', ...workflows.map((name) => `.github/workflows/${name}`)]
  const used = files.flatMap((path) => read(path).match(/\buses:.*/g) ?? [])
  expect(used.length).toBeGreaterThan(10)
  expect(used.filter((line) => !pinned.test(line))).toEqual([])
})
