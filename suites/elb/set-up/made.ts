/** What the recipes of one collection have in common: how a creation is sent, and how its object is looked at. */

import { segment } from '../../../src/dialects/objects.ts'
import type { Exchange } from '../../../src/model.ts'
import { made } from '../../../fixtures/elb/wire-shapes.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import { readable } from '../response-rows.ts'

/** Sends a creation. What it makes is removed after the check. */
export function create(collection: string, key: string) {
  return (elb: ElbGround, _arranged: unknown, request: unknown): Promise<Exchange> =>
    elb.tryToCreate(collection, key, request)
}

/** The new object, as its GET shows it. */
export async function shown(
  elb: ElbGround,
  collection: string,
  key: string,
  answered: Exchange,
): Promise<unknown> {
  const { id } = made(answered, key, 'What was accepted')
  return readable((await elb.mustShow(`${collection}/${segment(id)}`)).body)
}

/** Everything on the load balancer. */
export function survey(elb: ElbGround): Promise<unknown> {
  return elb.survey()
}
