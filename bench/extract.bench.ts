import { describe, expect, test } from 'vitest'
import { openPage } from '../src/extract/page/open-page.ts'
import { readApiPage } from '../src/extract/findings/api-page.ts'
import { compared, type Compared } from './extract-truth.ts'
import { madePage, type Family } from './unlike-pages.ts'

const PAGES = Number(process.env['PAGES'] ?? 2_000)

const all = Array.from({ length: PAGES }, (_, number) => {
  const made = madePage(number)
  return { family: made.family, ...compared(made) }
})

function sum(of: readonly Compared[], many: (one: Compared) => number): number {
  return of.reduce((total, one) => total + many(one), 0)
}

const any = () => true
const isLimit = (fact: string) => fact === 'limit'

describe(`${PAGES} made-up pages, by family`, () => {
  const families: readonly Family[] = ['html', 'newer', 'pipe', 'text']
  test.each(families)('%s: accepted without errata, and read as they were meant', (family) => {
    const own = all.filter((one) => one.family === family)
    const share = sum(own, ({ accepted }) => Number(accepted)) / own.length
    const facts = sum(own, ({ meant }) => meant)
    const of = (kind: 'missed' | 'wrong' | 'silent', what: (fact: string) => boolean) =>
      sum(own, (one) => one[kind].filter(([fact]) => what(fact)).length)
    console.log(
      `${family}: ${own.length} pages, ${(100 * share).toFixed(1)} % accepted; of ${facts} facts ` +
        `${of('missed', any)} missed, ${of('silent', any)} of them without a finding, ${of('wrong', any)} wrong`,
    )
    expect(share).toBeGreaterThanOrEqual(0.85)
    expect(of('missed', (fact) => !isLimit(fact)) / facts).toBeLessThan(0.005)
    expect(of('wrong', any) / facts).toBeLessThan(0.005)
    expect(of('silent', any)).toBe(0)
  })
})

/** Milliseconds a page, the middle of several. */
function timeOf(rows: number, numbers: readonly number[]): number {
  const times = numbers.map((number) => {
    const bytes = new TextEncoder().encode(madePage(number, rows).text)
    const began = performance.now()
    readApiPage(openPage(bytes))
    return performance.now() - began
  })
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] as number
}

test('how long a page takes, and how that grows with its rows', () => {
  const numbers = Array.from({ length: 24 }, (_, index) => index)
  for (const rows of [8, 80, 800]) {
    const milliseconds = timeOf(rows, numbers)
    console.log(
      `${rows} rows: ${milliseconds.toFixed(1)} ms a page, ${(milliseconds / rows).toFixed(3)} a row`,
    )
  }
  expect(timeOf(8, numbers)).toBeLessThan(50)
})
