/** Removing in rounds: look, remove what is ours in its order, look again, until nothing moves. */

import { setTimeout as pause } from 'node:timers/promises'
import { NoAnswer } from '../model.ts'
import { called, isMarked, type Holding, type Marks, type Swept } from './holdings.ts'

/** How one dialect is swept. */
export interface Broom {
  /** All there is, in the order in which it can be removed. */
  holdings(isOurs: (one: Holding) => boolean): Promise<readonly Holding[]>
  /** Why it may not be removed although it is ours: what of others goes with it. */
  blocked(one: Holding, strangers: readonly Holding[]): string | undefined
  /** @returns why it is still there, or nothing when it is gone. */
  remove(one: Holding): Promise<string | undefined>
  /** What a journal's key stands for. */
  known(key: string): Holding | undefined
}

/** Rounds in which nothing could be removed, before the rest is given up. */
const mostIdleRounds = 3
/** Whatever a target says is gone and lists again is not asked for without end. */
const mostRounds = 20
const firstPause = 200

/**
 * Removes everything that is marked.
 *
 * @param standing - Keys of what journals say is there: tried even where no list shows it.
 */
export async function inRounds(
  broom: Broom,
  marks: Marks,
  standing: readonly string[],
): Promise<Swept> {
  const removed: Holding[] = []
  const tried = new Set<string>()
  let left = new Map<string, string>()
  const isOurs = (one: Holding) => isMarked(marks, one)
  for (let idle = 0, round = 0; idle < mostIdleRounds && round < mostRounds; round += 1) {
    const all = await broom.holdings(isOurs)
    const ours = all.filter((one) => isOurs(one))
    const unseen = unlisted(broom, standing, [...tried, ...ours.map(({ key }) => key)])
    const strangers = all.filter((one) => !isOurs(one))
    const gone: Holding[] = []
    left = await removeEach(broom, [...unseen, ...ours], strangers, gone)
    for (const { key } of gone) tried.add(key)
    removed.push(...gone.filter((one) => !unseen.includes(one)))
    if (left.size === 0 && gone.length === 0) break
    idle = gone.length > 0 ? 0 : idle + 1
    if (idle > 0) await pause(firstPause * 2 ** idle)
  }
  return { removed: [...new Set(removed.map((one) => called(one)))], left: [...left.values()] }
}

/** What only a journal knows of, last made first: lists may lag behind, or not be offered. */
function unlisted(
  broom: Broom,
  standing: readonly string[],
  seen: readonly string[],
): readonly Holding[] {
  const keys = standing.filter((key) => !seen.includes(key)).toReversed()
  return keys.map((key) => broom.known(key)).filter((one) => one !== undefined)
}

async function removeEach(
  broom: Broom,
  ours: readonly Holding[],
  strangers: readonly Holding[],
  gone: Holding[],
): Promise<Map<string, string>> {
  const left = new Map<string, string>()
  for (const one of ours) {
    const why = broom.blocked(one, strangers) ?? (await attempted(broom, one))
    if (why === undefined) gone.push(one)
    else left.set(one.key, `${called(one)} is still there: ${why}.`)
  }
  return left
}

async function attempted(broom: Broom, one: Holding): Promise<string | undefined> {
  try {
    return await broom.remove(one)
  } catch (error) {
    if (error instanceof NoAnswer) return `no answer came (${error.message.replace(/\.$/, '')})`
    throw error
  }
}
