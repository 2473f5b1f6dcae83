/** Which walks are taken, and the text that names one of them in a report. */

import type { Dialect } from '../model.ts'
import { walkInShard, type Shard } from './shard.ts'
import type { WalkOrder, WalkPath } from './walk.ts'

/** One walk as a report names it: `elb/3`, or `elb/3/0:2:1/AAE:V` for a shorter one drawn from it. */
export interface NamedWalk {
  readonly dialect: Dialect
  readonly number: number
  readonly path?: WalkPath
}

/** So many walks of each dialect, or only one. */
export interface WalkSelection {
  readonly count: number
  readonly only?: NamedWalk
  /** Only those of one shard. */
  readonly shard?: Shard
}

/** How many walks of each dialect a run takes unless stated otherwise. */
export const defaultWalks = 4

/** The walks of a dialect that are selected. */
export function ordersOf(
  { count, only, shard }: WalkSelection,
  dialect: Dialect,
  seed: number,
): readonly WalkOrder[] {
  if (!only) {
    const all = Array.from({ length: count }, (_, index) => ({ number: index + 1, seed }))
    return shard ? all.filter(({ number }) => walkInShard(number, shard)) : all
  }
  if (only.dialect !== dialect) return []
  return [{ number: only.number, seed, ...(only.path ? { path: only.path } : {}) }]
}

const pattern = /^(elb|slb)\/([1-9]\d{0,5})(?:\/(\d+(?::\d+)*)\/([\w+/]+:[\w+/]+))?$/

/** The walk that a text names, if it names one. */
export function namedWalk(text: string): NamedWalk | undefined {
  const [, dialect, number, shrinks, taken] = pattern.exec(text) ?? []
  if (dialect === undefined) return undefined
  return {
    dialect: dialect as Dialect,
    number: Number(number),
    ...(shrinks === undefined ? {} : { path: { shrinks, taken: taken ?? '' } }),
  }
}

/** The same as text. */
export function pathText({ dialect, number, path }: NamedWalk): string {
  const rest = path ? `/${path.shrinks}/${path.taken}` : ''
  return `${dialect}/${number}${rest}`
}
