import { join } from 'node:path'
import { expect, test } from 'vitest'
import { extractFile } from './extract-file.ts'
import { summary } from './print.ts'
import { ownSchemas } from './schema/store.ts'

test('one row is a row, and several are rows', () => {
  const page = join(import.meta.dirname, 'samples', 'html-tables.txt')
  const result = extractFile(page, ownSchemas())
  if ('refused' in result) throw new Error(result.refused)
  const unwritten = { out: undefined, written: undefined }
  expect(summary(result, unwritten)).toContain('\n  11 rows, 2 examples (0 valid), ')
  const { document } = result
  const single = {
    ...result,
    rows: 1,
    document: {
      ...document,
      examples: document.examples.slice(0, 1),
      prose: document.prose.slice(0, 1),
    },
  }
  expect(summary(single, unwritten)).toContain(
    '\n  1 row, 1 example (0 valid), 1 sentence of prose\n',
  )
})
