/** What walks found, joined with what checks found. Pure. */

import type { Outcome } from '../check/check.ts'
import type { Walked } from '../check/take-walk.ts'
import type { ReportedWalks } from '../report/report.ts'

/** A walk on one of the targets, by the target's name. */
export interface WalkOfTarget extends Walked {
  readonly target: string
}

/** The outcome of a requirement, and the walk that found it broken where no check did. */
export interface JoinedOutcome {
  readonly outcome: Outcome
  /** Names the walk: see `namedWalk`. */
  readonly path?: string
}

/**
 * A requirement that its check found kept is broken all the same when a walk found that.
 *
 * What the check found counts first: it is the shorter story.
 */
export function joined(
  outcome: Outcome,
  target: string,
  id: string,
  walked: readonly WalkOfTarget[],
): JoinedOutcome {
  const found = inOrder(walked).find(
    (walk) => walk.target === target && walk.violation?.requirement === id,
  )
  const family = outcome.thrown?.family
  if (!found?.violation || family === 'broken' || family === 'ours') return { outcome }
  const { message, exchanges, path, drawn } = found.violation
  const { reading: _reading, seen: _seen, circumstances: _at, ...rest } = outcome
  const thrown = { family: 'broken', message } as const
  return { outcome: { ...rest, thrown, exchanges, drawn: [drawn] }, path }
}

/** How many walks each target took, and why some ended early. */
export function summedUp(walked: readonly WalkOfTarget[]): readonly ReportedWalks[] {
  const targets = [...new Set(walked.map(({ target }) => target))].toSorted()
  return targets.map((target) => {
    const own = inOrder(walked).filter((walk) => walk.target === target)
    const sum = (of: (walk: Walked) => number) => own.reduce((all, walk) => all + of(walk), 0)
    return {
      target,
      taken: own.length,
      steps: sum(({ steps }) => steps),
      requests: sum(({ requests }) => requests),
      unfinished: own.flatMap(({ number, unfinished }) =>
        unfinished === undefined ? [] : [`Walk ${number} ended early: ${unfinished}`],
      ),
    }
  })
}

function inOrder(walked: readonly WalkOfTarget[]): readonly WalkOfTarget[] {
  return walked.toSorted((one, other) => one.number - other.number)
}
