/** Removing what earlier runs left on a target: what journals and names show to be theirs, nothing else. */

import { exchange } from '../exchange/exchange.ts'
import { forcedIn, notRemovedIn, type Entry, type Unremoved } from '../session/journal.ts'
import { loadBalancerKey } from '../session/run-ownership.ts'
import { runIdIn } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget, SlbTarget } from '../target.ts'
import { elbInventory } from './elb.ts'
import type { Inventory } from './inventory.ts'
import { leftSentence, removeInRounds, type Patience } from './rounds.ts'
import { slbInventory } from './slb.ts'
import { called, type Listing, type TargetObject } from './target-object.ts'

/** What is to be swept: one run, or every run that named things as we do. */
export interface SweepScope {
  readonly run?: string
  /** What the journals of these runs say about this target. */
  readonly journals: readonly (readonly Entry[])[]
  /** Keys of what is to stay, with all that belongs to it. */
  readonly kept?: ReadonlySet<string>
  /** Runs to be left alone. */
  readonly except?: readonly string[]
}

/** The results of a sweep, one sentence each. */
export interface Swept {
  readonly removed: readonly string[]
  /** What is still there, or may be. */
  readonly left: readonly string[]
  /** Lists that could not be read. */
  readonly unread: readonly string[]
  /** What a journal names and somebody else owns: it is not touched. */
  readonly notOurs: readonly string[]
}

/** Removes what earlier runs made, after a look has shown that each object is theirs. */
export async function sweep(
  session: Session,
  { run, journals, except = [], kept = new Set() }: SweepScope,
): Promise<Swept> {
  const { ownership, connection } = session
  const isOurName = (name: string) => {
    const named = runIdIn(name)
    return named !== undefined && !except.includes(named) && (run === undefined || run === named)
  }
  ownership.accept(isOurName)
  const unremoved = journals
    .flatMap((one) => notRemovedIn(one))
    .filter(({ key = '', parent = '' }) => !kept.has(key) && !kept.has(parent))
  for (const { key, names, parent } of unremoved) {
    if (key !== undefined) ownership.adopt(key, names, parent)
  }
  const keys = unremoved.flatMap(({ key }) => key ?? [])
  const stuck = await released(session, [...new Set(journals.flatMap((one) => forcedIn(one)))])
  const isOurs = (one: TargetObject) =>
    !isKept(one, kept, session) &&
    (isOurName(one.name) ||
      ownership.claim(one.key)?.names.has(one.name) === true ||
      (one.name === '' && keys.includes(one.key)))
  const inventory = inventoryOf(session, keys)
  const { removed, left, notOurs, listing } = await removeInRounds(
    inventory,
    ownership,
    isOurs,
    keys,
    patienceOf(session),
  )
  const redacted = (sentences: readonly string[]) =>
    [...new Set(sentences)].map((one) => connection.redact(one))
  const open = [...left.map((one) => leftSentence(one)), ...unseen(unremoved, listing, session)]
  return {
    removed: redacted(removed.map((one) => called(one))),
    left: redacted([...stuck, ...open]),
    unread: redacted(listing.unread.map(({ sentence }) => sentence)),
    notOurs: redacted(notOurs.map((one) => `${called(one)}: ${one.why}.`)),
  }
}

function patienceOf({ limits, connection }: Session): Patience {
  const { pollSeconds, settleSeconds } = limits
  return {
    pollMilliseconds: pollSeconds * 1000,
    settleMilliseconds: settleSeconds * 1000,
    over: connection.over,
  }
}

/** Is it to stay: by itself, for what it belongs to, or for the load balancer that it is on? */
function isKept(
  { key, parent = '', on }: TargetObject,
  kept: ReadonlySet<string>,
  { target }: Session,
): boolean {
  if (kept.has(key) || kept.has(parent)) return true
  return on !== undefined && kept.has(loadBalancerKey(target, on))
}

/** What a journal names, and would be in a list that could not be read: not to find it alone proves little. */
function unseen(
  unremoved: readonly Unremoved[],
  { unread }: Listing,
  { ownership }: Session,
): string[] {
  return unremoved
    .filter(({ kind }) => unread.some((list) => list.kind === kind))
    .filter(({ key = '' }) => ownership.claim(key)?.removalAccepted !== true)
    .map(({ kind, names, key = 'no answer to its creation came' }) => {
      return `${[kind, ...names].join(' ')} may still be there (${key}).`
    })
}

function inventoryOf(session: Session, known: readonly string[]): Inventory {
  return session.target.dialect === 'elb'
    ? elbInventory(session as Session<ElbTarget>)
    : slbInventory(session as Session<SlbTarget>, known)
}

/** Load balancers that the operator's hook may still hold in a status: it is asked to release them. */
async function released(session: Session, ids: readonly string[]): Promise<string[]> {
  const left: string[] = []
  for (const id of ids) {
    const why = await notReleased(session, id)
    if (why !== undefined) left.push(`The load balancer ${id} may still be forced: ${why}`)
  }
  return left
}

async function notReleased(session: Session, id: string): Promise<string | undefined> {
  const { target, ownership, connection, setProvisioningStatus: hook } = session
  if (!hook) return 'the target file names no hook any more.'
  try {
    if (target.given.loadBalancerId !== id) {
      const key = loadBalancerKey(target, id)
      const shown = await ownership.look(key, (request) => exchange(connection, 'look', request))
      if (shown.is === 'gone') return undefined
      if (shown.is === 'unknown') return `${shown.why}.`
      if (shown.is === 'foreign') return 'it is called otherwise than any that a run made.'
    }
    await hook(id, 'ACTIVE')
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
