/** Removing what earlier runs left on a target: what journals and names show to be theirs, nothing else. */

import { isPrompt } from '../check/check.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer } from '../model.ts'
import type { ReadJournal } from '../session/journal-file.ts'
import { hasName, isSameName } from '../session/claim.ts'
import { forcedIn, notRemovedIn, type Entry, type Unremoved } from '../session/journal.ts'
import { loadBalancerKey } from '../session/run-ownership.ts'
import { runIdIn } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget, SlbTarget } from '../target.ts'
import { Awaiting } from './awaited.ts'
import { believedOf, type Believed } from './believed.ts'
import { clearedOf } from './cleared-journals.ts'
import { elbInventory } from './elb.ts'
import type { Inventory } from './inventory.ts'
import { Sightings } from './journal-account.ts'
import { loadBalancersOf } from './other-load-balancers.ts'
import { leftSentence, removeInRounds, removeUntil, type Patience, type Rounds } from './rounds.ts'
import { slbInventory } from './slb.ts'
import { called, type Listing, type TargetObject } from './target-object.ts'
import { unansweredIn } from './unanswered.ts'

/** What is to be swept: one run, or every run that named things as we do. */
export interface SweepScope {
  readonly run?: string
  /** What this process itself has noted of these runs on this target: all of it is believed. */
  readonly journals?: readonly (readonly Entry[])[]
  /** What journals in files say of this target: believed as far as names show it. */
  readonly read?: readonly ReadJournal[]
  /** Keys of what is to stay, with all that belongs to it. */
  readonly kept?: ReadonlySet<string>
  /** Runs to be left alone. */
  readonly except?: readonly string[]
  /** Told what was removed, one sentence each, as soon as a list shows it. */
  readonly removed?: (sentence: string) => void
  /** Told what was seen gone, and whether something of a journal was shown. */
  readonly gone?: (keys: readonly string[], isShown: (journal: ReadJournal) => boolean) => void
}

/** The results of a sweep, one sentence each. */
export interface Swept {
  readonly removed: readonly string[]
  /** What is still there, or may be. */
  readonly left: readonly string[]
  /** Lists that could not be read. */
  readonly unread: readonly string[]
  /** What they would hold, in the vendor's words: `pools`, `LoadBalancer`. */
  readonly unreadKinds: readonly string[]
  /** What a journal names and somebody else owns: it is not touched. */
  readonly notOurs: readonly string[]
  /** What a journal names, and nothing but the journal shows to be a run's: it is not touched. */
  readonly doubted: readonly string[]
  /** Journals in files of which nothing was shown: they may be of another account. */
  readonly unseen: readonly ReadJournal[]
  /** Journals in files of which nothing is left, as far as these credentials can see. */
  readonly cleared: readonly ReadJournal[]
}

/** Removes what earlier runs made, after a look has shown that each object is theirs. */
export async function sweep(
  session: Session,
  { run, journals = [], read = [], except = [], kept: wanted = new Set(), ...told }: SweepScope,
): Promise<Swept> {
  const shared = sharedServers(session, read, except)
  const kept = new Set([...wanted, ...shared])
  const { ownership, connection } = session
  const isOurName = (name: string) => {
    const named = runIdIn(name)
    return named !== undefined && !except.includes(named) && (run === undefined || run === named)
  }
  ownership.accept(isOurName)
  const noted = notedIn(session, journals, read, kept)
  for (const { key, names, parent } of noted.believed) {
    if (key !== undefined) ownership.adopt(key, names, parent)
  }
  for (const { key, own, parent } of noted.renamed) ownership.adopt(key, own, parent)
  const unremoved = [...noted.believed, ...noted.renamed]
  const keys = unremoved.flatMap(({ key }) => key ?? [])
  const stuck = await released(session, [...new Set(noted.forced)])
  const isInOurs = await renamedInOurs(session, noted, isOurName)
  const unanswered = unansweredIn(unremoved, (key) => ownership.claim(key) !== undefined)
  const isClaimed = ({ key, name }: TargetObject) => {
    const claim = ownership.claim(key)
    return claim !== undefined && hasName(claim, name)
  }
  const isOurs = (one: TargetObject) =>
    !isKept(one, kept, session) &&
    (isOurName(one.name) ||
      isClaimed(one) ||
      (one.name === '' && ownership.objects.mayBeNameless(one.key) && keys.includes(one.key)) ||
      unanswered.has(one.key) ||
      isInOurs(one))
  const parents = unremoved.flatMap(({ parent }) => parent ?? [])
  const all = inventoryOf(session, [...keys, ...parents])
  const sightings = new Sightings()
  const awaiting = new Awaiting(ownership, journals, read)
  const list: Inventory['list'] = async (judge) => {
    const listing = await all.list(judge)
    sightings.see(listing.objects)
    awaiting.see(listing)
    unanswered.see(listing.objects, judge)
    return listing
  }
  const inventory = { ...all, list }
  const patience = patienceOf(session)
  const remove = () =>
    removeInRounds(inventory, ownership, isOurs, keys, patience, {
      removed: (one) => told.removed?.(connection.redact(called(one))),
      gone: (gone) => told.gone?.(gone, (journal) => sightings.isOf(journal)),
    })
  const rounds = await removeUntil(() => awaiting.open.length === 0, patience, remove)
  const { removed, listing } = rounds
  const unknown = [...unanswered.doubtful, ...awaiting.open]
  const inUse = listing.objects
    .filter(({ key }) => shared.has(key))
    .map((one) => ({ ...one, why: 'a run in progress may have added it' }))
  const left = [...rounds.left, ...unknown, ...inUse]
  const redacted = (sentences: readonly string[]) =>
    [...new Set(sentences)].map((one) => connection.redact(one))
  const open = [...left.map((one) => leftSentence(one)), ...unseen(unremoved, listing, session)]
  const { notOurs, doubted } = untouched(rounds, noted)
  return {
    removed: redacted(removed.map((one) => called(one))),
    left: redacted([...stuck, ...open]),
    unread: redacted(listing.unread.map(({ sentence }) => sentence)),
    unreadKinds: listing.unread.map(({ kind }) => kind),
    notOurs: redacted(notOurs),
    doubted: redacted(doubted),
    unseen: read.filter((one) => !sightings.isOf(one)),
    cleared:
      stuck.length > 0
        ? []
        : clearedOf(read, { ...rounds, left: [...rounds.left, ...inUse] }, unknown, session),
  }
}

/**
 * Servers in the default group of the load balancer that is lent have no name: while another run is in progress,
 * nothing tells which of the two has added one.
 *
 * @param going - The runs in progress.
 */
function sharedServers(
  { target, ownership: { objects } }: Session,
  read: readonly ReadJournal[],
  going: readonly string[],
): ReadonlySet<string> {
  const { loadBalancerId } = target.given
  if (going.length === 0 || loadBalancerId === undefined) return new Set()
  const home = loadBalancerKey(target, loadBalancerId)
  const keys = read.flatMap(({ entries }) => notRemovedIn(entries)).flatMap(({ key }) => key ?? [])
  return new Set(
    keys.filter((key) => objects.kind(key) === 'BackendServer' && objects.parent(key) === home),
  )
}

/** All that journals name and that is not to stay. */
function notedIn(
  { ownership: { objects }, target }: Session,
  journals: readonly (readonly Entry[])[],
  read: readonly ReadJournal[],
  kept: ReadonlySet<string>,
): Believed {
  const goes = ({ key = '', parent = '' }: Unremoved) => !kept.has(key) && !kept.has(parent)
  const judged = read.map((one) => believedOf(one, objects, target))
  const own = journals.flatMap((one) => notRemovedIn(one))
  const believed = [...own, ...judged.flatMap((one) => one.believed)]
  return {
    believed: believed.filter((one) => goes(one)),
    renamed: judged.flatMap((one) => one.renamed).filter((one) => goes(one)),
    forced: [...journals.flatMap((one) => forcedIn(one)), ...judged.flatMap((one) => one.forced)],
    doubted: judged.flatMap((one) => one.doubted),
  }
}

/**
 * Tells whether something listed has a name that a journal says a run gave it, and is in something that is ours by
 * its own name. Only members of pools of ours are listed at all.
 */
async function renamedInOurs(
  session: Session,
  { renamed }: Believed,
  isOurName: (name: string) => boolean,
): Promise<(one: TargetObject) => boolean> {
  if (renamed.length === 0) return () => false
  const balancers = await loadBalancersOf(session).catch((error: unknown) => {
    if (error instanceof NoAnswer) return []
    throw error
  })
  const homes = new Set(balancers.filter(({ name }) => isOurName(name)).map(({ id }) => id))
  return ({ kind, key, name, on = '' }) =>
    renamed.some((one) => one.key === key && isNamed(one, name)) &&
    key !== loadBalancerKey(session.target, on || 'none') &&
    (kind === 'members' || homes.has(on))
}

function isNamed(one: Unremoved, name: string): boolean {
  return one.names.some((own) => isSameName(own, name)) || isNameless(one, name)
}

/** Was it created without a name, and has it none? */
function isNameless({ names }: Unremoved, name: string): boolean {
  return names.length === 0 && name === ''
}

/** What a journal names and is not ours; a doubt is said where that was the journal's word alone. */
function untouched(
  { notOurs }: Rounds,
  { renamed, doubted }: Believed,
): Pick<Swept, 'notOurs' | 'doubted'> {
  const doubts = new Map(renamed.map(({ key, doubt }) => [key, doubt]))
  return {
    notOurs: notOurs
      .filter(({ key }) => !doubts.has(key))
      .map((one) => `${called(one)}: ${one.why}.`),
    doubted: [...doubted, ...notOurs.flatMap(({ key }) => doubts.get(key) ?? [])],
  }
}

/** In seconds: what is still listed then, where the target file says that reads follow writes at once, stays. */
const longestWherePrompt = 10

function patienceOf({ limits, connection, target }: Session): Patience {
  const { pollSeconds, settleSeconds } = limits
  const settling = isPrompt(target) ? Math.min(settleSeconds, longestWherePrompt) : settleSeconds
  return {
    pollMilliseconds: pollSeconds * 1000,
    settleMilliseconds: settling * 1000,
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
      if (shown.is === 'foreign') return 'its name is not one that a run gives.'
    }
    await hook(id, 'ACTIVE')
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
