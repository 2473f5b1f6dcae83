/** The errata in the repository: each settles one thing, by a person, with evidence. */
import { describe, expect, test } from 'vitest'
import { readApiPage } from './api-page.ts'
import { draft } from '../schema/document.ts'
import { settle } from './errata.ts'
import { NOTABLE } from './kinds.ts'
import { openPage } from '../page/open-page.ts'
import { ownSchemas, readDocuments, readDecisions } from '../schema/store.ts'

const errata = ['elb', 'slb'].flatMap((dialect) => readDecisions(ownSchemas(), dialect).errata)
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

const notes = ['elb', 'slb'].flatMap((dialect) =>
  readDecisions(ownSchemas(), dialect).notes.map((note) => ({ dialect, ...note })),
)

test.each(notes)('a note of $dialect settles silences only: $rules', (note) => {
  for (const text of [note.says, note.decision, note.evidence]) expect(text).not.toBe('')
  expect(note.rules.filter((rule) => !NOTABLE.includes(rule))).toEqual([])
})

test('no rule has two notes in one dialect', () => {
  const rules = notes.flatMap(({ dialect, rules: own }) => own.map((rule) => `${dialect} ${rule}`))
  expect(new Set(rules).size).toBe(rules.length)
})

test('a note settles a silence, and no contradiction of the same rule', () => {
  const finding = { rule: 'section-missing', id: 'elb/x/a/b', place: 'p', says: 's', readings: [] }
  const silence = { ...finding, kind: 'silence' as const }
  const contradiction = { ...finding, kind: 'contradiction' as const }
  const note = { rules: ['section-missing'], says: 's', decision: 'd', evidence: 'e' }
  const settled = settle([silence, contradiction], { errata: [], notes: [note] }, 'elb/x')
  expect(settled).toMatchObject({ noted: [silence], unsettled: [contradiction] })
})

test('a finding without an erratum is unsettled, an erratum without a finding stale', () => {
  const [one] = errata
  const [operation] = operations
  const finding = {
    rule: 'rule',
    kind: 'contradiction' as const,
    id: `${operation}/a/rule`,
    place: 'p',
    says: 's',
    readings: [],
  }
  const erratum = { ...one!, id: `${operation}/b/rule`, found: 'by-rule' as const }
  const settled = settle([finding], { errata: [erratum], notes: [] }, operation!)
  expect(settled.unsettled).toEqual([finding])
  expect(settled.stale).toEqual([erratum])
})

test('an erratum that amends a place the page does not have is stale', () => {
  const [operation] = operations
  const erratum = { ...errata[0]!, id: `${operation}/d/by-hand`, found: 'by-hand' as const }
  const settled = settle([], { errata: [erratum], notes: [] }, operation!, new Set([erratum.id]))
  expect(settled.stale).toEqual([erratum])
})

test('what a person found needs no rule', () => {
  const [operation] = operations
  const erratum = { ...errata[0]!, id: `${operation}/c/by-hand`, found: 'by-hand' as const }
  expect(settle([], { errata: [erratum], notes: [] }, operation!)).toMatchObject({
    unsettled: [],
    stale: [],
  })
})

describe('an erratum against what the page states', () => {
  const page = `# Updating a Cup\n\n## URI\n\nPUT /v9/cups\n\n## Request\n\nThe parameter is for the value of a cup.\n\n<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>size</td><td>Integer</td><td>The size. Value range: 1 to 9.</td></tr></table>\n`
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  const overruled = (amend: object): readonly string[] => {
    const one = { at: 'request.size', ...amend }
    const erratum = { ...errata[0]!, id: 'elb/update-cup/a/by-hand', amend: [one] }
    return draft(api, findings, { errata: [erratum], notes: [] }).settled.overruling.map(
      ({ keyword }) => keyword,
    )
  }

  test.each([
    [{ set: { maximum: 5 } }, ['maximum']],
    [{ set: { maximum: 5 }, instead: { maximum: 9 } }, []],
    [{ set: { maximum: 5 }, instead: { maximum: 8 } }, ['maximum']],
    [{ set: { maximum: 9 } }, ['maximum']],
    [{ set: { maximum: 9 }, instead: { maximum: 9 } }, ['maximum']],
    [{ set: { default: 3 } }, []],
    [{ set: { default: 3 }, instead: { default: 2 } }, ['default']],
    [{ drop: ['maximum'] }, ['maximum']],
    [{ drop: ['maximum'], instead: { maximum: 9 } }, []],
    [{ drop: ['pattern'] }, ['pattern']],
    [{ at: 'request', add: { size: { type: 'string' } } }, ['properties']],
    [{ at: 'request', add: { colour: { type: 'string' } }, mandatory: ['colour'] }, []],
  ])('%j', (amend, keywords) => expect(overruled(amend)).toEqual(keywords))
})
