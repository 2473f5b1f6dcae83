/** Joins a data plane to a reference: it follows each write of the API. */

import type { RawRequest, RawResponse, Reference } from '../server.ts'
import type { DataPlane, Frontend } from './configuration.ts'
import { lawfulTraffic, type TrafficRules } from './rules.ts'

/** Makes the data plane of one server from its rules. */
export type MakeDataPlane = (rules: TrafficRules) => DataPlane

/**
 * The reference with a data plane; without one, as it is.
 *
 * @param frontends - What its store says now.
 */
export function carryingTraffic(
  reference: Reference,
  make: MakeDataPlane | undefined,
  rules: TrafficRules | undefined,
  frontends: () => readonly Frontend[],
): Reference {
  if (!make) return reference
  const plane = make(rules ?? lawfulTraffic)
  const handle = (request: RawRequest): RawResponse => {
    const response = reference.handle(request)
    plane.follow(frontends())
    return response
  }
  return { ...reference, handle, close: () => plane.close() }
}

/** Addresses of load balancers that carry traffic: those of one server, and of servers in other processes, differ. */
export function loopbackAddress(random: () => number = Math.random): string {
  const part = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  return `127.${part(64, 127)}.${part(0, 255)}.${part(1, 254)}`
}

/** The network in which `loopbackAddress` lies. */
export const loopbackNetwork = '127.64.0.0/10'
