/** Removing in rounds: list, remove what is ours in its order, list again, until nothing more goes. */

import { isLoadBalancer } from '../dialects/objects.ts'
import { pauseUnless } from '../exchange/retry.ts'
import type { Ownership } from '../session/ownership.ts'
import { removeOurs, type NotRemoved } from '../session/removal.ts'
import type { Inventory } from './inventory.ts'
import { called, type Listing, type TargetObject } from './target-object.ts'

/** The result of the rounds. */
export interface Rounds {
  readonly removed: readonly TargetObject[]
  /** What is ours and still there, or may be. */
  readonly left: readonly (TargetObject & { readonly why: string })[]
  /** What a journal names that a look has shown to be somebody else's. */
  readonly notOurs: readonly (TargetObject & { readonly why: string })[]
  /** The last listing. */
  readonly listing: Listing
}

/** Rounds in which nothing could be removed, before the rest is given up. */
const mostIdleRounds = 3
/** For a target that lists something new again and again. */
const mostBusyRounds = 20
const longestPause = 2_000
/** Where something is listed that is said to be gone: each list of everything costs the target much. */
const longestLingeringPause = 10_000

/** How long a target is given. */
export interface Patience {
  /** The first pause before a list is asked for again; then they grow. */
  readonly pollMilliseconds: number
  /** How long it may go on listing what it says it has removed. */
  readonly settleMilliseconds: number
  /** When there is no more time at all. */
  readonly over?: AbortSignal | undefined
}

/** Told while the rounds go on: a sweep can end at any moment. */
export interface Progress {
  /** No list shows it any more, after its removal was accepted. */
  removed(one: TargetObject): void
  /** These were seen gone, whoever has removed them. */
  gone(keys: readonly string[]): void
}

/**
 * Removes everything that is ours.
 *
 * That a removal was accepted proves nothing: it counts once no list shows the object any more.
 *
 * @param isOurs - Judges what is listed; a look judges it again before it is removed.
 * @param noted - Keys of what journals say is there: looked at even where no list shows it.
 * @param progress - Told after each list.
 */
export async function removeInRounds(
  inventory: Inventory,
  ownership: Ownership,
  isOurs: (one: TargetObject) => boolean,
  noted: readonly string[],
  patience: Patience,
  progress?: Progress,
): Promise<Rounds> {
  const told = new Set<string>()
  const accepted = new Map<string, TargetObject>()
  const wait = new Waiting(patience)
  const refused = new Refused()
  let open = [...noted]
  let notOurs: Rounds['notOurs'] = []
  for (;;) {
    const listing = await inventory.list(isOurs)
    const listed = listing.objects.filter((one) => isOurs(one))
    for (const { key, name, parent } of listed) {
      const isNameless = name === '' && ownership.objects.mayBeNameless(key)
      ownership.adopt(key, isNameless ? [] : [name], parent)
    }
    const others = listing.objects.filter((one) => !listed.includes(one) && open.includes(one.key))
    notOurs = [...notOurs, ...others.map((one) => ({ ...one, why: 'it has another name' }))]
    const isListed = (key: string) => listing.objects.some((one) => one.key === key)
    // Lists can be late, or not offered. What was made last is removed first.
    const unlisted = open.filter((key) => !isListed(key)).toReversed()
    const lingering = listed.filter(({ key }) => accepted.has(key))
    const due = listed.filter(({ key }) => !accepted.has(key))
    const confirmed = [...accepted.values()].filter(
      ({ key, kind }) => !told.has(key) && !isListed(key) && isRead(kind, listing),
    )
    for (const { key } of confirmed) told.add(key)
    progress?.gone(confirmed.map(({ key }) => key))
    for (const one of confirmed) progress?.removed(one)
    const all = [...unlisted.map((key) => inventory.unlisted(key)), ...due]
    const { gone, left } = await refused.tried(all, (some) =>
      removeEach(inventory, ownership, some, { listing, isOurs }),
    )
    for (const one of gone) if (due.includes(one)) accepted.set(one.key, one)
    // That one look does not show it is little where its list cannot be read.
    const seenGone = gone.filter((one) => !due.includes(one) && isRead(one.kind, listing))
    progress?.gone(seenGone.map(({ key }) => key))
    const foreign = left.filter(({ is }) => is === 'foreign')
    notOurs = [...notOurs, ...foreign]
    const closed = new Set([...gone, ...foreign, ...others].map(({ key }) => key))
    open = open.filter((key) => !closed.has(key))
    const still = left.filter(({ is }) => is !== 'foreign')
    wait.saw(
      gone.some((one) => due.includes(one)),
      lingering.length > 0,
    )
    if (wait.isOver(still.length + lingering.length)) {
      const unlistedNow = [...accepted.values()].filter(
        ({ key }) => !lingering.some((one) => one.key === key),
      )
      const isSeen = ({ key, kind }: TargetObject) => told.has(key) || isRead(kind, listing)
      const unseen = unlistedNow.filter((one) => !isSeen(one))
      const doubtful = [
        ...lingering.map((one) => ({ ...one, why: stillListed })),
        ...unseen.map((one) => ({ ...one, why: notListed })),
      ]
      const removed = unlistedNow.filter((one) => isSeen(one))
      return { removed, left: [...still, ...doubtful], notOurs, listing }
    }
    await wait.pause()
  }
}

/** In milliseconds: for what may still come. It is named when it does not. */
const longestAwaited = 10_000

/** Removes, and again while something may still come, as long as writes of this target may take to be seen. */
export async function removeUntil(
  isWhole: () => boolean,
  { pollMilliseconds, settleMilliseconds, over }: Patience,
  remove: () => Promise<Rounds>,
): Promise<Rounds> {
  const most = Math.min(settleMilliseconds, longestAwaited)
  let all = await remove()
  for (let [waited, wait] = [0, pollMilliseconds]; !isWhole(); wait *= 2) {
    waited += wait
    if (waited > most || over?.aborted) break
    await pauseUnless(over, wait)
    const next = await remove()
    const removed = [...all.removed, ...next.removed]
    all = { ...next, removed, notOurs: [...all.notOurs, ...next.notOurs] }
  }
  return all
}

function isRead(kind: string, { unread }: Listing): boolean {
  return !unread.some((list) => list.kind === kind)
}

const notListed = 'its removal was accepted, and the list that would show it could not be read'
const stillListed = 'the target says that it is gone, and still lists it'

/** What is tried again only a few times while nothing goes: what it waits for may never go. */
class Refused {
  readonly #times = new Map<string, { readonly left: Left; readonly times: number }>()

  /** Tries to remove those that were not refused so often, and says of the others what was said of them last. */
  async tried(
    objects: readonly TargetObject[],
    remove: (objects: readonly TargetObject[]) => Promise<{ gone: TargetObject[]; left: Left[] }>,
  ): Promise<{ readonly gone: readonly TargetObject[]; readonly left: readonly Left[] }> {
    const isTried = ({ key }: TargetObject) => (this.#times.get(key)?.times ?? 0) >= mostIdleRounds
    const { gone, left } = await remove(objects.filter((one) => !isTried(one)))
    const passedOver = objects
      .filter(isTried)
      .flatMap(({ key }) => this.#times.get(key)?.left ?? [])
    if (gone.length > 0) this.#times.clear()
    for (const one of left) {
      this.#times.set(one.key, { left: one, times: (this.#times.get(one.key)?.times ?? 0) + 1 })
    }
    return { gone, left: [...left, ...passedOver] }
  }
}

/** When another round is worth it, and how long before it. */
class Waiting {
  readonly #patience: Patience
  #idle = 0
  #busy = 0
  #lingersSince: number | undefined

  constructor(patience: Patience) {
    this.#patience = patience
  }

  /** @param isLingering - Is something listed whose removal was accepted in an earlier round? */
  saw(wasRemoved: boolean, isLingering: boolean): void {
    this.#idle = wasRemoved ? 0 : this.#idle + 1
    this.#busy += Number(wasRemoved)
    this.#lingersSince = isLingering ? (this.#lingersSince ?? performance.now()) : undefined
  }

  /** @param left - How much is not gone. After the last removal one more list is needed. */
  isOver(left: number): boolean {
    const { over, settleMilliseconds } = this.#patience
    if (over?.aborted || this.#busy >= mostBusyRounds) return true
    if (this.#idle === 0) return false
    if (left === 0) return true
    if (this.#lingersSince === undefined) return this.#idle >= mostIdleRounds
    return performance.now() - this.#lingersSince >= settleMilliseconds
  }

  async pause(): Promise<void> {
    const { over, pollMilliseconds } = this.#patience
    if (this.#idle > 0) {
      const wait = pollMilliseconds * 2 ** (this.#idle - 1)
      const isLingering = this.#lingersSince !== undefined
      const longest = isLingering ? longestLingeringPause : longestPause
      await pauseUnless(over, Math.min(wait, Math.max(longest, pollMilliseconds)))
    }
  }
}

type Left = TargetObject & Pick<NotRemoved, 'is' | 'why'>

async function removeEach(
  inventory: Inventory,
  ownership: Ownership,
  objects: readonly TargetObject[],
  around: Parameters<typeof blocked>[1],
): Promise<{ gone: TargetObject[]; left: Left[] }> {
  const gone: TargetObject[] = []
  const left: Left[] = []
  for (const one of objects) {
    const why = blocked(one, around)
    const still: readonly Pick<NotRemoved, 'is' | 'why'>[] =
      why === undefined
        ? await removeOurs(ownership, [one.key], inventory.requests(one))
        : [{ is: 'refused', why }]
    if (still.length === 0) gone.push(one)
    left.push(...still.map(({ is, why: reason }) => ({ ...one, is, why: reason })))
  }
  return { gone, left }
}

/** Why something is not removed although it is ours: what belongs to it may be somebody else's. */
function blocked(
  { key, kind, id }: TargetObject,
  {
    listing: { objects, unread },
    isOurs,
  }: { readonly listing: Listing; readonly isOurs: (one: TargetObject) => boolean },
): string | undefined {
  const isBalancer = isLoadBalancer(kind)
  const stranger = objects.find(
    (one) =>
      one.key !== key &&
      !one.isOfRuns &&
      (one.parent === key || one.others?.includes(key) || (isBalancer && one.on === id)) &&
      !isOurs(one),
  )
  const how = stranger?.others?.includes(key) ? 'is linked with' : 'holds'
  if (stranger) return `it ${how} ${called(stranger)}, which no run made`
  const unseen = unread.find(({ of }) => of === key)
  return unseen && 'what it holds could not be listed'
}

/** What a person has to know of something that is left. */
export function leftSentence({ why, ...one }: TargetObject & { readonly why: string }): string {
  return `${called(one)} is still there, or may be: ${why}.`
}
