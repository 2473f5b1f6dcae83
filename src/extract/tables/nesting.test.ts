/** Tables that describe each other: a circle is reported, a growth without end refused. */
import { expect, test } from 'vitest'
import { readApiPage } from '../findings/api-page.ts'
import { allFields } from './api.ts'
import { openPage } from '../page/open-page.ts'
import { PageRefused } from '../page/page.ts'

const HEAD =
  '# Updating a Shelf\n\n## URI\n\nPUT /v9/shelves\n\nThis is the value of a parameter and for the shelf.\n\n## Request\n\n'

const row = (to: number, order: number): string =>
  `<tr><td>f${order}</td><td>Object</td><td>See <a href="#table${to}">Table ${to}</a>.</td></tr>`

const table = (to: readonly number[], index: number): string =>
  `**Table ${index}** **f${index}** fields\n\n<a name="table${index}"></a>\n<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>${to.map(row).join('')}</table>\n`

/** A page of tables; `links[n]` are the tables that the rows of table n lead to. */
function pageOf(links: readonly (readonly number[])[]): string {
  return HEAD + links.map(table).join('\n')
}

function outcome(links: readonly (readonly number[])[]): { fields: number; circles: number } {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(pageOf(links))))
  const circles = findings.filter(({ id }) => id.includes('/table-describes-itself'))
  return { fields: allFields(api).length, circles: circles.length }
}

test('two tables that lead to themselves and to each other', () => {
  expect(
    outcome([
      [0, 1],
      [0, 1],
    ]),
  ).toEqual({ fields: 4, circles: 3 })
})

test('one table under two fields is no circle', () => {
  expect(outcome([[1, 1], [2], []])).toEqual({ fields: 4, circles: 0 })
})

test.each([3, 4, 5])('a circle of %i tables is walked once', (size) => {
  const circle = Array.from({ length: size }, (_, index) => [(index + 1) % size])
  expect(outcome(circle)).toEqual({ fields: size, circles: 1 })
})

test.each([
  [
    'every table leads to every table',
    Array.from({ length: 9 }, () => [0, 1, 2, 3, 4, 5, 6, 7, 8]),
  ],
  ['layers of four links each', Array.from({ length: 11 }, (_, at) => Array(4).fill(at + 1))],
])('%s: refused in one sentence', (_, links: readonly (readonly number[])[]) => {
  expect(() => outcome(links)).toThrow(PageRefused)
  expect(() => outcome(links)).toThrow(/more than 5000 fields, and no API page has so many\.$/)
})

test('chance graphs of tables are read or refused', () => {
  let seed = 11
  const chance = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let round = 0; round < 60; round += 1) {
    const size = 1 + chance(9)
    const links = Array.from({ length: size }, () =>
      Array.from({ length: chance(5) }, () => chance(size)),
    )
    try {
      expect(outcome(links).fields).toBeLessThanOrEqual(5000)
    } catch (error) {
      if (!(error instanceof PageRefused)) throw error
    }
  }
}, 60_000)
