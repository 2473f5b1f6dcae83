import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Package {
  readonly version: string
  readonly license?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly resolved?: string
  readonly integrity?: string
}

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> }
const locked = Object.entries(packages).filter(([path]) => path !== '')
const runtime = locked.filter(([, { dev }]) => dev !== true)

test('no package that is installed runs a script then', () => {
  const scripts = locked.filter(([, one]) => one.hasInstallScript === true).map(([path]) => path)
  expect(scripts).toEqual([])
})

test('every package comes from the registry, with the sum of what it contains', () => {
  const registry = 'https://registry.npmjs.org/'
  const others = locked.filter(([, { resolved = registry, integrity }]) => {
    return !resolved.startsWith(registry) || !integrity?.startsWith('sha512-')
  })
  expect(others.map(([path]) => path)).toEqual([])
})

/** As the formatter of this project writes it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const sorted = [...new Set(rows.map((row) => row.join('\n')))].toSorted()
  const cells = [head, ...sorted.map((row) => row.split('\n'))]
  const widths = head.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`
  const [first = '', ...more] = cells.map(line)
  return `${first}${line(widths.map((width) => '-'.repeat(width)))}${more.join('')}`
}

/** None of them asks anything of a program that only uses the package. */
const allowed = 'MIT ISC Apache-2.0 BSD-2-Clause BSD-3-Clause MPL-2.0 PSF-2.0 0BSD'.split(' ')

test('docs/licences.md lists what is installed with the program, and its licences', async () => {
  const rows = runtime.map(([path, { version, license = 'none' }]) => {
    expect(allowed).toContain(license)
    return [path.replace(/^.*node_modules\//, ''), version, license]
  })
  const text =
    '# Licences of the runtime packages\n\n' +
    'From `package-lock.json`; `npx vitest run --project unit src/documents/dependencies.test.ts --update` writes this file.\n' +
    `Packages for other platforms than yours are not installed.\n\n${table(['package', 'version', 'licence'], rows)}`
  await expect(text).toMatchFileSnapshot('../../docs/licences.md')
})

test('docs/decisions/package.md says of each direct runtime package what it is for', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object }
  const said = read('docs/decisions/package.md').matchAll(/^\| `([^`]+)` /gm)
  expect(Array.from(said, ([, name]) => name)).toEqual(Object.keys(dependencies))
})
