/** The schemas of the operations that set-up uses still follow from their pages. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { extractFile } from './extract-file.ts'
import { isSettled } from './findings/errata.ts'
import { compare, derivedFrom } from './schema/derived.ts'
import { ownSchemas, readDecisions, readDocuments } from './schema/store.ts'

const SET_UP = join(ownSchemas(), 'set-up')
const SIBLINGS = join(import.meta.dirname, '../../../shared/pages/siblings')
const noPages = !existsSync(SIBLINGS)
const documents = readDocuments(SET_UP)

/** Of pages that no folder at hand has: their editions are public. */
const ELSEWHERE = ['update-member', 'set-backend-servers']

test('fourteen operations, each with the edition of its page', () => {
  expect(documents.length).toBe(14)
  expect(documents.filter(({ page }) => !/^[0-9a-f]{64}$/.test(page.sha256))).toEqual([])
})

test.each(['elb', 'slb'])('errata of %s are about these operations, with a decision', (dialect) => {
  const names = documents.map(({ operation }) => `${dialect}/${operation}/`)
  for (const { id, decision, readings, evidence } of readDecisions(SET_UP, dialect).errata) {
    expect(names.filter((name) => id.startsWith(name))).toHaveLength(1)
    expect(Object.keys(readings)).toContain(decision)
    expect(evidence).not.toBe('')
  }
})

describe.skipIf(noPages)('on the siblings in ../shared/pages (skipped where not at hand)', () => {
  const pages = noPages
    ? []
    : readdirSync(SIBLINGS).map((name) => extractFile(join(SIBLINGS, name), SET_UP))
  const pageOf = ({
    page: { sha256 },
  }: (typeof documents)[number]): (typeof pages)[number] | undefined =>
    pages.find((one) => !('refused' in one) && one.document.page.sha256 === sha256)

  test('all but two have a page there', () => {
    const missing = documents.filter((document) => !pageOf(document))
    expect(missing.filter(({ operation }) => !ELSEWHERE.includes(operation))).toEqual([])
  })

  test.each(documents.filter(pageOf))('$dialect/$operation', (document) => {
    const page = pageOf(document)
    if (!page || 'refused' in page) throw new Error('No page has this sha-256.')
    expect(isSettled(page.settled)).toBe(true)
    expect(compare(derivedFrom(document), derivedFrom(page.document))).toEqual([])
  })
})
