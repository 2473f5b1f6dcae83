/** One finding, asked again of its evidence. */

import { askAgain } from '../../check/ask-again.ts'
import type { Check, Outcome, Suite } from '../../check/check.ts'
import { inTimeOf } from '../../exchange/clock.ts'
import { RecordedAnswers } from '../../exchange/recorded-answers.ts'
import { requestIn } from '../../exchange/recorded-request.ts'
import { virtualClock } from '../../exchange/virtual-clock.ts'
import type { Draws, RecordedExchange } from '../../model.ts'
import { elbSpelling } from '../../dialects/elb.ts'
import { slbSpelling } from '../../dialects/slb.ts'
import type { Finding } from '../../report/report.ts'
import { replaySession, type LaneThen } from '../../session/replay-session.ts'
import { runIdIn, type RunId } from '../../session/run-names.ts'
import type { Session } from '../../session/session.ts'
import { isTooShort } from './obstacles.ts'
import type { Circle } from './recorded-target.ts'

/** How the check ends now, and what it asked for that the evidence does not have. */
export interface Ended {
  readonly outcome: Pick<Outcome, 'thrown' | 'reading' | 'seen'>
  readonly missing: readonly string[]
}

/** Asks the check of the last asking in the evidence. */
export async function endedAgain(
  check: Check,
  { fixtures }: Suite,
  { evidence, drawn = [], circumstances = {} }: Finding,
  circle: Circle,
): Promise<Ended> {
  return inRecorded({ evidence, drawn }, circle, (session, draws) =>
    askAgain({ check, fixtures, session, draws, circumstances }),
  )
}

/** Asks whatever the evidence is of: its last asking answers. */
export async function inRecorded(
  { evidence, drawn = [] }: Pick<Finding, 'evidence' | 'drawn'>,
  { target, run, seen }: Circle,
  ask: (session: Session, draws: Draws) => Promise<Ended['outcome']>,
): Promise<Ended> {
  const draws = drawn.at(-1) ?? { run: run.id, exchanges: 0, loadBalancers: [], values: {} }
  const spelling = target.dialect === 'elb' ? elbSpelling : slbSpelling
  const answers = new RecordedAnswers(onOwnLane(lastOf(evidence, draws), draws), (recorded) =>
    spelling.repeatable(requestIn(recorded, target.endpoint)),
  )
  const missing: string[] = []
  const replaying = { answers, missing: (sentence: string) => void missing.push(sentence) }
  const session = replaySession(target, run, seen, replaying, laneIn(draws, evidence, run))
  const outcome = await inTimeOf(virtualClock(), () => ask(session, draws))
  return { outcome, missing }
}

/** Lanes have names that this run gave; which one this is shows where it is looked at. */
function laneIn(
  { loadBalancers: [id] }: Draws,
  evidence: readonly RecordedExchange[],
  run: RunId,
): LaneThen | undefined {
  if (id === undefined) return undefined
  const shown = JSON.stringify(evidence).match(/poolproof-[0-9a-f]{8}-lb-\d{1,9}(?!\d)/g) ?? []
  return { id, names: [...new Set(shown)].filter((name) => runIdIn(name) === run.id) }
}

function lastOf(
  evidence: readonly RecordedExchange[],
  { exchanges }: Draws,
): readonly RecordedExchange[] {
  return exchanges === 0 ? [] : evidence.slice(-exchanges)
}

/** What another check has asked on its load balancer is asked again on that of this check. */
function onOwnLane(
  evidence: readonly RecordedExchange[],
  { loadBalancers: [own = '', ...others] }: Draws,
): readonly RecordedExchange[] {
  const known = others.filter((id) => !isTooShort(id))
  if (known.length === 0) return evidence
  const text = known.reduce((all, id) => all.replaceAll(id, own), JSON.stringify(evidence))
  return JSON.parse(text) as readonly RecordedExchange[]
}
