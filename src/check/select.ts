/** Selects requirements: all, or those that patterns, levels and exclusions leave. */

import { closest } from 'fastest-levenshtein'
import { isCheck, type Entry, type Suite } from './check.ts'
import { UsageError, type Level } from '../model.ts'

/** What a command is limited to. */
export interface Selection {
  /** Ids, their beginnings, or patterns with `*`; an empty list selects everything. */
  readonly only: readonly string[]
  /** An empty list, or none, selects every level. */
  readonly levels?: readonly Level[]
  /** Written like `only`: what is left out all the same. */
  readonly skip?: readonly string[]
  readonly budget?: Budget
}

/** A limit of requests, and what it leaves of the rest of the selection. */
export interface Budget {
  /** For each target. */
  readonly requests: number
  /** The ids of the checks that are asked within it. */
  readonly within: readonly string[]
}

/** Does a prefix select an id? Only whole words count: `elb/delete-pool` does not select `elb/delete-pools`. */
export function selects(prefix: string, id: string): boolean {
  const rest = id.startsWith(prefix) ? id.slice(prefix.length) : undefined
  return (
    rest !== undefined && (rest === '' || prefix.endsWith('/') || '/.'.includes(rest.charAt(0)))
  )
}

/**
 * The prefixes of whole words that a pattern stands for; an empty list when it selects nothing.
 *
 * A pattern that is a prefix of whole words stands for itself. One with `*` (any characters but `/`) or `**` (any
 * characters) selects what it matches, and all below that. Any other text selects the ids that begin with it.
 */
function wholeWords(pattern: string, ids: readonly string[]): readonly string[] {
  if (pattern === '') return []
  if (ids.some((id) => selects(pattern, id))) return [pattern]
  if (!pattern.includes('*')) return ids.filter((id) => id.startsWith(pattern))
  const matches = expressionOf(pattern)
  return ids.filter((id) => matches.test(id))
}

/** An expression for an id that fits a pattern, or that is below one that does. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*+)/).map((part) => {
    if (!part.startsWith('*')) return escaped(part)
    return part === '*' ? '[^/]*' : '.*'
  })
  // oxlint-disable-next-line linear/expressions -- the user wrote it, and ids are short
  return new RegExp(`^${parts.join('')}(?:[/.].*)?$`)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/**
 * Patterns as prefixes of whole words, which `selects` understands without the list of all ids.
 *
 * @throws {UsageError} When a pattern selects nothing; suggests the nearest id.
 */
export function expanded(
  patterns: readonly string[],
  ids: readonly string[],
  flag = '--only',
): string[] {
  return patterns.flatMap((pattern) => {
    const found = wholeWords(pattern, ids)
    if (found.length > 0) return found
    const near = pattern.includes('*') ? '' : ` Did you mean ${nearest(pattern, ids)}?`
    throw new UsageError(
      `${flag} ${pattern} selects nothing: no requirement has this id or begins like it.${near} \`poolproof list\` shows all.`,
    )
  })
}

/** Those of some suites that a pattern names which names nothing in the others. */
export function named(
  suites: readonly Suite[],
  patterns: readonly string[],
  others: readonly Suite[],
): readonly Suite[] {
  const elsewhere = idsOf(others)
  const left = patterns.filter((pattern) => wholeWords(pattern, elsewhere).length === 0)
  return suites.filter((suite) =>
    left.some((pattern) => wholeWords(pattern, idsOf([suite])).length > 0),
  )
}

/** The suites after selection, and the entries that `skip` and the budget have left out of them. */
export interface Selected {
  readonly suites: readonly Suite[]
  readonly skipped: readonly Entry[]
}

/**
 * Applies a selection. Suites without any entry are left out.
 *
 * @throws {UsageError} When a pattern selects nothing.
 */
export function select(
  suites: readonly Suite[],
  { only, levels = [], skip = [], budget }: Selection,
): Selected {
  const ids = idsOf(suites)
  const wanted = expanded(only, ids)
  const unwanted = expanded(skip, ids, '--skip')
  const isMeant = ({ requirement: { id, level } }: Entry) =>
    (only.length === 0 || wanted.some((prefix) => selects(prefix, id))) &&
    (levels.length === 0 || levels.includes(level))
  const isSkipped = (entry: Entry) =>
    unwanted.some((prefix) => selects(prefix, entry.requirement.id)) || isOver(entry, budget)
  const meant = kept(suites, isMeant)
  return {
    suites: kept(meant, (entry) => !isSkipped(entry)),
    skipped: meant.flatMap(({ entries }) => entries.filter((entry) => isSkipped(entry))),
  }
}

function isOver(entry: Entry, budget: Budget | undefined): boolean {
  return budget !== undefined && isCheck(entry) && !budget.within.includes(entry.requirement.id)
}

/** The suites with only the selected entries. @throws {UsageError} When a pattern selects nothing. */
export function selected(suites: readonly Suite[], only: readonly string[]): readonly Suite[] {
  return select(suites, { only }).suites
}

/** Every id of the suites, in their order. */
export function idsOf(suites: readonly Suite[]): string[] {
  return suites.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))
}

function kept(suites: readonly Suite[], keep: (entry: Entry) => boolean): Suite[] {
  return suites
    .map((suite) => ({ ...suite, entries: suite.entries.filter((entry) => keep(entry)) }))
    .filter(({ entries }) => entries.length > 0)
}

/** The id with the spelling nearest to the given one; for a prefix, the first id that it selects. */
export function nearestId(wrong: string, ids: readonly string[]): string {
  return ids.find((id) => selects(wrong, id)) ?? closest(wrong, [...ids])
}

/** An id that begins like the given one; otherwise the id, or `dialect/operation`, with the nearest spelling. */
export function nearest(wrong: string, ids: readonly string[]): string {
  const beginnings = ids.flatMap((id) => [id.split('/').slice(0, 2).join('/'), id])
  return beginnings.find((id) => id.startsWith(wrong)) ?? closest(wrong, [...new Set(beginnings)])
}
