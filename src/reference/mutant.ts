/**
 * Faults made on purpose, and the functions that make one.
 *
 * A mutant is one small named value; each operation lists its own in an array next to its rules.
 */

import { lawfulTraffic, type TrafficChange } from './data-plane/rules.ts'
import { concerns, type Answer, type Behaviour, type Call, type Refusal } from './rule.ts'

/** One fault: what it breaks, and the mistake of a colleague that would cause it. */
export interface Mutant<Store> {
  /** Kebab-case, unique within its dialect. */
  readonly id: string
  /** The requirement that a target with this fault does not keep. */
  readonly breaks: string
  readonly story: string
  readonly mutate: Change<Store>
  /** Shows only on a server whose writes take a while to settle. */
  readonly settles?: true
  /** Shows only in traffic; `slowly`, only after minutes. */
  readonly carries?: true | 'slowly'
  /** What it does makes checks wait for seconds. */
  readonly takesLong?: true
  /** Why a check of another requirement finds it, where that is so. */
  readonly foundElsewhere?: string
}

/** A lawful difference: nothing may fail on it. */
export interface Variant<Store> {
  readonly id: string
  /** What the pages leave open, so that this is allowed. */
  readonly allowedBy: string
  /** Prefixes of the requirements that cannot be asked of it, since a fixture or a control is refused. */
  readonly unasked?: readonly string[]
  /** Shows only in traffic; `slowly`, only after minutes. */
  readonly carries?: true | 'slowly'
  /** What it does makes checks wait for seconds. */
  readonly takesLong?: true
  /** The ids of the variants that it has all at once. */
  readonly parts?: readonly string[]
  readonly change: Change<Store>
}

/** One server turned into another. */
export type Change<Store> = (behaviour: Behaviour<Store>) => Behaviour<Store>

/** A change of a rule that does not exist, or no longer exists. */
export class UnknownRule extends Error {
  override readonly name = 'UnknownRule'
}

/** Drops every rule that keeps the requirement. */
export function without<Store>(keeps: string): Change<Store> {
  return (behaviour) => {
    known(behaviour, keeps)
    return { ...behaviour, rules: behaviour.rules.filter((rule) => rule.keeps !== keeps) }
  }
}

/** Replaces the decision of a rule; `original` is what the rule itself would decide. */
export function deciding<Store>(
  keeps: string,
  decide: (call: Call, store: Store, original: Refusal | undefined) => Refusal | undefined,
): Change<Store> {
  return (behaviour) => {
    known(behaviour, keeps)
    const rules = behaviour.rules.map((rule) =>
      rule.keeps === keeps
        ? {
            ...rule,
            refuse: (call: Call, store: Store) => decide(call, store, rule.refuse(call, store)),
          }
        : rule,
    )
    return { ...behaviour, rules }
  }
}

/** Adds a rule that no page states, before all others. */
export function refusing<Store>(
  on: string,
  refuse: (call: Call, store: Store) => Refusal | undefined,
): Change<Store> {
  return (behaviour) => ({
    ...behaviour,
    rules: [{ keeps: 'nothing', on, refuse }, ...behaviour.rules],
  })
}

/** Wraps what a call does: `original` performs it as the reference would. */
export function performing<Store>(
  on: string | readonly string[],
  perform: (call: Call, store: Store, original: (call: Call) => Answer) => Answer,
): Change<Store> {
  return (behaviour) => {
    const effects = behaviour.effects.map((effect) =>
      concerns(on, effect.on)
        ? {
            ...effect,
            perform: (call: Call, store: Store) =>
              perform(call, store, (asked) => effect.perform(asked, store)),
          }
        : effect,
    )
    return { ...behaviour, effects }
  }
}

/** Changes how the data plane decides. */
export function carrying<Store>(change: TrafficChange): Change<Store> {
  return (behaviour) => ({ ...behaviour, traffic: change(behaviour.traffic ?? lawfulTraffic) })
}

/** Several changes, one after the other. */
export function together<Store>(...changes: readonly Change<Store>[]): Change<Store> {
  return (behaviour) => changes.reduce((changed, change) => change(changed), behaviour)
}

function known<Store>(behaviour: Behaviour<Store>, keeps: string): void {
  if (behaviour.rules.some((rule) => rule.keeps === keeps)) return
  throw new UnknownRule(`No rule keeps ${keeps}, so no mutant can change it.`)
}
