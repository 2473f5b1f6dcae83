/** Accounts for every line of a page: what it became, or why it became nothing. */
import type { ApiPage } from '../tables/api.ts'
import { callInTable } from '../tables/call.ts'
import type { Block } from '../page/page.ts'
import { isProse } from '../tables/prose.ts'
import { sectionKind } from '../page/sections.ts'

export type Account =
  | 'rows'
  | 'codes'
  | 'call'
  | 'example'
  | 'prose'
  | 'heading'
  | 'ignored'
  | 'unread'

export interface Entry {
  readonly from: number
  readonly to: number
  readonly account: Account
  /** For what is ignored: why. */
  readonly reason?: string
  /** Lines with something on them. */
  readonly lines: number
}

export interface Ledger {
  readonly entries: readonly Entry[]
  readonly totals: Readonly<Record<Account, number>>
  readonly blank: number
  /** Lines of the page: blank ones and those of all entries. */
  readonly lines: number
}

const IGNORED_SECTIONS: Readonly<Record<string, string>> = {
  debugging: "about the vendor's console, not about the call",
  authorization: 'permissions of accounts, which no exchange shows',
  history: 'about the page, not about the call',
}

/** @returns Entries in the order of the page. Lines that no block covers are `unread`. */
export function ledgerOf({
  page,
  tables,
  statuses,
}: Pick<ApiPage, 'page' | 'tables' | 'statuses'>): Ledger {
  const covered = new Set<number>()
  const entries = page.blocks.map((block): Entry => {
    for (let line = block.from; line <= block.to; line += 1) covered.add(line)
    const lines = count(page.lines.slice(block.from - 1, block.to))
    return { from: block.from, to: block.to, ...accountOf(block, tables, statuses.read), lines }
  })
  const left = page.lines.flatMap((line, index) =>
    line.trim() === '' || covered.has(index + 1) ? [] : [leftOver(line, index + 1)],
  )
  const all = [...entries, ...left].toSorted((one, other) => one.from - other.from)
  const blank = page.lines.length - count(page.lines)
  return { entries: all, totals: totalsOf(all), blank, lines: page.lines.length }
}

/** A list marker without an item holds nothing; any other line that no block covers was missed. */
function leftOver(line: string, at: number): Entry {
  const empty = /^\s*[-*+]\s*$/.test(line)
  const account = empty
    ? ({ account: 'ignored', reason: 'markup' } as const)
    : ({ account: 'unread' } as const)
  return { from: at, to: at, ...account, lines: 1 }
}

function accountOf(
  block: Block,
  tables: ApiPage['tables'],
  coded: ReadonlySet<Block>,
): Pick<Entry, 'account' | 'reason'> {
  const kind = sectionKind(block.section)
  if (block.kind === 'heading') return { account: 'heading' }
  if (block.kind === 'markup') return { account: 'ignored', reason: 'markup' }
  if (block.kind === 'site') return { account: 'ignored', reason: 'the site around the page' }
  const reason = IGNORED_SECTIONS[kind]
  if (reason !== undefined) return { account: 'ignored', reason }
  if (block.kind === 'code') return { account: kind === 'uri' ? 'call' : 'example' }
  if (block.kind === 'table') return tableAccount(block, tables, coded)
  if (isProse(block)) return { account: 'prose' }
  if (kind === 'example' || /^table\s+\d/i.test(block.lines[0]?.text ?? ''))
    return { account: 'heading' }
  return { account: 'call' }
}

function tableAccount(
  block: Extract<Block, { kind: 'table' }>,
  tables: ApiPage['tables'],
  coded: ReadonlySet<Block>,
): Pick<Entry, 'account' | 'reason'> {
  if (tables.has(block)) return { account: 'rows' }
  if (callInTable(block.table)) return { account: 'call' }
  if (coded.has(block)) return { account: 'codes' }
  if (sectionKind(block.section) === 'example') {
    return { account: 'ignored', reason: 'parameters of another call that an example needs' }
  }
  return { account: 'unread' }
}

function totalsOf(entries: readonly Entry[]): Record<Account, number> {
  const totals = {
    rows: 0,
    codes: 0,
    call: 0,
    example: 0,
    prose: 0,
    heading: 0,
    ignored: 0,
    unread: 0,
  }
  for (const { account, lines } of entries) totals[account] += lines
  return totals
}

function count(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== '').length
}
