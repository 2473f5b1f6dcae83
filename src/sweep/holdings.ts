/** What a target holds, as far as a sweep has to know it. */

/** One object of the target's. */
export interface Holding {
  readonly kind: string
  /** As the journal knows it: `/pools/{id}`, `VServerGroup/{id}`. */
  readonly key: string
  readonly id: string
  readonly name: string
  /** The load balancer it belongs to, where it is told. */
  readonly on?: string
}

/** By what a sweep knows its own: the names of one run or of any, and what journals say. */
export interface Marks {
  readonly run?: string
  /** Runs whose names do not count. */
  readonly except: readonly string[]
  readonly keys: ReadonlySet<string>
}

/** What came of a sweep. */
export interface Swept {
  readonly removed: readonly string[]
  /** One sentence each. */
  readonly left: readonly string[]
}

const ours = /^poolproof-([0-9a-f]{8})-/

/** The run that gave something its name, or `undefined` when none of ours did. */
export function runIn(name: string): string | undefined {
  return ours.exec(name)?.[1]
}

/** Was it made by a run that is meant? */
export function isMarked({ run, except, keys }: Marks, { key, name }: Holding): boolean {
  if (keys.has(key)) return true
  const named = runIn(name)
  if (named === undefined || except.includes(named)) return false
  return run === undefined || run === named
}

/** How a sentence calls it. */
export function called({ kind, name, id }: Holding): string {
  return name === '' ? `${kind} ${id}` : `${kind} ${id} (${name})`
}
