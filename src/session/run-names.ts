/** The id of a run, and the names made from it: they tell what a run created from everything else. */

import { randomBytes } from 'node:crypto'
import type { Strength } from '../model.ts'

/** What tells one run's objects from another's. */
export interface RunId {
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly seed: number
  /** How many circumstances of a check meet in all combinations; 1, a single draw, where absent. */
  readonly strength?: Strength
  /** May questions be put that take minutes? Then how many milliseconds a minute of the target has. */
  readonly minute?: number
}

/** Everything that a run creates has a name that begins with this. */
const prefix = 'poolproof'

/** A new run id. */
export function newRunId(): string {
  return randomBytes(4).toString('hex')
}

const given = /^poolproof-([0-9a-f]{8})-[0-9a-z]+-[1-9][0-9]*$/

/** The id of the run that gave a name, or `undefined` when no run of ours did. */
export function runIdIn(name: string): string | undefined {
  return given.exec(name)?.[1]
}

/** Gives names that no other object has: `poolproof-<run id>-<what>-<number>`. */
export function namesOf({ id }: RunId): (what: string) => string {
  let used = 0
  return (what) => `${prefix}-${id}-${what}-${(used += 1)}`
}

/** Ids of backend servers that do not exist begin with this; they look like real ones of `slb`. */
const absentServer = 'i-bp1poolproof'

/** The id of a backend server of `slb` that does not exist. @param index - From 0 to 99. */
export function absentServerId({ id }: RunId, index: number): string {
  return `${absentServer}${id.slice(0, 6)}${String(index).padStart(2, '0')}`
}

/** Did a run make up this id of a backend server? */
export function isAbsentServerId(id: string): boolean {
  return id.startsWith(absentServer)
}

/** The broadcast channel on which the main process tells the worker to end the run. */
export function stopChannelOf({ id }: RunId): string {
  return `${prefix}-${id}`
}
