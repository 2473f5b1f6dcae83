/** What a target lists, as far as a sweep has to know it. */

/** One object of the target's. */
export interface TargetObject {
  /** In the vendor's words: `pools`, `VServerGroup`. */
  readonly kind: string
  /** As the journal knows it: `/pools/{id}`, `VServerGroup/{id}`. */
  readonly key: string
  readonly id: string
  /** Empty where it has none. */
  readonly name: string
  /** The id of the load balancer that it is on, where that is shown. */
  readonly on?: string
  /** The key of the object that it belongs to, where that is shown. */
  readonly parent?: string
  /** Keys of what it uses, or is used by, besides: a default pool and its listener, the pool of a policy. */
  readonly others?: readonly string[]
  /** A backend server of `slb` that runs may add: it stays where it is when a group goes, and loses nothing. */
  readonly isOfRuns?: true
  /** What it shows of that by which a creation is known, as `Creation.fields`. */
  readonly fields?: readonly string[]
}

/** A list that could not be read. */
export interface Unread {
  readonly kind: string
  /** The key of the object whose parts were to be listed; it cannot be removed without knowing them. */
  readonly of?: string
  readonly sentence: string
}

/** Everything that a target lists, in the order in which it can be removed, and what it does not list. */
export interface Listing {
  readonly objects: readonly TargetObject[]
  readonly unread: readonly Unread[]
}

/** How a sentence calls an object. */
export function called({ kind, name, id }: TargetObject): string {
  return name === '' ? `${kind} ${id}` : `${kind} ${id} (${name})`
}
