/** Words that stand before a value as a heading: in a column of its own, or on a line of a cell. */
import { isBlank } from './json-type.ts'
import type { Cell, Line } from '../page/page.ts'

/** Headings and the words that phrases know them by. Without words, what follows speaks for itself. */
const LABELS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^(?:value )?range(?: of values?)?$/i, 'Value range'],
  // In lower case and alone, it is a value: one of the protocols of a template, for one.
  [/^(?:Default|DEFAULT|[Dd]efault [Vv]alues?|DEFAULT VALUES?)$/, 'Default value'],
  [
    /^(?:valid|possible|optional|enumerated|enumeration|enum|allowed)(?: values?)?$/i,
    'Valid values',
  ],
  [/^options$/i, 'Valid values'],
  [/^(?:max(?:imum|\.)? )?length(?: limit)?$/i, 'Maximum length'],
  [/^max(?:imum|\.)?(?: value)?$/i, 'Maximum'],
  [/^min(?:imum|\.)?(?: value)?$/i, 'Minimum'],
  [/^units?$/i, 'Unit'],
  [/^(?:definition|meaning|explanation|description)$/i, undefined],
  [/^(?:constraints?|restrictions?|remarks?|notes?|limits?)$/i, undefined],
]

/** Longer texts are sentences, which say themselves what they are about. */
const LONGEST_VALUE = 120
const SENTENCE =
  /^(?:the|this|when|if|it|its|values?|valid|default|range|up to|at most|an?|only|for|in|can|must|minimum|maximum|length|unit)\b/i
/** A heading and its value on one line. */
const INLINE = /^([A-Za-z][A-Za-z. ]{1,30}?)\s*:\s*(\S.{0,40})$/

function labelOf(text: string): { readonly words: string | undefined } | undefined {
  const label = LABELS.find(([pattern]) => pattern.test(text.replace(/(?<!\s)\s*:$/, '').trim()))
  return label && { words: label[1] }
}

/** Whether a column holds nothing but values of one kind: `Default value`. */
export function isLabel(title: string): boolean {
  return labelOf(title)?.words !== undefined
}

/** The cell of such a column, as sentences that phrases can read. */
export function labelledCell(title: string, { lines, links }: Cell): Cell {
  const words = labelOf(title)?.words
  const filled = lines.filter(({ text }) => !isNothing(text))
  const [first] = filled
  if (words === undefined || first === undefined || filled.some(isSentence))
    return { lines: filled, links }
  const text = `${words}: ${filled.map((line) => line.text).join(', ')}`
  return { lines: [{ ...first, depth: 0, text, bold: filled.flatMap(({ bold }) => bold) }], links }
}

/** Lines in which each heading stands before its value; headings without a value are left out. */
export function labelled(lines: readonly Line[]): readonly Line[] {
  const read: Line[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    const next = lines[index + 1]
    const label =
      line.text.endsWith(':') && next && next.depth > line.depth ? undefined : labelOf(line.text)
    if (says(line.text)) continue
    if (!label || next === undefined || labelOf(next.text)) read.push(line)
    else {
      index += 1
      if (isNothing(next.text)) continue
      const words = label.words === undefined || isSentence(next) ? '' : `${label.words}: `
      read.push({ ...next, text: `${words}${next.text}` })
    }
  }
  return read
}

/** `Default value: N/A`. */
function says(text: string): boolean {
  const [, title = '', value] = INLINE.exec(text) ?? []
  return value !== undefined && labelOf(title) !== undefined && isNothing(value)
}

function isNothing(text: string): boolean {
  return isBlank(text.replace(/\.$/, '')) || /^(?:not involved|nil|no)\.?$/i.test(text.trim())
}

function isSentence({ text }: Line): boolean {
  return text.length > LONGEST_VALUE || SENTENCE.test(text)
}
