/** Effects of requests that an `elb` server refuses, and how refusals of one rule are distinguished. */

import { deciding, performing, together, type Mutant } from '../mutant.ts'
import { tooLateId, tooLateStory } from '../refusals-with-effects.ts'
import type { Answer, Call } from '../rule.ts'
import { isObject } from './body.ts'
import { withState, poolOf, serving } from './changes.ts'
import type { ElbStore } from './store.ts'

/** Writes on the pool of the path that a request was refused, or else on what was created last. */
export function noted(call: Call, store: ElbStore): void {
  const pool = poolOf(call, store) ?? [...store.pools.values()].at(-1)
  const place = pool ?? [...store.loadBalancers.values()].at(-1)
  if (place) place.description += ' Refused.'
}

/** Whether every id in the path has the form of an id. */
export function isWellFormed({ parameters }: Call): boolean {
  return Object.values(parameters).every((id) =>
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id),
  )
}

export function isMalformed(call: Call): boolean {
  return !isWellFormed(call)
}

/** Whether the pool belongs to another project than the request. */
export function isForeign(call: Call, store: ElbStore): boolean {
  const pool = poolOf(call, store)
  return pool !== undefined && pool.tenant_id !== call.project
}

/** The body of an update as it was sent, if it is an object. */
export function sentIn({ body }: Call): Readonly<Record<string, unknown>> | undefined {
  return isObject(body) ? body : undefined
}

/** Answers a path or method that has no route with a refusal, as it should, and notes it. */
export function refusesUnrouted(breaks: string, on: string, refusal: Answer): Mutant<ElbStore> {
  const mutate = serving(on, (call, store) => {
    noted(call, store)
    return refusal
  })
  return { id: tooLateId(breaks), breaks, story: tooLateStory, mutate }
}

/**
 * Refuses a second deletion, and notes it; an id that never existed is refused without effect.
 *
 * @param keeps - The requirement of the rule that refuses.
 */
export function refusesSecondDeletion(
  breaks: string,
  on: string,
  keeps: string,
  idOf: (call: Call) => string,
): Mutant<ElbStore> {
  const mutate = withState(() => {
    const gone = new Set<string>()
    return together(
      performing<ElbStore>(on, (call, _store, original) => {
        gone.add(idOf(call))
        return original(call)
      }),
      deciding<ElbStore>(keeps, (call, store, refusal) => {
        if (refusal && gone.has(idOf(call))) noted(call, store)
        return refusal
      }),
    )
  })
  return { id: tooLateId(breaks), breaks, story: tooLateStory, mutate }
}
