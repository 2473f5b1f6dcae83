/** The end of a run on one target: deletes its load balancers, and whatever else may be left. */

import { sentencesOf } from '../session/journal-file.ts'
import { forced, standing, type Journal } from '../session/journal.ts'
import type { Lanes } from '../check/lanes.ts'
import type { Session } from '../session/session.ts'
import { sweep } from '../sweep/index.ts'

/** The result of the final clean-up. */
export interface CleanUpResult {
  /** What could not be removed, one sentence for each. */
  readonly leftovers: readonly string[]
  /** Was everything searched for? Then the leftovers of single checks no longer count. */
  readonly swept: boolean
}

/** Deletes the load balancers, sweeps what the journal does not record as removed, and checks what was lent. */
export async function finalCleanUp<LoadBalancer>(
  session: Session,
  lanes: Lanes<LoadBalancer>,
): Promise<CleanUpResult> {
  const { leftovers, swept } = await sweepJournalled(session, await lanes.close())
  const left = [...leftovers, ...(await lanes.changes())]
  return { leftovers: left.map((sentence) => session.connection.redact(sentence)), swept }
}

/** Searches for what may be left according to the journal, and removes it. */
async function sweepJournalled(session: Session, left: readonly string[]): Promise<CleanUpResult> {
  const { journal, run } = session
  if (!journal) return { leftovers: left, swept: false }
  const { entries } = journal
  const clean = standing(entries).length === 0 && forced(entries).length === 0
  const leftovers = clean ? left : await swept(session, run.id, entries)
  journal.close(leftovers.length > 0)
  return { leftovers, swept: true }
}

/** The session with the deadline of clean-up in place of that of questions. */
function forCleanUp({ connection, ...session }: Session): Session {
  const { over: _over, late: _late, ...open } = connection
  const { end } = open
  return { ...session, connection: { ...open, ...(end ? { over: end } : {}) } }
}

async function swept(
  session: Session,
  run: string,
  entries: Journal['entries'],
): Promise<readonly string[]> {
  try {
    return (await sweep(forCleanUp(session), { run, journals: [[...entries]] })).left
  } catch (error) {
    const { message } = error as Error
    return [...sentencesOf(standing(entries)), session.connection.redact(message)]
  }
}
