/** A cell written on a few lines, for tests. */
import type { Facts } from '../cell/facts.ts'
import type { Line } from '../page/page.ts'
import { readCell } from '../cell/read-cell.ts'

/** Lines of a cell: `- ` an item, `-- ` an item of an item, `*x*` bold. */
export function cell(...written: readonly string[]): Facts {
  const lines = written.map((line): Line => {
    // oxlint-disable-next-line linear/expressions -- held only against lines of our own tests
    const [, dashes = '', text = ''] = /^(-*)\s*(?!\d)(.*)$/.exec(line) ?? []
    const bold = Array.from(text.matchAll(/\*([^*]+)\*/g), ([, part = '']) => part)
    return { depth: dashes.length, text: text.replaceAll('*', ''), bold, note: false }
  })
  return readCell(lines, { json: false })
}

/** Values stated once, without what surrounds them. */
export function values(facts: Facts): Record<string, unknown> {
  const {
    conditions,
    inner: _,
    unread: __,
    doubts: ___,
    counts: ____,
    lead: _____,
    about: ______,
    guesses: _______,
    cases: ________,
    oneCase: _________,
    ...stated
  } = facts
  const plain = Object.entries(stated).map(([key, value]) => [
    key,
    typeof value === 'object' && 'value' in value ? value.value : value,
  ])
  return { ...Object.fromEntries(plain), ...(conditions.length > 0 ? { conditions } : {}) }
}
