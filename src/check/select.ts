/** Selects requirements: all, or those that a prefix selects. */

import { closest } from 'fastest-levenshtein'
import type { Entry, Suite } from './check.ts'
import { UsageError } from '../model.ts'

/** Does a prefix select an id? Only whole words count: `elb/delete-pool` does not select `elb/delete-pools`. */
export function selects(prefix: string, id: string): boolean {
  const rest = id.startsWith(prefix) ? id.slice(prefix.length) : undefined
  return (
    rest !== undefined && (rest === '' || prefix.endsWith('/') || '/.'.includes(rest.charAt(0)))
  )
}

/**
 * The suites with only the selected entries. Suites without any are left out.
 *
 * @param only - Prefixes; an empty list selects everything.
 * @throws {UsageError} When a prefix selects nothing; suggests the nearest id.
 */
export function selected(suites: readonly Suite[], only: readonly string[]): Suite[] {
  const ids = suites.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))
  const lost = only.find((prefix) => !ids.some((id) => selects(prefix, id)))
  if (lost !== undefined) {
    throw new UsageError(
      `There is no requirement ${lost}, and none below it. Did you mean ${nearest(lost, ids)}? \`poolproof list\` shows all.`,
    )
  }
  const isSelected = ({ requirement }: Entry) =>
    only.length === 0 || only.some((prefix) => selects(prefix, requirement.id))
  return suites
    .map((suite) => ({ ...suite, entries: suite.entries.filter((entry) => isSelected(entry)) }))
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
