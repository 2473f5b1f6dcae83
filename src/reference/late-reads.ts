/** Reads that show for a while what was there before a write, as those of a replica do. */

import type { Change } from './mutant.ts'
import type { Behaviour, Call } from './rule.ts'

/** Which calls and effects only read, and how to keep what they show. */
export interface LateReads<Store> {
  isRead(call: Call, on: string): boolean
  /** Which reads are late; all of them where absent. */
  isLate?(call: Call): boolean
  /** What reads show, as it is now. */
  copied(store: Store): Store
  /** How late they are after each write, in turn. */
  readonly milliseconds: readonly number[]
}

/** A server whose reads follow its writes late. Writes are decided by what is there. */
export function readingLate<Store>(late: LateReads<Store>): Change<Store> {
  return (behaviour) => {
    const past = new Past(late)
    return { rules: rulesOf(behaviour, past, late), effects: effectsOf(behaviour, past, late) }
  }
}

/** What was there before each of the last writes. */
class Past<Store> {
  readonly #late: LateReads<Store>
  #states: { readonly until: number; readonly store: Store }[] = []
  #writes = 0

  constructor(late: LateReads<Store>) {
    this.#late = late
  }

  keep(store: Store, now: number): void {
    const { milliseconds, copied } = this.#late
    const lag = milliseconds[this.#writes % milliseconds.length] ?? 0
    this.#writes += 1
    this.#states.push({ until: now + lag, store: copied(store) })
  }

  /** What a read shows. */
  at(call: Call, store: Store): Store {
    if (this.#late.isLate?.(call) === false) return store
    this.#states = this.#states.filter(({ until }) => until > call.now)
    return this.#states[0]?.store ?? store
  }
}

function rulesOf<Store>(
  { rules }: Behaviour<Store>,
  past: Past<Store>,
  { isRead }: LateReads<Store>,
): Behaviour<Store>['rules'] {
  return rules.map((rule) => ({
    ...rule,
    refuse: (call: Call, store: Store) =>
      rule.refuse(call, isRead(call, '') ? past.at(call, store) : store),
  }))
}

function effectsOf<Store>(
  { effects }: Behaviour<Store>,
  past: Past<Store>,
  { isRead }: LateReads<Store>,
): Behaviour<Store>['effects'] {
  return effects.map((effect) => ({
    ...effect,
    perform: (call: Call, store: Store) => {
      if (isRead(call, effect.on)) return effect.perform(call, past.at(call, store))
      past.keep(store, call.now)
      return effect.perform(call, store)
    },
  }))
}
