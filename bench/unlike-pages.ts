/** Made-up pages of both families in the many ways that such pages are written, each with what it says. */

import { newerPage, textPage } from './unlike-newer-pages.ts'
import { htmlPage, pipePage } from './unlike-older-pages.ts'
import { camel, meantRow, numbersOf, type MeantRow, type Pick } from './unlike-rows.ts'

export type Family = 'html' | 'newer' | 'pipe' | 'text'

export interface MadePage {
  readonly text: string
  readonly family: Family
  readonly rows: readonly MeantRow[]
}

const things = ['Gateway', 'Route', 'Certificate', 'Whitelist', 'Snapshot', 'Volume', 'Key Pair']

const families: readonly Family[] = ['html', 'newer', 'pipe', 'text']

/** The same page for the same number; its family goes by the number, too. */
export function madePage(number: number, rowCount?: number): MadePage {
  const next = numbersOf(number)
  const pick: Pick = (of) => of[Math.floor(next() * of.length)] as never
  const family = families[number % families.length] as Family
  const count = rowCount ?? 2 + Math.floor(next() * 7)
  const drawn = Array.from({ length: count }, (_, index) => meantRow(index, next, pick))
  // Of a call, all parameters are texts.
  const isCall = family === 'pipe' || family === 'text'
  const rows = drawn.filter(({ type }) => !isCall || (type !== 'array' && type !== 'object'))
  const thing = pick(things)
  const pages = { html: htmlPage, newer: newerPage, pipe: pipePage, text: textPage }
  return { family, rows, text: pages[family](thing, rows, { next, pick }) }
}

/** What the page calls a row. */
export function pageName(family: MadePage['family'], row: MeantRow): string {
  return family === 'html' || family === 'newer' ? row.name : camel(row.name)
}
