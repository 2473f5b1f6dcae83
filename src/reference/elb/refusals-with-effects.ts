/** What an `elb` server changes although it refuses, and how refusals of one rule are told apart. */

import type { Call } from '../rule.ts'
import { isObject } from './body.ts'
import { poolOf } from './changes.ts'
import type { ElbStore } from './store.ts'

/** Notes the refusal on the pool that is named, or else on what was made last. */
export function noted(call: Call, store: ElbStore): void {
  const pool = poolOf(call, store) ?? [...store.pools.values()].at(-1)
  const place = pool ?? [...store.loadBalancers.values()].at(-1)
  if (place) place.description += ' Refused.'
}

/** Is everything that the path names an id by its form? */
export function isWellFormed({ parameters }: Call): boolean {
  return Object.values(parameters).every((id) =>
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id),
  )
}

export function isMalformed(call: Call): boolean {
  return !isWellFormed(call)
}

/** Of another project than the one that asks. */
export function isForeign(call: Call, store: ElbStore): boolean {
  const pool = poolOf(call, store)
  return pool !== undefined && pool.tenant_id !== call.project
}

/** The body of an update as it was sent, if it is an object. */
export function sentIn({ body }: Call): Readonly<Record<string, unknown>> | undefined {
  return isObject(body) ? body : undefined
}
