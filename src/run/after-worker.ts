/** What a worker left that ended early: it is removed as its journal says, in this process. */

import { basename } from 'node:path'
import { removeIfPossible } from '../documents/directory.ts'
import { networkWire } from '../session/network-wire.ts'
import {
  journalsIn,
  leftoverSentences,
  unreadSentence,
  type ReadJournal,
} from '../session/journal-file.ts'
import { notRemovedIn } from '../session/journal.ts'
import { runTime } from '../session/run-deadline.ts'
import { openSession, type Session } from '../session/session.ts'
import type { RunId } from '../session/run-names.ts'
import { sweep } from '../sweep/index.ts'
import type { Tokens } from '../session/tokens.ts'
import { defaultLimits, type Target } from '../target.ts'

/** The run whose worker has ended. */
export interface EndedRun {
  readonly run: RunId
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The directory of journals. */
  readonly journal: string
  readonly tokens: Tokens
}

/** @returns what is left of the run on this target, one sentence for each. */
export async function sweepAfterWorker(target: Target, ended: EndedRun): Promise<string[]> {
  const { run, environment, journal, tokens } = ended
  const { read, unread } = await journalsIn(journal)
  const journals = read.filter(
    ({ heading }) => heading.run === run.id && heading.endpoint === target.endpoint,
  )
  const lost = unread
    .filter(({ file }) => basename(file) === `${run.id}-${target.name}.jsonl`)
    .map((one) => unreadSentence(one))
  const named = journals.flatMap(({ entries }) => leftoverSentences(notRemovedIn(entries)))
  if (journals.length === 0) return lost
  const { wire, close } = networkWire(target, 1, environment)
  const { cleanUpSeconds } = { ...defaultLimits, ...target.limits }
  const time = runTime({ runSeconds: cleanUpSeconds, cleanUpSeconds: 1 })
  try {
    const session = openSession(target, run, { wire, environment, tokens, ...time })
    return [...lost, ...(await swept(session, journals))]
  } catch (error) {
    return [...lost, ...named, (error as Error).message]
  } finally {
    await close()
  }
}

/** A journal is of no more use when all that it names was seen to be gone. */
async function swept(session: Session, journals: readonly ReadJournal[]): Promise<string[]> {
  const { left, unread, doubted } = await sweep(session, { run: session.run.id, read: journals })
  const all = [...left, ...unread, ...doubted]
  if (all.length === 0) for (const { file } of journals) removeIfPossible(file)
  return all
}
