/** The model of a walk: the groups of one load balancer, and the servers that they must have. Nothing here is sent. */

import { isDeepStrictEqual } from 'node:util'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import { identity, type Server } from '../../../fixtures/slb/wire-shapes.ts'
import type { Watch } from '../../../src/check/walk.ts'

/** A VServer group, or the default group of the load balancer. */
export interface WalkedGroup {
  /** The id of a VServer group; the default group has that of its load balancer. */
  readonly id: string
  readonly kind: 'vserver' | 'default'
  /** How sentences call it: `group 1`, `the default group`. */
  readonly label: string
  readonly name: string
  gone: boolean
  /** The servers that it must have. */
  members: readonly Server[]
  /** Those among them that a call may have removed: the page leaves it open until a look shows it. */
  open: readonly Server[]
  /** Those that were removed. */
  removed: readonly Server[]
  /** The descriptions with which servers were added, each different, where the target shows each as that of its own. */
  readonly descriptions: ReadonlyMap<string, string>
  /** Those of servers that were never away: looks must show them. */
  described: ReadonlyMap<string, string>
}

/** Everything that a walk knows. */
export interface World {
  readonly slb: SlbGround
  readonly watch: Watch
  readonly groups: WalkedGroup[]
  /** What the load balancer has beside servers, as it was first shown. */
  balancer: unknown
  /** Request ids that were seen: no two answers have the same. */
  readonly requestIds: Set<string>
  readonly ending: Ending
}

/** How what is left in the end is removed from each group. */
export interface Ending {
  /** Which one is removed alone, before the others. */
  readonly alone: number
  readonly format: 'JSON' | 'XML'
}

/** Ports: one begins like another, and the first are frequent. */
export const ports = [80, 8080, 443, 8081]

/** Those that exist. */
export function existing({ groups }: World): readonly WalkedGroup[] {
  return groups.filter(({ gone }) => !gone)
}

export { identity } from '../../../fixtures/slb/wire-shapes.ts'

export function isSame(one: Server, other: Server): boolean {
  return identity(one) === identity(other)
}

export function isEqual(one: Server, other: Server): boolean {
  return isDeepStrictEqual(one, other)
}

/** What is known of servers, without some of them. */
export function withoutThose<Value>(
  known: ReadonlyMap<string, Value>,
  servers: readonly Server[],
): ReadonlyMap<string, Value> {
  const gone = servers.map((server) => identity(server))
  return new Map([...known].filter(([one]) => !gone.includes(one)))
}

/** `group 1 (3 servers)`. */
export function described({ label, members }: WalkedGroup): string {
  return `${label} (${members.length} server(s))`
}

/** The ids that the operator lends, as far as walks use them: the last of five is left to a check. */
export function lentIds({ slb }: World): readonly string[] {
  const { serverIds } = slb.context.session.target.given
  return serverIds.slice(0, Math.min(3, Math.max(1, serverIds.length - 1)))
}

/** Network interfaces, where some are lent and the target offers them: two at most. */
export function lentEnis({ slb }: World): readonly string[] {
  const { session } = slb.context
  return session.offers('eni') ? (session.target.given.eniIds ?? []).slice(0, 2) : []
}
