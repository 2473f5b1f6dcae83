/** The end of a run on one target: deletes its load balancers, and everything else that may be left. */

import { dirname, relative } from 'node:path'
import { isLoadBalancer } from '../dialects/objects.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer } from '../model.ts'
import { leftoverSentences } from '../session/journal-file.ts'
import { forcedIn, notRemovedIn, type Journal, type Unremoved } from '../session/journal.ts'
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
  const { leftovers, swept } = await sweptByJournal(session, await lanes.close())
  const left = [...leftovers, ...(await lanes.changes())]
  return { leftovers: left.map((sentence) => session.connection.redact(sentence)), swept }
}

/** Removes what may be left. The journal stays as long as something that it names may still be there. */
async function sweptByJournal(session: Session, left: readonly string[]): Promise<CleanUpResult> {
  const { journal, run } = session
  if (!journal) return { leftovers: left, swept: false }
  if (journal.entries.length === 0) {
    journal.close(false)
    return { leftovers: left, swept: true }
  }
  const leftovers = await swept(session, run.id, journal.entries)
  journal.close(leftovers.length > 0 || session.kept.size > 0)
  return { leftovers: [...leftovers, ...keptIn(session)], swept: true }
}

/** The session with the deadline of clean-up in place of that of questions. */
function forCleanUp({ connection, ...session }: Session): Session {
  const { over: _over, late: _late, ...open } = connection
  const { end } = open
  return { ...session, connection: { ...open, ...(end ? { over: end } : {}) } }
}

/** What stays because that was wanted, and how to remove it. */
function keptIn({ kept, target, run, connection, journal }: Session): string[] {
  if (kept.size === 0) return []
  const file = target.file ?? 'FILE'
  const where = journal ? ` --journal ${relative('', dirname(journal.file)) || '.'}` : ''
  const command = `poolproof sweep --target ${file} --run ${run.id}${where}`
  const how = `Remove what was kept on ${target.name} with \`${command}\`.`
  return [...[...kept.values()].map((one) => `${connection.redact(one)}.`), how]
}

/**
 * What is not shown any more although nobody here has sent its removal: a target that has become blind answers the
 * same. That is said of load balancers, and of all that was made on one that is lent; the rest goes with what it is on.
 *
 * @param left - What is said to be left anyway.
 */
function vanished(
  { ownership, target }: Session,
  open: readonly Unremoved[],
  left: readonly string[],
): readonly string[] {
  return open.flatMap(({ kind, names: [name = ''], key = '' }) => {
    const { state, removalSent } = ownership.claim(key) ?? {}
    const counts = isLoadBalancer(kind) || target.given.loadBalancerId !== undefined
    if (!counts || state !== 'gone' || removalSent) return []
    if (left.some((one) => one.includes(key))) return []
    return [`${kind} ${name} is not shown any more, and this run has not removed it (${key}).`]
  })
}

/** Load balancers whose removal was accepted, and which neither a list nor a look has shown to be gone since. */
async function unconfirmed(
  session: Session,
  entries: Journal['entries'],
  left: readonly string[],
): Promise<readonly string[]> {
  const { objects } = session.ownership
  const made = notRemovedIn(entries.filter((entry) => !('removed' in entry)))
  const sentences: string[] = []
  for (const {
    kind,
    names: [name = ''],
    key,
  } of made) {
    if (key === undefined || !isLoadBalancer(kind) || left.some((one) => one.includes(key)))
      continue
    const request = objects.look(key)
    const answer = await exchange(forCleanUp(session).connection, 'clean-up', request).catch(
      noAnswer,
    )
    const isGone =
      answer && objects.shown(request, answer).some((one) => one.key === key && one.gone)
    if (isGone) continue
    sentences.push(
      `${kind} ${name} may still be there: its removal was accepted, and no look shows that it is gone (${key}).`,
    )
  }
  return sentences
}

function noAnswer(error: unknown): undefined {
  if (!(error instanceof NoAnswer)) throw error
}

/**
 * Lists that cannot be read say nothing against a run whose every object is known to be gone.
 *
 * @param entries - Grow while the sweep removes what is left.
 */
async function swept(
  session: Session,
  run: string,
  entries: Journal['entries'],
): Promise<readonly string[]> {
  try {
    const { left, unread, unreadKinds, notOurs } = await sweep(forCleanUp(session), {
      run,
      journals: [[...entries]],
      kept: new Set(session.kept.keys()),
    })
    // What this run made and somebody has renamed since is theirs to remove, but not to be found by chance.
    const renamed = notOurs.map((one) => `This run made ${one}`)
    const open = notRemovedIn(entries)
    const isThere = ({ key = '' }: Unremoved) => session.ownership.claim(key)?.state !== 'gone'
    const isOpen = open.some(isThere) || forcedIn(entries).length > 0
    const blind = unreadKinds.some(isLoadBalancer) ? await unconfirmed(session, entries, left) : []
    const named = [...left, ...renamed, ...vanished(session, open, left), ...blind]
    return [...named, ...(isOpen || blind.length > 0 ? unread : [])]
  } catch (error) {
    const { message } = error as Error
    return [...leftoverSentences(notRemovedIn(entries)), session.connection.redact(message)]
  }
}
