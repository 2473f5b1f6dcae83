/** An operation that a project brings itself: the schema of its page, and how it is asked. Part of the library. */

import type { Exchange, Purpose } from '../../model.ts'
import type { Recipe } from './recipe.ts'

/** A request of `elb`, with a path that may begin with `/v2.0/lbaas`; or of `slb`, with its parameters. */
export type OwnRequest =
  | { readonly method: string; readonly path: string; readonly body?: unknown }
  | { readonly parameters: Readonly<Record<string, unknown>> }

/** What a recipe works with: one check on a load balancer of the target. */
export interface OwnGround {
  readonly loadBalancerId: string
  /** A name that no other object has. What is created must bear one, so that it can be removed. */
  name(what: string): string
  /** A port that no listener of this run has on the load balancer. */
  port(): number
  /** Sends the question. What it creates is removed after the check. */
  ask(request: OwnRequest): Promise<Exchange>
  /** Creates what must be there before, and removes it after the check. @returns the new object, or for a call the answer. */
  create(request: OwnRequest): Promise<Readonly<Record<string, unknown>>>
  /** Sends anything else. */
  send(purpose: Purpose, request: OwnRequest): Promise<Exchange>
  /** Everything on the load balancer, for a comparison. */
  everything(): Promise<unknown>
  /** Removes something after the check, also when it failed. */
  onCleanUp(remove: () => Promise<void>): void
}

/** An operation to be asked. */
export interface OwnOperation<Arranged = unknown> {
  /** The path of a schema that `poolproof extract --out` wrote. */
  readonly schema: string
  readonly recipe: Recipe<OwnGround, Arranged>
  /** Rows that cannot be asked, by what follows `request.` in their id (`listener.tenant_id.type`), and why. */
  readonly unasked?: Readonly<Record<string, string>>
  /** Paths in answers that the answers to the recipe's requests do not show, and why. */
  readonly unseen?: Readonly<Record<string, string>>
}
