/** Readings that an operator expects of a target: validated before a run, compared with what was seen after it. */

import { closest } from 'fastest-levenshtein'
import { isCheck, type Outcome, type Suite } from '../check/check.ts'
import { UsageError, type Requirement } from '../model.ts'
import { nearestId } from '../check/select.ts'
import type { Target } from '../target.ts'

/**
 * Refuses expected readings of unknown requirements, and unknown readings, before anything is sent.
 *
 * @throws {UsageError} Suggests the nearest id or name.
 */
export function checkPins(targets: readonly Target[], suites: readonly Suite[]): void {
  for (const { name, dialect, readings = {} } of targets) {
    const open = suites
      .filter((suite) => suite.dialect === dialect)
      .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
      .map(({ requirement }) => requirement)
      .filter((requirement) => Object.keys(requirement.readings ?? {}).length > 0)
    for (const [id, reading] of Object.entries(readings)) checkPin(name, id, reading, open)
  }
}

function checkPin(target: string, id: string, reading: string, open: readonly Requirement[]): void {
  const requirement = open.find((one) => one.id === id)
  if (!requirement) {
    const ids = open.map((one) => one.id)
    throw new UsageError(
      `The target file of ${target} expects a reading of ${id}, but no requirement with readings has this id. Did you mean ${nearestId(id, ids)}?`,
    )
  }
  const names = Object.keys(requirement.readings ?? {})
  if (names.includes(reading)) return
  throw new UsageError(
    `The target file of ${target} expects the reading "${reading}" of ${id}, but its readings are ${names.join(', ')}. Did you mean "${closest(reading, names)}"?`,
  )
}

/** The sentence about a target that follows another reading than the one pinned, or `undefined`. */
export function pinMismatch(
  seen: string | undefined,
  pinned: string | undefined,
  { id, readings = {} }: Pick<Requirement, 'id' | 'readings'>,
): string | undefined {
  if (pinned === undefined || seen === undefined || seen === pinned) return undefined
  return (
    `The target file expects the reading "${pinned}" (${readings[pinned] ?? ''}), and the target follows "${seen}" ` +
    `(${readings[seen] ?? ''}). Change the target, or pin ${id} to "${seen}".`
  )
}

/** What a check ended with, for whoever shows tests: a reading that is not the pinned one is a failure there, too. */
export function thrownAt(
  { thrown, reading }: Pick<Outcome, 'thrown' | 'reading'>,
  requirement: Pick<Requirement, 'id' | 'readings'>,
  { readings = {} }: Pick<Target, 'readings'>,
): Outcome['thrown'] {
  const message = pinMismatch(reading, readings[requirement.id], requirement)
  return thrown ?? (message === undefined ? undefined : { family: 'broken', message })
}
