import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import { htmlPage } from '../report/html.ts'
import { sampleReport } from '../report/sample-report.ts'
import { passageIn, passagesFrom } from './passages.ts'

const cell = (text: string) => ({ lines: [{ depth: 0, text, bold: [], note: false }], links: [] })
const place = { section: 'Request', from: 1, to: 2 }
const table = (label: string, text: string) => ({
  ...place,
  kind: 'table' as const,
  table: { label, header: ['Name', 'Description'], rows: [[cell('type'), cell(text)]], topics: [] },
})
const page = {
  shape: 'html-tables' as const,
  title: 'Made-up Page',
  sha256: '',
  lines: [],
  blocks: [
    {
      ...place,
      section: 'Constraints',
      kind: 'text' as const,
      lines: cell('Only made up.').lines,
      links: [],
    },
    table('Table 3', 'Another type.'),
    table('Table 4', 'The made-up type.'),
  ],
}

it.each([
  ['Made-up Page › Constraints', 'Only made up.'],
  ['Made-up Page › Constraints, first of three', 'Only made up.'],
  ['Made-up Page › Request › Table 4 › type', 'type | The made-up type.'],
  ['Made-up Page › Request › Table 4 › type; Elsewhere › Table 1', 'type | The made-up type.'],
  ['Made-up Page › Nowhere', undefined],
  ['Another Page › Constraints', undefined],
])('finds the passage of %s', (source, passage) => {
  expect(passageIn([page], source)).toBe(passage)
})

it('is on the page of the report, as text', () => {
  const report = sampleReport(2)
  const source = report.findings[1]!.source
  const shown = htmlPage({ ...report, passages: { [source]: 'A <b>passage</b>.' } })
  expect(shown).toContain('<blockquote>A &lt;b&gt;passage&lt;/b&gt;.</blockquote>')
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-copies-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('says so when there are no pages', async () => {
  writeFileSync(join(folder, 'notes'), 'nothing')
  await expect(passagesFrom(folder, [])).rejects.toThrow(UsageError)
  await expect(passagesFrom(join(folder, 'missing'), [])).rejects.toThrow('(ENOENT)')
})
