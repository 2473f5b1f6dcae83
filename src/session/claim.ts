/** One object that a run asked for, and what a look shows of it. */

import { now } from '../exchange/clock.ts'

/** One object that this run asked for. */
export interface Claim {
  readonly key: string
  /** Every name that this run gave it. None where it has no name. */
  readonly names: Set<string>
  /** The key of the object that it belongs to. */
  readonly parent?: string
  /**
   * `new`: no look has shown it yet. `ours`: a look has. `unsure`: a request may have taken it away since.
   * `gone`: it was removed, or a look has shown that it does not exist.
   */
  state: 'new' | 'ours' | 'unsure' | 'gone'
  /** When a look has shown it since the last write to it, in milliseconds of `now()`. */
  seenAt: number | undefined
  /** When it was asked for, or became known, in milliseconds of `now()`. */
  readonly since: number
  /** Since when it is `gone`, in milliseconds of `now()`. */
  goneAt?: number
  /** Was its removal, or that of what it belonged to, sent? Otherwise a look that shows nothing proves little. */
  removalSent?: true
  /** Was its removal accepted, whatever became of it? */
  removalAccepted?: true
}

/** What a look showed of one object. */
export type Shown =
  | { readonly is: 'ours' }
  | { readonly is: 'gone' }
  /** Another name, or none where there has to be one. */
  | { readonly is: 'foreign'; readonly name: string }
  | { readonly is: 'unknown'; readonly why: string }

/**
 * Did this run give it that name? A service may store a text in another of its normal forms (Unicode Annex 15), or without
 * the blanks at its ends.
 */
export function hasName({ names }: Claim, name: string): boolean {
  return names.has(name) || [...names].some((one) => isSameName(one, name))
}

/** Are they the same text to every reader? */
export function isSameName(one: string, other: string): boolean {
  return one === other || asRead(one) === asRead(other)
}

/** Blanks alone are left: they are not the same as no name. */
function asRead(text: string): string {
  const normal = text.normalize()
  return normal.trim() || normal
}

/** Is the first key the second one, cut off, made longer or in other case? Then a target may take it for that. */
export function isSpelling(asked: string, key: string): boolean {
  const [one, other] = [asked.toLowerCase(), key.toLowerCase()]
  return one.startsWith(other) || other.startsWith(one)
}

/** Some services answer like this for an object that no longer exists. */
export const hidesWhatIsGone = [400, 403]

export function claimOf(key: string, names: readonly string[], parent?: string): Claim {
  const state = 'new' as const
  const known = { key, names: new Set(names), state, seenAt: undefined, since: now() }
  return parent === undefined ? known : { ...known, parent }
}

/**
 * Has a look shown it since the last write to it, and not long ago? Others may rename it at any time, so what was
 * seen a while ago is not a reason to remove it.
 */
export function isFresh({ seenAt = -Infinity }: Claim): boolean {
  return now() - seenAt < mostOld
}

/** In milliseconds. Most objects are removed by the check that made them, within a second or two. */
const mostOld = 30_000
