/** Rules that hold only when something else is so: `mandatory when type is set to APP_COOKIE`. */
import type { Condition, Effect, Facts, When } from './facts.ts'
import { literals } from './literals.ts'
import { endsRange, numberOf, SPAN } from './number.ts'

const WHEN = /^(.{1,120}?)\s+(?:is|are)\s+(not\s+)?(?:set\s+to\s+)?(not\s+)?(.{1,200})$/i
const RANGE = new RegExp(`rang(?:es?|ing) (?:is )?from ${SPAN}(.*)$`, 'i')
const EFFECTIVE = /^(?:only\s+)?(.{1,200}?)\s+takes?\s+effect$/i
const VALUES = /^(.{0,200}?)\s*\b(?:must|can\s+only|should)\s+be\s+(?:set\s+to\s+)?(.{1,200})$/i
/** Words for the field itself. */
const OWN =
  /^(?:(?:the|its) (?:parameter )?value(?: of this (?:parameter|field))?|it|this (?:parameter|field)|)$/i
const LENGTH = /maximum\s+of\s+(\d+)\s+characters/i
const OPENING = /^(?:when|if)\s+(.{1,300}?),\s+(.{1,1000})$/i
const TRAILING: readonly (readonly [RegExp, Effect['effect']])[] = [
  [/\b(?:mandatory|required)\b[^,;]{0,40}?\s+(?:only\s+)?(?:when|if)\s+(.{1,300})$/i, 'mandatory'],
  [/\b(?:invalid|ignored)\s+(?:when|if)\s+(.{1,300})$/i, 'invalid'],
  [
    /\b(?:cannot|can\s*not|must\s+not)\s+be\s+(?:specified|set|configured)\s+(?:when|if)\s+(.{1,300})$/i,
    'invalid',
  ],
  [
    /\b(?:valid|available|takes\s+effect|used)\s+(?:only\s+)?(?:when|if)\s+(.{1,300})$/i,
    'valid-only',
  ],
]

/** Reads what stands behind `when`: a subject and the values it must have. */
export function readWhen(text: string, bold: readonly string[]): When | undefined {
  const [, subject, notBefore, notAfter, list] = WHEN.exec(text) ?? []
  if (subject === undefined || list === undefined) return undefined
  const is = literals(list, bold)
  if (!is) return undefined
  const not = notBefore !== undefined || notAfter !== undefined
  return { subject: subjectName(subject), is, not }
}

/** `the value of protocol` and `protocol` are one subject; so are `protocol of X` and `X protocol`. */
function subjectName(subject: string): string {
  const name = subject
    .replace(/^(?:the\s+)?(?:value\s+of\s+)?(?:the\s+)?(?:parameter\s+)?/i, '')
    .toLowerCase()
  const [, head, owner] = /^(\w+) of (?:the |a )?(.+)$/.exec(name) ?? []
  return head === undefined || owner === undefined ? name : `${owner} ${head}`
}

/** A sentence that states a rule and when it holds, wherever in it the condition stands. */
export function readCondition(sentence: string, bold: readonly string[]): Condition | undefined {
  const text = sentence.replace(/[.;:]$/, '')
  const [, condition, consequence] = OPENING.exec(text) ?? []
  if (condition !== undefined && consequence !== undefined) {
    const when = readWhen(condition, bold)
    const effect = when && readEffect(consequence, bold)
    return when && effect ? { ...effect, when } : undefined
  }
  return readTrailing(text, bold)
}

function readTrailing(text: string, bold: readonly string[]): Condition | undefined {
  for (const [pattern, effect] of TRAILING) {
    const when = readWhen(pattern.exec(text)?.[1] ?? '', bold)
    if (when) return { effect, when } as Condition
  }
  const [, value, condition] =
    /default\s+value\s+is\s+(\S+)\s+(?:when|if)\s+(.{1,300})$/i.exec(text) ?? []
  const when = readWhen(condition ?? '', bold)
  return when && value !== undefined ? { effect: 'default', default: value, when } : undefined
}

function readEffect(text: string, bold: readonly string[]): Effect | undefined {
  const [, minimum, maximum, rest = ''] = RANGE.exec(text) ?? []
  if (minimum !== undefined) {
    if (!endsRange(rest)) return undefined
    return { effect: 'range', minimum: numberOf(minimum), maximum: numberOf(maximum) }
  }
  const effective = literals(EFFECTIVE.exec(text)?.[1] ?? '', bold)
  if (effective) return { effect: 'effective', values: effective }
  const [, subject = '', list = ''] = VALUES.exec(text) ?? []
  const values = literals(list, bold)
  if (values) return { effect: 'values', values, ...(OWN.test(subject) ? {} : { of: subject }) }
  const length = LENGTH.exec(text)?.[1]
  if (length !== undefined) return { effect: 'max-length', maxLength: Number(length) }
  if (/\bthis parameter is (?:mandatory|required)$/i.test(text)) return { effect: 'mandatory' }
  return /\bare\s+invalid$/i.test(text) ? { effect: 'other-invalid' } : undefined
}

/**
 * Keeps the conditions that bind this field. One about another thing is left unread: the protocol
 * that a pool must have is no value of the field that holds the pool's id.
 */
export function keepOwn(facts: Facts, name: string): Facts {
  const words = name.toLowerCase().replaceAll('_', ' ')
  const all = facts.conditions.splice(0)
  for (const condition of all) {
    const { of, ...own } = { of: undefined, ...condition }
    if (of === undefined || ` ${of.toLowerCase()} `.includes(` ${words} `))
      facts.conditions.push(own)
    else {
      facts.unread.push({
        text: `${of} is bound when ${condition.when.subject}`,
        signals: ['must'],
      })
      facts.counts.understood -= 1
      facts.counts.unread += 1
    }
  }
  return facts
}
