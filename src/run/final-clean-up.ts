/** The end of a run on one target: its load balancers go, and whatever else may still be there. */

import { sentencesOf } from '../session/journal-file.ts'
import { forced, standing, type Journal } from '../session/journal.ts'
import type { Lanes } from '../check/lanes.ts'
import type { Session } from '../session/session.ts'
import { sweep } from '../sweep/index.ts'

/** What came of it. */
export interface Tidied {
  /** What could not be removed in the end, one sentence each. */
  readonly leftovers: readonly string[]
  /** Was everything looked for? Then what checks could not remove no longer counts. */
  readonly swept: boolean
}

/** Takes the lanes away, sweeps what the journal does not know to be gone, looks at what was lent. */
export async function tidied<LoadBalancer>(
  session: Session,
  lanes: Lanes<LoadBalancer>,
): Promise<Tidied> {
  const { leftovers, swept } = await journalled(session, await lanes.close())
  const left = [...leftovers, ...(await lanes.changes())]
  return { leftovers: left.map((sentence) => session.connection.redact(sentence)), swept }
}

/** What the journal says may still be there is looked for, and removed. */
async function journalled(session: Session, left: readonly string[]): Promise<Tidied> {
  const { journal, run } = session
  if (!journal) return { leftovers: left, swept: false }
  const { entries } = journal
  const clean = standing(entries).length === 0 && forced(entries).length === 0
  const leftovers = clean ? left : await swept(session, run.id, entries)
  journal.close(leftovers.length > 0)
  return { leftovers, swept: true }
}

/** The same target when the time for questions is over: looks are then part of the clean-up. */
function tidying({ connection, ...session }: Session): Session {
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
    return (await sweep(tidying(session), { run, journals: [[...entries]] })).left
  } catch (error) {
    const { message } = error as Error
    return [...sentencesOf(standing(entries)), session.connection.redact(message)]
  }
}
