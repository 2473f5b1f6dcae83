/** Contradictions that people found in the pages, by number in the facts sheets: a rule finds each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { extractFile } from './extract-file.ts'
import { ownSchemas, readDecisions } from './schema/store.ts'

const PAGES = join(import.meta.dirname, '../../../shared/pages')
const noPages = !existsSync(PAGES)
const known = JSON.parse(
  readFileSync(join(import.meta.dirname, 'known-contradictions.json'), 'utf8'),
) as Readonly<Record<string, readonly string[]>>

const settled = new Set(
  ['elb', 'slb']
    .flatMap((dialect) => readDecisions(ownSchemas(), dialect).errata)
    .map(({ id }) => id),
)

test.each(Object.entries(known))('%s is settled', (_, ids) => {
  expect(ids.filter((id) => !settled.has(id))).toEqual([])
})

describe.skipIf(noPages)(
  'on the pages in ../shared/pages (skipped where they are not at hand)',
  () => {
    const files = noPages ? [] : readdirSync(PAGES).filter((name) => name.endsWith('.txt'))
    const found = new Set(
      files.flatMap((name) => {
        const result = extractFile(join(PAGES, name), ownSchemas())
        return 'refused' in result ? [] : result.findings.map(({ id }) => id)
      }),
    )

    test.each(Object.entries(known))('%s is found by rule', (_, ids) => {
      expect(ids.filter((id) => !found.has(id))).toEqual([])
    })
  },
)
