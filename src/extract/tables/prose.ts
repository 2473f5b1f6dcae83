/** Places of prose: where a person reads, restates and writes a check. The words stay on the page. */
import { createHash } from 'node:crypto'
import type { Block, Line } from '../page/page.ts'
import { sentencesOf } from '../cell/sentence.ts'
import { forceOf } from '../cell/signals.ts'
import { sectionKind, type SectionKind } from '../page/sections.ts'

export interface Prose {
  /** `prose.constraints.1`: the section, and which sentence of it. */
  readonly at: string
  readonly kind: SectionKind | 'note'
  readonly section: string
  readonly line: number
  /** Changes when the sentence does. First twelve digits of its sha-256. */
  readonly fingerprint: string
  /** For rules only; never written out. */
  readonly text: string
}

/** What rules see of a sentence: as much as any has, so that none searches a whole book. */
const LONGEST = 2000

const READ = new Set<SectionKind>(['function', 'constraints', 'other', 'status', 'errors'])

const BETWEEN_TABLES = new Set<SectionKind>(['uri', 'request', 'response'])

/** What the blocks hold that is neither a label, a caption, a call nor the word None. */
export function readProse(blocks: readonly Block[]): readonly Prose[] {
  const prose: Prose[] = []
  const counts = new Map<string, number>()
  for (const block of blocks) {
    if (!isProse(block) || block.kind !== 'text') continue
    for (const { line, text } of sentences(block.lines)) {
      const kind = line.note ? 'note' : sectionKind(block.section)
      const name = kind === 'other' ? 'introduction' : kind
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      const at = `prose.${name}.${count}`
      prose.push({
        at,
        kind,
        section: block.section,
        line: block.from,
        fingerprint: fingerprint(text),
        text: text.slice(0, LONGEST),
      })
    }
  }
  return prose
}

function sentences(lines: readonly Line[]): readonly { line: Line; text: string }[] {
  return lines.flatMap((line) => sentencesOf(line.text).map((text) => ({ line, text })))
}

/** Prose in the sense of the ledger: a reader may draw a requirement from it. */
export function isProse(block: Block): boolean {
  if (block.kind !== 'text') return false
  const text = block.lines[0]?.text ?? ''
  if (/^table\s+\d/i.test(text) || /^none\.?$/i.test(text)) return false
  const kind = sectionKind(block.section)
  return block.lines.some((line) => line.note || binds(line, kind)) || READ.has(kind)
}

/** Between the tables and calls stand captions and leads; what has the force of a rule is neither. */
function binds({ text }: Line, kind: SectionKind): boolean {
  if (!BETWEEN_TABLES.has(kind) || text.endsWith(':')) return false
  return sentencesOf(text).some((sentence) => forceOf(sentence.slice(0, LONGEST)).length > 0)
}

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
