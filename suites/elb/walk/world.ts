/** The model of a walk: the pools that exist, and how each must be shown. Nothing here is sent. */

import { memberFields, monitorFields, policyFields } from '../../../fixtures/elb/compared-fields.ts'
import type { Pool } from '../../../fixtures/elb/created.ts'
import type { Protocol } from '../../../fixtures/elb/bodies.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import {
  idsIn,
  sessionPersistenceIn,
  type Fields,
  type Named,
} from '../../../fixtures/elb/wire-shapes.ts'
import type { Watch } from '../../../src/check/walk.ts'

/** How a field must be shown: as one value, or as any for which the page leaves it open. */
export type Expected =
  | { readonly value: unknown }
  | { readonly lawful: (shown: unknown) => boolean; readonly among: string }

/** The fields of a pool that do not follow from what else exists. */
export const ownFields = [
  'tenant_id',
  'name',
  'description',
  'lb_algorithm',
  'admin_state_up',
  'session_persistence',
] as const

export type OwnField = (typeof ownFields)[number]

/** A backend server, with the fields that it was created with. */
export interface WalkedMember {
  readonly id: string
  readonly fields: Fields
}

/** A pool that the walk created. */
export interface WalkedPool {
  readonly id: string
  /** As its creation was answered. */
  readonly created: Pool
  /** How sentences call it: `pool 1`. */
  readonly label: string
  readonly protocol: Protocol
  gone: boolean
  readonly own: Record<OwnField, Expected>
  members: WalkedMember[]
  /** Those that were removed. */
  removed: WalkedMember[]
  monitor: Named | undefined
  policies: Named[]
  /** The listener whose default pool it is. */
  listener: string | undefined
  /** Was session persistence switched off, after it had been on? */
  wasOff: boolean
  /** Was its algorithm ever SOURCE_IP? The page does not say how weights are shown then, and afterwards. */
  hadSourceIp: boolean
}

/** What a pool has that keeps it from being deleted. */
export type Kind = 'members' | 'monitor' | 'policies'

/** Everything that a walk knows. */
export interface World {
  readonly elb: ElbGround
  readonly watch: Watch
  /** In which order the pools are cleared in the end. */
  readonly order: readonly Kind[]
  readonly pools: WalkedPool[]
  readonly listeners: Named[]
  /** Where forwarding policies are: an HTTP listener without a default pool. */
  policyListener: Named | undefined
  /** Pools that are not the walk's, as they were first listed. */
  strangers: Readonly<Record<string, Fields>> | undefined
  /** Views that this target does not offer. */
  readonly missingViews: Set<string>
}

export const anything: Expected = { lawful: () => true, among: 'anything' }

export function exactly(value: unknown): Expected {
  return { value }
}

/** The value that a field must have, where the model knows it. */
export function known(expected: Expected): unknown {
  return 'value' in expected ? expected.value : undefined
}

export function alive({ pools }: World): readonly WalkedPool[] {
  return pools.filter(({ gone }) => !gone)
}

/** A pool as its creation was answered. What the answer leaves out is learned from the first look. */
export function poolFrom(created: Pool, label: string): WalkedPool {
  const own = Object.fromEntries(
    ownFields.map((name) => [name, name in created ? exactly(ownValue(created, name)) : anything]),
  ) as Record<OwnField, Expected>
  return {
    id: created.id,
    created,
    label,
    protocol: created.protocol,
    gone: false,
    own,
    members: [],
    removed: [],
    monitor: undefined,
    policies: [],
    listener: undefined,
    wasOff: false,
    hadSourceIp: created['lb_algorithm'] === 'SOURCE_IP',
  }
}

/** One of the fields as it is compared. */
export function ownValue(shown: Fields, name: OwnField): unknown {
  return name === 'session_persistence' ? sessionPersistenceIn(shown[name]) : shown[name]
}

export function memberFrom(created: Fields & { readonly id: string }): WalkedMember {
  return { id: created.id, fields: picked(created, memberFields) }
}

export function monitorValues(shown: Fields): Fields {
  return picked(shown, monitorFields)
}

export function policyValues(shown: Fields): Fields {
  return picked(shown, policyFields)
}

export function memberValues(shown: Fields): Fields {
  return picked(shown, memberFields)
}

/** The fields that are there; null and left out are the same. */
function picked(shown: Fields, names: readonly string[]): Fields {
  const there = names.filter((name) => shown[name] !== undefined && shown[name] !== null)
  return Object.fromEntries(there.map((name) => [name, shown[name]]))
}

/** How each documented field of a pool must be shown. */
export function expectedOf(pool: WalkedPool, world: World): Readonly<Record<string, Expected>> {
  const attached = pool.listener === undefined ? [] : [pool.listener]
  const byPolicy = pool.policies.map((policy) => String(policy['listener_id']))
  const mayBeListed = new Set([...attached, ...byPolicy])
  return {
    id: exactly(pool.id),
    protocol: exactly(pool.protocol),
    ...pool.own,
    members: exactly(pool.members.map(({ id }) => id).toSorted()),
    healthmonitor_id: pool.monitor
      ? exactly(pool.monitor.id)
      : { lawful: (shown) => (shown ?? '') === '', among: 'no id' },
    loadbalancers: exactly([world.elb.loadBalancerId]),
    listeners: {
      // A listener may be associated with a pool by way of a forwarding policy.
      lawful: (shown) => {
        const ids = idsIn(shown)
        return attached.every((id) => ids.includes(id)) && ids.every((id) => mayBeListed.has(id))
      },
      among: `${JSON.stringify(attached)}, and at most those of its forwarding policies`,
    },
  }
}

/** `pool 1 (HTTP, 2 backend servers, health monitor)`. */
export function described({
  label,
  protocol,
  members,
  monitor,
  policies,
  listener,
}: WalkedPool): string {
  const parts = [
    protocol,
    ...(members.length > 0 ? [`${members.length} backend server(s)`] : []),
    ...(monitor ? ['health monitor'] : []),
    ...(policies.length > 0 ? [`${policies.length} forwarding policies`] : []),
    ...(listener === undefined ? [] : ['default pool of a listener']),
  ]
  return `${label} (${parts.join(', ')})`
}
