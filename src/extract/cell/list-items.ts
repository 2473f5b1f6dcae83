/** The items of a list of values: the literal at the head of each, or a remark between them. */
import { literals } from './literals.ts'
import type { Line } from '../page/page.ts'

export interface Item {
  readonly value: string
  readonly line: Line
}

const HEAD = /^([\w+*/.-]{1,60})\s*(?:[([](?:the )?default(?: value)?[)\]]\s*)?(?::|：|$)/i
/** `TIN. This is the default value.`, but not the number of an item. */
const SENTENCED = /^(?!\d+\.)([\w+*/-]{1,60})\. [A-Z][^:：]*$/
/** `SLB (load balancer)`, in capitals: `China (Hangzhou)` is one name. */
const EXPLAINED = /^([A-Z][A-Z0-9_]{0,59}) \([^()]{1,100}\)$/
/** `08:15-09:15`, `10.0.0.0/8-10.255.255.240/28`: times and ranges of addresses. */
const SPANNED = /^\d[\d.:/]*[-–~]\d[\d.:/]*$|^\d{1,2}:\d{2}\b/
/** What stands behind a bold word that is not the whole head: `**1** to **200**`. */
const GOES_ON = /^ ?(?:to|or|and|[-–~]) /
/** `0 or null: none`. */
const SEVERAL = /^[\w.-]{1,60} (?:or|and) [\w.-]{1,60}[:：]/
/** A sentence between the items, which names no value of its own. */
const REMARK =
  /^(?:note|notice|if|when|the|this|these|those|you|your|for|in|on|by|to|all|only|default|currently|each|an?|no|after|before|make|set|assume|once|see|we|do|it|its|valid|example|both|others?)\b(?! ?[:：])/i

export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const items = lines.flatMap(itemsIn)
  const [first, ...others] = items
  const same = others.length > 0 && others.every(({ value }) => value === first?.value)
  return same ? items.map(({ line }) => ({ line, value: wordOf(line) })) : items
}

/** `KITCHEN:FILL_CUP: a cup is filled`, where each item begins with the same word. */
function wordOf({ text }: Line): string {
  return (text.split(' ')[0] ?? '').replace(/[.:：]$/, '')
}

/** Whether a line of a list says something about the values rather than names one. */
export function isRemark({ text, bold, note }: Line): boolean {
  if (note) return true
  return REMARK.test(text) && !(bold[0] !== undefined && text.startsWith(bold[0]))
}

function itemsIn(line: Line): readonly Item[] {
  if (SPANNED.test(line.text)) return []
  const bold = line.bold[0]
  if (bold === line.text && bold.includes(' | ')) return [{ value: bold, line }]
  if (bold !== undefined && line.text.startsWith(bold) && /^\S{1,60}$/.test(bold)) {
    if (GOES_ON.test(line.text.slice(bold.length))) return severalIn(line)
    return [{ value: bold.replace(/[.:：]$/, ''), line }]
  }
  const [, value] = HEAD.exec(line.text) ?? SENTENCED.exec(line.text) ?? []
  const named = value ?? EXPLAINED.exec(line.text)?.[1]
  if (named !== undefined) return [{ value: named.replace(/\.$/, ''), line }]
  return SEVERAL.test(line.text) ? severalIn(line) : []
}

/** `http and https`, or `TIN and IRON: of metal`. */
function severalIn(line: Line): readonly Item[] {
  const head = /^[^:：]{1,200}/.exec(line.text)?.[0] ?? ''
  if (/\d ?(?:to|[-–~]) ?\d/.test(head)) return []
  return (literals(head, line.bold) ?? []).map((value) => ({ value, line }))
}
