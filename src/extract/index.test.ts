/** The command: what it prints, writes and answers. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readApiPage } from './findings/api-page.ts'
import { draft } from './schema/document.ts'
import { extractCommand, openPage, type ExtractOptions } from './index.ts'
import { ownSchemas } from './schema/store.ts'

const PAGES = join(import.meta.dirname, '../../../shared/pages')
const SAMPLES = join(import.meta.dirname, 'samples')
const KETTLE = join(SAMPLES, 'html-tables.txt')

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

async function run(
  pages: readonly string[],
  options: ExtractOptions = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const io = {
    stdout: (text: string): void => void (said.stdout += text),
    stderr: (text: string): void => void (said.stderr += text),
  }
  return { code: await extractCommand(pages, options, io), ...said }
}

/** Errata that settle everything the kettle page leaves open. */
function settleKettle(): void {
  const { api, findings } = readApiPage(openPage(readFileSync(KETTLE)))
  const errata = draft(api, findings, { errata: [], notes: [] }).findings.map(
    ({ id, place, says }) => ({
      id,
      found: 'by-rule',
      place,
      says,
      readings: {},
      decision: 'open',
      evidence: 'A test.',
    }),
  )
  mkdirSync(join(folder, 'elb'), { recursive: true })
  writeFileSync(join(folder, 'elb', 'errata.json'), JSON.stringify({ dialect: 'elb', errata }))
}

/** The kettle page in a folder of pages, with one word exchanged. */
function pageWith(from: string, to: string): string {
  const pages = join(folder, 'pages')
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, 'kettle.txt'), readFileSync(KETTLE, 'utf8').replace(from, to))
  return pages
}

test('nothing is written while a finding is unsettled', async () => {
  const { code, stdout } = await run([KETTLE], { out: folder })
  expect(code).toBe(1)
  expect(stdout).toContain('elb/update-kettle  PUT /v9/kettles/{kettle_id}  (Updating a Kettle)')
  expect(stdout).toContain('elb/update-kettle/request.kettle.lid/type-not-known')
  expect(stdout).toContain('Not written: settle these in elb/errata.json first')
  expect(existsSync(join(folder, 'elb'))).toBe(false)
})

test('a settled page is written, the same each time', async () => {
  settleKettle()
  expect((await run([KETTLE], { out: folder })).code).toBe(0)
  const first = readFileSync(join(folder, 'elb', 'update-kettle.json'), 'utf8')
  await run([KETTLE], { out: folder })
  expect(readFileSync(join(folder, 'elb', 'update-kettle.json'), 'utf8')).toBe(first)
})

test('an erratum for a finding that is gone is stale', async () => {
  settleKettle()
  const page = join(pageWith('the the lid', 'the lid'), 'kettle.txt')
  const { code, stdout } = await run([page], { out: folder })
  expect(code).toBe(1)
  expect(stdout).toContain('Stale erratum')
  expect(stdout).toContain('request.kettle.lid/doubled-word')
})

test('--json prints one array', async () => {
  const { code, stdout } = await run([KETTLE, join(SAMPLES, 'absent.txt')], { json: true })
  expect(code).toBe(2)
  const [kettle, absent] = JSON.parse(stdout) as Record<string, unknown>[]
  expect(kettle).toMatchObject({ operation: 'update-kettle', method: 'PUT', rows: 11 })
  expect(absent).toMatchObject({ refused: 'The file does not exist, or cannot be read.' })
})

test('pages that are none are refused, and the others read', async () => {
  const { code, stdout, stderr } = await run([SAMPLES, KETTLE])
  expect(code).toBe(2)
  expect(stderr).toBe(`${SAMPLES}: This is a folder; name the pages in it.\n`)
  expect(stdout).toContain('update-kettle')
})

test('no page named', async () => {
  const { code, stderr } = await run([])
  expect(code).toBe(2)
  expect(stderr).toMatch(/^No page named\. Usage: /)
})

test('--check passes on the pages the schemas came from', async () => {
  settleKettle()
  await run([KETTLE], { out: folder })
  const { code, stdout } = await run([], { check: pageWith('', ''), out: folder })
  expect(stdout).toBe('elb/update-kettle follows from its page.\n')
  expect(code).toBe(0)
})

test('--check names what appears, disappears and changes', async () => {
  settleKettle()
  await run([KETTLE], { out: folder })
  const { code, stdout } = await run([], { check: pageWith('1 to 40', '1 to 50'), out: folder })
  expect(code).toBe(1)
  expect(stdout).toContain('elb/update-kettle/request.kettle.label.max-length changes.\n')
  expect(stdout).toContain('elb/update-kettle/page changes.\n')
  const renamed = await run([], {
    check: pageWith('<td>label</td>', '<td>title</td>'),
    out: folder,
  })
  expect(renamed.stdout).toContain('elb/update-kettle/request.kettle.title.type appears.\n')
  expect(renamed.stdout).toContain('elb/update-kettle/request.kettle.label.type disappears.\n')
})

test('--check misses a page, and says so of a folder that is none', async () => {
  settleKettle()
  await run([KETTLE], { out: folder })
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  const { code, stdout } = await run([], { check: empty, out: folder })
  expect([code, stdout]).toEqual([1, 'No page describes elb/update-kettle.\n'])
  const none = await run([], { check: join(folder, 'nowhere') })
  expect([none.code, none.stderr]).toEqual([
    2,
    `${join(folder, 'nowhere')} is not a directory of pages.\n`,
  ])
})

test('the committed schemas carry none of a page along', async () => {
  cpSync(SAMPLES, join(folder, 'pages'), { recursive: true })
  settleKettle()
  await run([KETTLE], { out: folder })
  const written = readFileSync(join(folder, 'elb', 'update-kettle.json'), 'utf8')
  for (const sentence of [
    'Changes how a kettle boils',
    'Names the kettle',
    'in a hurry',
    'Steam will rise',
  ]) {
    expect(written).not.toContain(sentence)
  }
})

test.skipIf(!existsSync(PAGES))(
  'the pages in ../shared/pages are written to a new folder as they are committed (skipped without them)',
  async () => {
    const pages = readdirSync(PAGES).filter((name) => name.endsWith('.txt'))
    const { code } = await run(
      pages.map((name) => join(PAGES, name)),
      { out: folder },
    )
    expect(code).toBe(0)
    const name = join('elb', 'update-pool.json')
    const committed = readFileSync(join(ownSchemas(), name), 'utf8')
    expect(readFileSync(join(folder, name), 'utf8')).toBe(committed)
    expect((await run([], { check: PAGES })).code).toBe(0)
  },
)

test('--check names a page that is refused, and an operation that two files describe', async () => {
  settleKettle()
  await run([KETTLE], { out: folder })
  const pages = pageWith('', '')
  writeFileSync(join(pages, 'twin.txt'), readFileSync(KETTLE, 'utf8'))
  writeFileSync(join(pages, 'void.txt'), '')
  const { code, stderr } = await run([], { check: pages, out: folder })
  expect(code).toBe(1)
  expect(stderr).toContain('elb/update-kettle is described twice: ')
  expect(stderr).toContain('void.txt: The file is empty.\n')
})

test('each field has a line, and --json carries the draft while findings are unsettled', async () => {
  expect((await run([KETTLE])).stdout).toMatch(/^ {4}request\.kettle\.label .*type="string"/m)
  const [kettle] = JSON.parse((await run([KETTLE], { json: true })).stdout) as object[]
  expect(kettle).toHaveProperty('request.properties.kettle.properties.label.maxLength', 40)
})

test('a folder that cannot be written is said in one sentence', async () => {
  settleKettle()
  mkdirSync(join(folder, 'elb', 'update-kettle.json'), { recursive: true })
  await expect(run([KETTLE], { out: folder })).rejects.toThrow(
    /^The schema cannot be written to .+\. Name another folder with --out\.$/,
  )
})
