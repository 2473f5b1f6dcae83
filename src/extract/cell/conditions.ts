/** Rules that hold only when something else is so: `mandatory when type is set to APP_COOKIE`. */
import { Claims } from './claims.ts'
import type { Condition, Effect, Facts, When } from './facts.ts'
import { literals } from './literals.ts'
import { endsRange, numberOf, SPAN } from './number.ts'

const WHEN = /^(.{1,120}?)\s+(?:is|are)\s+(not\s+)?(?:set\s+to\s+)?(not\s+)?(.{1,200})$/i
const SET_BY = /^you\s+set\s+(\S.{0,119}?)\s+to\s+(\S.{0,199})$/i
const RANGE = new RegExp(`rang(?:es?|ing) (?:is )?from ${SPAN}(.*)`, 'i')
const EFFECTIVE = /^(?:only\s+)?(\S.{0,199}?)\s+takes?\s+effect$/i
const VALUES =
  /^(.{0,200}?)\s*\b(?:must|can|can\s+only|should)\s+be\s+(?:set\s+to\s+)?(?:either\s+|one\s+of\s+)?(.{1,200})$/i
/** Words for the field itself. */
const OWN =
  /^(?:(?:the|its) (?:parameter )?value(?: of this (?:parameter|field))?|it|this (?:parameter|field)|)$/i
const LENGTH =
  /(?:the (?:parameter )?value |it )?(?:has|contains)? ?a?(?<!\s)\s*maximum\s+of\s+(\d+)\s+characters/i
const SETTING = /^set (?:the value|this parameter|the parameter|it) to (.{1,200})$/i
const DEFAULT = /(?:the )?default(?:\s+value)?\s+is\s+(\S+)$/i
const MANDATORY = /\b(?:this (?:parameter|field)|it) is (?:mandatory|required)$/i
const INVALID = /\b(?:is|are)\s+(?:invalid|ignored)$/i
const OPENING = /^(?:when|if)\s+(.{1,300}?),\s+(.{1,1000})$/i
const TRAILING: readonly (readonly [RegExp, Effect['effect']])[] = [
  [
    /(?<!\bnot )\b(?:mandatory|required)\b[^,;]{0,40}?\s+(?:only\s+)?(?:when|if)\s+(.{1,300})$/i,
    'mandatory',
  ],
  [/\bmust\s+be\s+(?:specified|set|configured|passed)\s+(?:when|if)\s+(.{1,300})$/i, 'mandatory'],
  [/(?<!\bnot )\b(?:invalid|ignored)\s+(?:when|if)\s+(.{1,300})$/i, 'invalid'],
  [
    /\b(?:cannot|can\s*not|must\s+not)\s+be\s+(?:specified|set|configured)\s+(?:when|if)\s+(.{1,300})$/i,
    'invalid',
  ],
  [
    /(?<!\bnot )\b(?:valid|available|takes\s+effect|used)\s+(?:only\s+)?(?:when|if)\s+(.{1,300})$/i,
    'valid-only',
  ],
]

/** Reads what stands behind `when`: a subject and the values it must have. */
export function readWhen(text: string, bold: readonly string[]): When | undefined {
  const [, subject, notBefore, notAfter, list] = WHEN.exec(text) ?? setBy(text) ?? []
  if (subject === undefined || list === undefined) return undefined
  const is = literals(list, bold)
  if (!is) return undefined
  const not = notBefore !== undefined || notAfter !== undefined
  return { subject: subjectName(subject), is, not }
}

/** `you set the Light parameter to on`, in the order of `WHEN`. */
function setBy(text: string): readonly (string | undefined)[] | undefined {
  const [, subject, list] = SET_BY.exec(text) ?? []
  return subject === undefined ? undefined : ['', subject, undefined, undefined, list]
}

/** `the value of protocol` and `protocol` are one subject; so are `protocol of X` and `X protocol`. */
function subjectName(subject: string): string {
  const name = subject
    .replace(/^(?:the\s+)?(?:value\s+of\s+)?(?:the\s+)?(?:parameter\s+)?["'“]?/i, '')
    .replace(/["'”]?(?:(?<!\s)\s+(?:parameter|field|attribute))?(?:(?<!\s)\s+value)?$/i, '')
    .toLowerCase()
  const [, head, owner] = /^(\w+) of (?:the |a )?(.+)$/.exec(name) ?? []
  return head === undefined || owner === undefined ? name : `${owner} ${head}`
}

/**
 * A sentence that states a rule and when it holds, wherever in it the condition stands.
 *
 * @param claims - Of the sentence: what the rule consists of is taken.
 */
export function readCondition(
  sentence: string,
  bold: readonly string[],
  claims: Claims = new Claims(sentence),
): Condition | undefined {
  const text = sentence.replace(/[.;:]$/, '')
  const [, condition, consequence] = OPENING.exec(text) ?? []
  if (condition === undefined || consequence === undefined) return readTrailing(text, bold, claims)
  const when = readWhen(condition, bold)
  const read = when && readEffect(consequence, bold)
  if (!when || !read) return undefined
  const start = text.length - consequence.length
  claims.take(0, start)
  claims.take(start + read.from, start + read.to)
  const of = read.of === undefined ? {} : { of: read.of }
  return { ...read.effect, ...of, when }
}

function readTrailing(
  text: string,
  bold: readonly string[],
  claims: Claims,
): Condition | undefined {
  for (const [pattern, effect] of TRAILING) {
    const match = pattern.exec(text)
    const when = readWhen(match?.[1] ?? '', bold)
    if (!match || !when) continue
    claims.take(match.index, match.index + match[0].length)
    return { effect, when } as Condition
  }
  const preset = /default\s+value\s+is\s+(\S+)\s+(?:when|if)\s+(.{1,300})$/i.exec(text)
  const when = readWhen(preset?.[2] ?? '', bold)
  if (!preset || !when) return undefined
  claims.take(preset.index, preset.index + preset[0].length)
  return { effect: 'default', default: preset[1]!, when }
}

/** An effect and the part of the text that states it. */
interface Stated {
  readonly effect: Effect
  /** What has the effect, where that is not the field itself. */
  readonly of?: string
  readonly from: number
  readonly to: number
}

type ReadEffect = (text: string, bold: readonly string[]) => Stated | undefined

/** What stands before the match is the subject: the field itself, or another thing that is named. */
function statedBy(match: RegExpExecArray, effect: Effect, subject?: string): Stated {
  const own = subject === undefined || OWN.test(subject.trim())
  const of = own ? {} : { of: subject.trim() }
  return { effect, ...of, from: match.index, to: match.index + match[0].length }
}

function before({ input, index }: RegExpExecArray): string {
  return input.slice(0, index)
}

const ranges: ReadEffect = (text) => {
  const match = RANGE.exec(text)
  const [, minimum, maximum, rest = ''] = match ?? []
  if (!match || !endsRange(rest)) return undefined
  const effect = { effect: 'range', minimum: numberOf(minimum), maximum: numberOf(maximum) }
  return statedBy(match, effect as Effect, before(match))
}

const effective: ReadEffect = (text, bold) => {
  const match = EFFECTIVE.exec(text)
  const values = literals(match?.[1] ?? '', bold)
  return match && values ? statedBy(match, { effect: 'effective', values }) : undefined
}

const allowed: ReadEffect = (text, bold) => {
  const match = VALUES.exec(text)
  const [, subject = '', list = ''] = match ?? []
  const values = literals(list, bold)
  if (!match || !values) return undefined
  return statedBy(match, { effect: 'values', values }, subject)
}

const lengths: ReadEffect = (text) => {
  const match = LENGTH.exec(text)
  if (!match) return undefined
  return statedBy(match, { effect: 'max-length', maxLength: Number(match[1]) }, before(match))
}

const settings: ReadEffect = (text, bold) => {
  const match = SETTING.exec(text)
  const values = literals(match?.[1] ?? '', bold)
  return match && values ? statedBy(match, { effect: 'values', values }) : undefined
}

const defaults: ReadEffect = (text, bold) => {
  const match = DEFAULT.exec(text)
  const [value, ...others] = literals(match?.[1] ?? '', bold) ?? []
  if (!match || value === undefined || others.length > 0) return undefined
  return statedBy(match, { effect: 'default', default: value }, before(match))
}

const mandatory: ReadEffect = (text) => {
  const match = MANDATORY.exec(text)
  return match ? statedBy(match, { effect: 'mandatory' }) : undefined
}

/** `lids are invalid` is about other things, `this parameter is invalid` about the field. */
const invalid: ReadEffect = (text) => {
  const match = INVALID.exec(text)
  if (!match) return undefined
  const own = OWN.test(text.slice(0, match.index).trim())
  if (own) return { effect: { effect: 'invalid' }, from: 0, to: text.length }
  return /\bare\b/i.test(match[0]) ? statedBy(match, { effect: 'other-invalid' }) : undefined
}

const EFFECTS = [ranges, effective, allowed, settings, lengths, defaults, mandatory, invalid]

/** Read as the first kind that fits. */
function readEffect(text: string, bold: readonly string[]): Stated | undefined {
  return EFFECTS.map((read) => read(text, bold)).find((found) => found !== undefined)
}

/**
 * Keeps the conditions that bind this field. One about another thing is left unread: the protocol
 * that a pool must have is not a value of the field that holds the pool's id.
 */
export function keepOwn(facts: Facts, name: string): Facts {
  const words = name.toLowerCase().replaceAll('_', ' ')
  const all = facts.conditions.splice(0)
  for (const condition of all) {
    const { of, ...own } = condition
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
