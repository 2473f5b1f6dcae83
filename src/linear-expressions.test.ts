/** No regular expression of ours takes more than linear time: the linter, as `npm run check` starts it, says so. */

import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each way to write an expression in the code. */
const spellings: Readonly<Record<string, (source: string) => string>> = {
  'a literal': (source) => `/${source}/`,
  'new RegExp': (source) => `new RegExp(${JSON.stringify(source)})`,
  'RegExp without new': (source) => `RegExp(${JSON.stringify(source)})`,
  'RegExp of globalThis': (source) => `globalThis.RegExp(${JSON.stringify(source)}, 'i')`,
  'a template': (source) => `new RegExp(\`${source.replaceAll('\\', '\\\\')}\`)`,
  'a raw template': (source) => `RegExp(String.raw\`${source}\`)`,
  'a template of constants': (source) =>
    `new RegExp(\`\${part}|x\`)\nconst part = String.raw\`${source}\``,
  'a constant': (source) => `new RegExp(whole)\nconst whole = ${JSON.stringify(source)}`,
  'a sum': (source) => `RegExp('x|' + ${JSON.stringify(source)})`,
  'the source of another': (source) => `RegExp(/${source}/.source)`,
  'a text to match': (source) => `'x'.match(${JSON.stringify(source)})`,
  'a raw text to search': (source) => `'x'.search(String.raw\`${source}\`)`,
  'a text to match everywhere': (source) => `'x'.matchAll(${JSON.stringify(source)})`,
}

const slow = {
  quadratic: String.raw`\s+$`,
  exponential: '(?:a+)+b',
  again: String.raw`\S+…`,
  divided: '^(a*)(.*?)(a*)$',
}

const linear = {
  looksBack: String.raw`(?<!\s)\s+$`,
  words: '[0-9A-Za-z]+',
  beginning: String.raw`^\s*<`,
}

const withParts = {
  'of-an-argument': 'export const made = (part: string) => new RegExp(`^${part}$`)',
  'of-a-call': 'export function made(parts: string[]) { return RegExp(parts.join("|")) }',
}

/** Complaints of this rule, by the name of the planted file. */
const complaints = new Map<string, string[]>()
let parent: string
let folder: string

function plant(room: string, name: string, code: string): void {
  mkdirSync(join(folder, 'src', room), { recursive: true })
  writeFileSync(join(folder, 'src', room, `${name}.ts`), `${code}\n`)
}

function plantAll(): void {
  for (const [kind, source] of Object.entries({ ...slow, ...linear })) {
    for (const [index, spelling] of Object.values(spellings).entries()) {
      plant('commands', `${kind}-${index}`, `export const planted = () => ${spelling(source)}`)
    }
  }
  for (const [name, code] of Object.entries(withParts)) plant('commands', name, code)
  plant('extract/cell', 'in-extract', `export const planted = /${slow.exponential}/`)
}

interface Found {
  readonly diagnostics: readonly { code: string; message: string; filename: string }[]
}

/** What `npm run check` starts, in a directory with the same configuration and only the planted files. */
async function lint(): Promise<Found> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { check: string }
  }
  const words = scripts.check.split(' && ').map((command) => command.split(' '))
  const [, ...flags] = words.find(([program]) => program === 'oxlint') ?? []
  const linter = join(root, 'node_modules/oxlint/bin/oxlint')
  const started = promisify(execFile)(process.execPath, [linter, ...flags, '--format=json'], {
    cwd: folder,
    maxBuffer: 2 ** 26,
  })
  // Its exit code says that there are complaints.
  const { stdout } = await started.catch((error: { stdout: string }) => error)
  return JSON.parse(stdout) as Found
}

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'poolproof-linear-'))
  // Beside the linted directory, so that it is not linted itself.
  symlinkSync(join(root, 'node_modules'), join(parent, 'node_modules'))
  folder = join(parent, 'planted')
  mkdirSync(folder)
  for (const name of ['.oxlintrc.json', 'tsconfig.json', '.ci']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  plantAll()
  for (const { code, message, filename } of (await lint()).diagnostics) {
    if (code !== 'linear(expressions)') continue
    const name = basename(filename, '.ts')
    complaints.set(name, [...(complaints.get(name) ?? []), message])
  }
})
afterAll(() => rmSync(parent, { recursive: true }))

test.each(Object.keys(spellings).map((name, index) => [name, index] as const))(
  'the linter refuses what takes too long, and accepts what does not, in %s',
  (_name, index) => {
    for (const kind of Object.keys(slow)) {
      const [message = ''] = complaints.get(`${kind}-${index}`) ?? []
      const growth = kind === 'exponential' ? 'exponential' : 'polynomial'
      expect.soft(message, kind).toMatch(`Takes ${growth} time for a text of many "`)
    }
    const accepted = Object.keys(linear).map((kind) => complaints.get(`${kind}-${index}`))
    expect(accepted.flat()).toEqual([undefined, undefined, undefined])
  },
)

test('the linter asks for a reason where a function puts an expression together', () => {
  for (const name of Object.keys(withParts)) {
    expect(complaints.get(name)).toEqual([expect.stringContaining('parts that are not constants')])
  }
})

test('what reads pages is no exception', () => {
  expect(complaints.get('in-extract')).toContainEqual(expect.stringMatching(/^Takes exponential/))
})

/** Loads the built modules that put expressions together, and prints those that take too long, and how many there were. */
const loading = `
  import { readdirSync, readFileSync } from 'node:fs'
  import { join } from 'node:path'
  const [root, fault] = process.argv.slice(-2)
  const { complaintsOf } = await import(join(root, '.ci/linear-expressions.js'))
  const made = new Set()
  const keep = (expression) => (made.add(expression), expression)
  globalThis.RegExp = new Proxy(RegExp, {
    construct: (base, [source, flags]) => keep(new base(source, flags)),
    apply: (base, self, [source, flags]) => keep(base(source, flags)),
  })
  const built = join(root, 'dist/src')
  for (const name of readdirSync(built, { recursive: true })) {
    const file = join(built, name)
    if (name.endsWith('.js') && readFileSync(file, 'utf8').includes('RegExp(')) await import(file)
  }
  RegExp(fault)
  const slow = [...made].filter(({ source, flags }) => complaintsOf(source, flags).length > 0)
  console.log(JSON.stringify({ slow: slow.map(String), made: made.size }))
`

async function loaded(fault: string): Promise<{ slow: string[]; made: number }> {
  const words = ['--input-type=module', '--eval', loading, '--', root, fault]
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: dirname(root) })
  return JSON.parse(stdout) as { slow: string[]; made: number }
}

test('what modules make of the constants of others, when they are loaded, takes linear time', async () => {
  const { slow: found, made } = await loaded('')
  expect(found).toEqual([])
  expect(made).toBeGreaterThan(40)
  expect((await loaded(slow.exponential)).slow).toEqual([`/${slow.exponential}/`])
})
