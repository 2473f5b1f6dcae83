/** Removing in rounds: list, remove what is ours in its order, list again, until nothing more goes. */

import { setTimeout as pause } from 'node:timers/promises'
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
/** For a target that lists again and again what it says it has removed. */
const mostRounds = 20
const firstPause = 200

/**
 * Removes everything that is ours.
 *
 * @param isOurs - Judges what is listed; a look judges it again before it is removed.
 * @param noted - Keys of what journals say is there: looked at even where no list shows it.
 * @param mostMilliseconds - The longest pause before a list is asked for again.
 */
export async function removeInRounds(
  inventory: Inventory,
  ownership: Ownership,
  isOurs: (one: TargetObject) => boolean,
  noted: readonly string[],
  mostMilliseconds: number,
): Promise<Rounds> {
  const removed = new Map<string, TargetObject>()
  let open = [...noted]
  let notOurs: Rounds['notOurs'] = []
  for (let idle = 0, round = 1; ; round += 1) {
    const listing = await inventory.list(isOurs)
    const listed = listing.objects.filter((one) => isOurs(one))
    for (const { key, name, parent } of listed) {
      ownership.adopt(key, name === '' ? [] : [name], parent)
    }
    const others = listing.objects.filter((one) => !listed.includes(one) && open.includes(one.key))
    notOurs = [...notOurs, ...others.map((one) => ({ ...one, why: 'it has another name' }))]
    const isListed = (key: string) => listing.objects.some((one) => one.key === key)
    // Lists can be late, or not offered. What was made last is removed first.
    const unlisted = open.filter((key) => !isListed(key)).toReversed()
    const all = [...unlisted.map((key) => inventory.unlisted(key)), ...listed]
    const { gone, left } = await removeEach(inventory, ownership, all, { listing, isOurs })
    for (const one of gone) if (listed.includes(one)) removed.set(one.key, one)
    const foreign = left.filter(({ is }) => is === 'foreign')
    notOurs = [...notOurs, ...foreign]
    const closed = new Set([...gone, ...foreign, ...others].map(({ key }) => key))
    open = open.filter((key) => !closed.has(key))
    const still = left.filter(({ is }) => is !== 'foreign')
    idle = gone.some((one) => listed.includes(one)) ? 0 : idle + 1
    const done = still.length === 0 && idle > 0
    if (done || idle >= mostIdleRounds || round >= mostRounds) {
      return { removed: [...removed.values()], left: still, notOurs, listing }
    }
    if (idle > 0) await pause(Math.min(firstPause * 2 ** idle, mostMilliseconds))
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
  const isBalancer = kind === 'loadbalancers' || kind === 'LoadBalancer'
  const stranger = objects.find(
    (one) =>
      one.key !== key &&
      // Servers of a default group have no name, and lose nothing when they are taken out.
      one.kind !== 'BackendServer' &&
      (one.parent === key || (isBalancer && one.on === id)) &&
      !isOurs(one),
  )
  if (stranger) return `it holds ${called(stranger)}, which no run made`
  const unseen = unread.find(({ of }) => of === key)
  return unseen && 'what it holds could not be listed'
}

/** What a person has to know of something that is left. */
export function leftSentence({ why, ...one }: TargetObject & { readonly why: string }): string {
  return `${called(one)} is still there, or may be: ${why}.`
}
