/** A failure that a walk found: the same steps are taken again, and its exchanges answer. */

import type { JudgeAnswer, Outcome } from '../../check/check.ts'
import { drawnAt, type Drawn } from '../../check/drawn-walk.ts'
import { said } from '../../check/ending.ts'
import { inWords, takenOnce } from '../../check/one-walk.ts'
import { Tape } from '../../check/tape.ts'
import { namedWalk } from '../../check/walk-selection.ts'
import type { Walks } from '../../check/walk.ts'
import { Unarranged, type Draws } from '../../model.ts'
import type { Finding } from '../../report/report.ts'
import type { Session } from '../../session/session.ts'
import { inRecorded, type Ended } from './asked-again.ts'
import type { Circle } from './recorded-target.ts'

const walkPath = / --walk-path (\S+)$/

/** Does the finding say that a walk found it? */
export function isOfWalk({ verdict, repeat }: Finding): boolean {
  return (verdict === 'fail' || verdict === 'waived') && walkPath.test(repeat)
}

/** Takes the walk that the command of the finding names. */
export async function walkedAgain(
  walks: Walks,
  finding: Finding,
  circle: Circle,
  judge: JudgeAnswer,
): Promise<Ended> {
  const drawn = await drawnFor(walks, finding, circle)
  if (!drawn) {
    return { outcome: {}, missing: ['the command that repeats it names no walk that can be drawn'] }
  }
  return inRecorded(finding, circle, (session, draws) =>
    endOf(walks, finding.id, drawn, { session, draws, judge }),
  )
}

async function drawnFor(
  walks: Walks,
  { repeat }: Finding,
  { run }: Circle,
): Promise<Drawn | undefined> {
  const { dialect, number, path } = namedWalk(walkPath.exec(repeat)?.[1] ?? '') ?? {}
  if (dialect !== walks.dialect || number === undefined || !path) return undefined
  // fast-check refuses what leads nowhere; whoever wrote the report wrote the path, too.
  return drawnAt(walks, { number, seed: run.seed, path }).catch(() => undefined)
}

interface On {
  readonly session: Session
  readonly draws: Draws
  readonly judge: JudgeAnswer
}

async function endOf(
  walks: Walks,
  id: string,
  drawn: Drawn,
  { session, draws, judge }: On,
): Promise<Pick<Outcome, 'thrown'>> {
  const [loadBalancerId = ''] = draws.loadBalancers
  // Every dialect's load balancer has these; ports come from what was drawn.
  const on = { session, loadBalancer: { loadBalancerId, nextPort: () => 0 }, judge }
  const kept = { sent: [], cleanUps: [], tape: new Tape(loadBalancerId, draws.values) }
  try {
    const taken = await takenOnce(walks, drawn, false, on, kept)
    const { violation, unfinished } = taken
    if (violation) {
      const other = violation.requirement === id ? '' : `${violation.requirement} is broken: `
      return { thrown: { family: 'broken', message: `${other}${inWords(taken)}` } }
    }
    return unfinished === undefined ? {} : said({ error: new Unarranged(unfinished) }, session)
  } catch (error) {
    return said({ error }, session)
  }
}
