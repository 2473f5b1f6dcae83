/** The errata in the repository: each settles one thing, by a person, with evidence. */
import { expect, test } from 'vitest'
import { settle } from './errata.ts'
import { ownSchemas, readDocuments, readErrata } from './store.ts'

const errata = ['elb', 'slb'].flatMap((dialect) => readErrata(ownSchemas(), dialect))
const operations = readDocuments(ownSchemas()).map(
  ({ dialect, operation }) => `${dialect}/${operation}`,
)

test('no id twice, every id below an operation', () => {
  expect(new Set(errata.map(({ id }) => id)).size).toBe(errata.length)
  const strangers = errata.filter(({ id }) => !operations.some((name) => id.startsWith(`${name}/`)))
  expect(strangers).toEqual([])
})

test.each(errata)('$id', ({ says, readings, decision, evidence, place }) => {
  for (const text of [says, evidence, place]) expect(text).not.toBe('')
  expect([...Object.keys(readings), 'open']).toContain(decision)
})

test('a finding without an erratum is unsettled, an erratum without a finding stale', () => {
  const [one] = errata
  const [operation] = operations
  const finding = { id: `${operation}/a/rule`, place: 'p', says: 's', readings: [] }
  const erratum = { ...one!, id: `${operation}/b/rule`, found: 'by-rule' as const }
  const settled = settle([finding], [erratum], operation!)
  expect(settled.unsettled).toEqual([finding])
  expect(settled.stale).toEqual([erratum])
})

test('an erratum that amends a place the page does not have is stale', () => {
  const [operation] = operations
  const erratum = { ...errata[0]!, id: `${operation}/d/by-hand`, found: 'by-hand' as const }
  const settled = settle([], [erratum], operation!, new Set([erratum.id]))
  expect(settled.stale).toEqual([erratum])
})

test('what a person found needs no rule', () => {
  const [operation] = operations
  const erratum = { ...errata[0]!, id: `${operation}/c/by-hand`, found: 'by-hand' as const }
  expect(settle([], [erratum], operation!)).toMatchObject({ unsettled: [], stale: [] })
})
