/**
 * What several failures have in common: the same answer of the target, the same refused control, the same
 * circumstances, or else the same words.
 */

import type { Circumstances, RecordedExchange, Verdict } from '../model.ts'
import type { Cause, Finding } from './report.ts'

/** What a failure may have in common with others. */
interface Candidate {
  readonly kind: Cause['kind']
  readonly sentence: string
}

/**
 * The causes of all findings that have one of these verdicts, the one with the most findings first.
 *
 * Each finding has one cause. Of those that fit, it is the one that explains the most; where several explain
 * as many, the circumstances count before the answer, and the answer before the words.
 */
export function causesOf(
  findings: readonly Finding[],
  about: readonly Verdict[] = ['fail', 'inconclusive'],
): readonly Cause[] {
  const open = new Map(
    findings
      .filter(({ verdict }) => about.includes(verdict))
      .map((finding) => [finding, candidatesOf(finding)]),
  )
  const causes: Cause[] = []
  while (open.size > 0) {
    const { candidate, explained } = largest(open)
    const first = explained[0] as Finding
    causes.push({
      ...(explained.length === 1 ? single(first) : inFull(candidate, explained)),
      target: first.target,
      verdict: first.verdict as Cause['verdict'],
      findings: explained.map(({ id }) => id),
    })
    for (const finding of explained) open.delete(finding)
  }
  return causes
}

/** The findings of a cause, in the order of the report. */
export function findingsOf(
  { target, findings: ids }: Pick<Cause, 'target' | 'findings'>,
  findings: readonly Finding[],
): readonly Finding[] {
  const wanted = new Set(ids)
  return findings.filter((finding) => finding.target === target && wanted.has(finding.id))
}

/** What only one finding has is told in full. */
function single({ reason }: Finding): Candidate {
  return { kind: 'single', sentence: reason ?? noReason }
}

/** Where all have the same reason, nothing has to be left out of it. */
function inFull(candidate: Candidate, explained: readonly Finding[]): Candidate {
  const [reason, ...others] = new Set(explained.map((one) => one.reason ?? noReason))
  const isSame = others.length === 0 && reason !== undefined
  return isSame && candidate.kind !== 'answer' ? { ...candidate, sentence: reason } : candidate
}

const noReason = 'No reason was recorded.'

function largest(open: ReadonlyMap<Finding, readonly Candidate[]>): {
  readonly candidate: Candidate
  readonly explained: readonly Finding[]
} {
  const groups = new Map<string, { candidate: Candidate; explained: Finding[] }>()
  for (const [finding, candidates] of open) {
    for (const candidate of candidates) {
      const key = JSON.stringify([finding.target, finding.verdict, candidate])
      const group = groups.get(key) ?? { candidate, explained: [] }
      group.explained.push(finding)
      groups.set(key, group)
    }
  }
  const rank = ({ candidate: { kind } }: { candidate: Candidate }) => order.indexOf(kind)
  const [first] = [...groups.values()].toSorted(
    (one, other) => other.explained.length - one.explained.length || rank(one) - rank(other),
  )
  return first as { candidate: Candidate; explained: Finding[] }
}

const order: readonly Cause['kind'][] = ['circumstances', 'control', 'answer', 'words', 'single']

function candidatesOf(finding: Finding): readonly Candidate[] {
  const { reason = noReason, verdict } = finding
  const words = {
    kind: verdict === 'fail' ? 'words' : 'control',
    sentence: withoutValues(reason),
  } as const
  if (verdict !== 'fail') return [words]
  // The words say no more than the answer, and not which one it was.
  return [circumstancesIn(reason), answerIn(finding) ?? words].filter((one) => one !== undefined)
}

/** As `derivations.ts` ends the message of such a failure. */
function circumstancesIn(reason: string): Candidate | undefined {
  const at = reason.lastIndexOf(failedAgain)
  const sentence = reason.slice(at)
  const isLast = at >= 0 && sentence.indexOf('.') === sentence.length - 1
  return isLast ? { kind: 'circumstances', sentence } : undefined
}

const failedAgain = 'It failed again when '

/** The answer that the reason speaks of: request without ids, status, and what tells one such answer from another. */
function answerIn({ reason = '', evidence }: Finding): Candidate | undefined {
  const [, status] = / answered ([1-5]\d\d)\b/.exec(reason) ?? []
  if (status === undefined) return undefined
  const exchange = evidence.findLast(
    ({ purpose, response }) => purpose === 'ask' && response?.status === Number(status),
  )
  if (!exchange) return undefined
  const [, expected] = /, (expected [^.,]{1,100})\.(?:\s|$)/.exec(reason) ?? []
  const line = `${requestIn(exchange)}${whatOf(exchange, Number(status))}`
  // A server error is the same fault, whichever answer would have been right.
  const rest = Number(status) >= 500 || expected === undefined ? '' : `, ${expected}`
  return { kind: 'answer', sentence: `${line}${rest}.` }
}

function whatOf(exchange: RecordedExchange, status: number): string {
  const code = errorCodeIn(exchange.response?.body ?? '')
  if (status >= 500) return ` answered ${status}`
  if (status >= 400) return ` answered ${status}${code === undefined ? '' : ` ${code}`}`
  const fields = fieldsIn(exchange.request.body ?? '')
  return `${fields.length === 0 ? '' : ` with ${fields.join(', ')}`} answered ${status}`
}

/** `PUT /v2.0/lbaas/pools/{id}`, or the action of a call: the same for all requests of a kind. */
export function requestIn({ request }: RecordedExchange): string {
  const { method, url, body = '' } = request
  const [, action] = /[?&]Action=(\w+)/.exec(url) ?? /(?:^|&)Action=(\w+)/.exec(body) ?? []
  if (action !== undefined) return action
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/]+/i, '').split('?', 1)
  return `${method} ${path.replaceAll(idSegments, '/{id}')}`
}

/** Path segments with a digit: names of the API have none but its version. */
const idSegments = /\/(?!v\d)[^/]*\d[^/]*/g

/** The names of the fields that an update sends. */
function fieldsIn(body: string): readonly string[] {
  const value = read(body)
  if (!isObject(value)) return []
  const [inner] = Object.values(value)
  return Object.keys(isObject(inner) ? inner : value).toSorted()
}

/** `Code` of an RPC answer, the type of a Neutron error, or the error code of an ELB. */
function errorCodeIn(body: string): string | undefined {
  const value = read(body)
  if (!isObject(value)) return /<Code>([\w.]+)<\/Code>/.exec(body)?.[1]
  const inner = isObject(value['NeutronError']) ? value['NeutronError'] : value
  const code = value['Code'] ?? value['error_code'] ?? inner['type']
  return typeof code === 'string' ? code.slice(0, 80) : undefined
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON in a sentence begins with the first bracket and ends with the last one. */
function withoutBody(text: string): string {
  const from = text.search(/[{[]/)
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  return from < 0 || to < from ? text : `${text.slice(0, from)}…${text.slice(to + 1)}`
}

/** The first sentence, without what differs from one asking to the next: ids, names, numbers and bodies. */
export function withoutValues(reason: string): string {
  const general = withoutBody(reason.slice(0, 2_000))
    .replaceAll(/"[^"]*"/g, '…')
    .replaceAll(/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '{id}')
    .replaceAll(/\bpoolproof-[\w-]+/g, '{name}')
    .replaceAll(/\/(?!v\d)[\w-]*\d[\w.-]*/g, '/{id}')
    .replaceAll(/\b[a-z]+-[a-z]*\d[\w-]*/gi, '{id}')
  const [first = general] = /^.*?\.(?=\s|$)/s.exec(general) ?? []
  return first
}

/** `protocol: TCP, members: 3`, of a finding, without what there was not or was as usual. */
export function circumstancesText(circumstances: Circumstances = {}): string {
  return Object.entries(circumstances)
    .filter(([, value]) => !['none', 'usual'].includes(value))
    .map(([factor, value]) => `${factor}: ${value}`)
    .join(', ')
}
