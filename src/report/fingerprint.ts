/** Tells one failure of a requirement from another: what was expected, what came, and under which least circumstances. */

import { createHash } from 'node:crypto'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** What differs from run to run, and what stands for it. */
const variable: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // In a list that is sorted by drawn ids, where one is missing or new depends on them, and so does which others it moves.
  [new RegExp(`\\d: expected "${uuid}", got "${uuid}"; (?:[\\w.]{1,60}\\.)?(?=\\d)`, 'g'), ''],
  [new RegExp(`\\d was "${uuid}", is "${uuid}"; (?:[\\w.]{1,60}\\.)?(?=\\d)`, 'g'), ''],
  [/\bSeed \d{1,16}\./g, 'Seed {n}.'],
  [/"[^"…]{24,400}(?=["…])/g, '"{text}'],
  [/poolproof-[0-9a-f]{8}-[0-9a-z]+-\d+/g, '{name}'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?Z?/g, '{time}'],
  [/\b(?:lb|rsp|i|eni|vsw|vs)-[0-9a-z]{4,40}\b(?::\d{1,5}\b)?/g, '{id}'],
  [/\b(?=[0-9a-f]{0,39}\d)[0-9a-f]{8,40}\b/gi, '{id}'],
  [/(?<=[a-z])\.\d{1,4}\b/gi, '.{n}'],
  [/\b\d{1,9}(?:\.\d{1,9})? (ms|s)\b/g, '{n} $1'],
  // What a load balancer does with connections is a matter of chance.
  [/\bclient \d{1,4} to server \d{1,4}(?:, client \d{1,4} to server \d{1,4}){0,99}/g, '{clients}'],
  [/\bserver \d{1,4} answered \d{1,6}(?:, server \d{1,4} answered \d{1,6}){0,99}/g, '{answers}'],
  [
    /\b\d{1,6} of (?:\d{1,6} )?(?=(?:new |open )?(?:answers|client|connections|datagrams|requests)\b)/g,
    '{n} of {n} ',
  ],
  [/(?<=https?:\/\/[\w.-]{1,253}):\d{1,5}\b/g, ':{port}'],
  [/\bPort: expected \d{1,5}, got \d{1,5}\b/g, 'Port: expected {port}, got {port}'],
  // Ports of backend servers are drawn; five digits are little else, and a requirement has few values that long.
  [/\b[1-6]\d{4}\b/g, '{port}'],
]

/**
 * The reason of a failure, without what another run of the same failure would have otherwise: ids, names, times, ports,
 * counts of connections, the place in a list, and the rest of long bodies.
 *
 * The values that make a case fail, and the circumstances, stay: they are reduced to the least ones, so that they are
 * the same whatever was drawn.
 */
export function failureOf({ reason = '' }: { readonly reason?: string }): string {
  const masked = variable.reduce(
    (text, [pattern, instead]) => text.replaceAll(pattern, instead),
    reason,
  )
  return withShortObjects(masked)
}

/** Characters of an object that are kept: whether it was cut depends on the lengths of ids and numbers in it. */
const mostOfAnObject = 60

/** JSON objects in a sentence, each cut. What is gone, new, missing or unexpected is left out. */
function withShortObjects(text: string): string {
  let short = ''
  let from = 0
  for (let start = text.indexOf('{"'); start !== -1; start = text.indexOf('{"', from)) {
    const end = endOfObject(text, start)
    const before = text.slice(from, start)
    const isFormer = /\((?:it was |expected )?$/.test(before)
    short += before + (isFormer ? '{…}' : text.slice(start, Math.min(end, start + mostOfAnObject)))
    from = end
  }
  return short + text.slice(from)
}

/** Behind the brace that closes it, or behind the mark at which it was cut. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  let isString = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (character === '…') return at + 1
    if (character === '\\') at += 1
    else if (character === '"') isString = !isString
    else if (!isString && character === '{') depth += 1
    else if (!isString && character === '}' && (depth -= 1) === 0) return at + 1
  }
  return text.length
}

/** Sixteen hexadecimal digits: the same for the same failure of the same requirement, in any run. */
export function fingerprintOf(finding: { readonly id: string; readonly reason?: string }): string {
  const text = JSON.stringify([finding.id, failureOf(finding)])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
