/** Which requirement is broken when something is not as it must be after a step. */

import { idsIn, isFields, type Fields } from '../../../fixtures/elb/wire-shapes.ts'
import type { Ruling } from '../../../src/check/ruling.ts'
import { persistenceFaults } from './update-rules.ts'
import type { Difference } from './views.ts'
import { known, type Expected, type WalkedMember, type WalkedPool } from './world.ts'

/** The requirement that a difference breaks. */
export type Blame = (difference: Difference) => string

/** What an update met. */
export interface Updated {
  readonly pool: WalkedPool
  readonly sent: Fields
  /** The session persistence before the update. */
  readonly stored: Expected
  readonly wasOff: boolean
}

const update = (name: string) => `elb/update-pool/${name}`

/** After an update that was accepted. */
export function blameOfUpdate(updated: Updated): Blame {
  return (difference) => {
    const { pool, kind, view } = difference
    if (difference.isBack && kind === 'pool') return deletion('update-refused-afterwards')
    if (pool !== updated.pool) return update('only-that-pool')
    if (kind === 'member') return update('members-kept')
    if (kind === 'monitor') return update('health-monitor-kept')
    if (kind === 'policy') return update('listeners-kept')
    if (view === 'balancer') return update('load-balancer-kept')
    if (kind === 'field' && view === 'list') return update('persisted-in-list')
    return update(kind === 'field' ? fieldBlame(difference, updated) : 'persisted')
  }
}

const keptFields: Readonly<Record<string, string>> = {
  protocol: 'protocol-kept',
  tenant_id: 'tenant-kept',
  members: 'members-kept',
  healthmonitor_id: 'health-monitor-kept',
  listeners: 'listeners-kept',
  loadbalancers: 'load-balancer-kept',
  id: 'persisted',
}

function fieldBlame({ field = '', shown }: Difference, updated: Updated): string {
  const { sent } = updated
  const kept = keptFields[field]
  if (kept !== undefined) return kept
  if (field === 'session_persistence') return persistenceBlame(updated, shown)
  if (!(field in sent)) return `omitted-${field.replaceAll('_', '-')}`
  const value = sent[field]
  return typeof value === 'string' && !/^[\w.-]*$/.test(value) ? 'text-stored-as-sent' : 'persisted'
}

function persistenceBlame({ pool, sent, stored, wasOff }: Updated, shown: unknown): string {
  const before = known(stored)
  const asked = sent['session_persistence']
  if (asked === undefined) {
    return before === null ? 'omitted-session-persistence.off' : 'omitted-session-persistence'
  }
  if (!isFields(asked)) return 'session-persistence-null-disables'
  const was = isFields(before) ? before : undefined
  const fault = persistenceFaults({ sent: asked, stored: was, pool }, shown)
  if (fault === 'cookie_name') {
    return asked['type'] === 'APP_COOKIE' ? 'cookie-name-stored' : 'session-persistence-enabled'
  }
  if (wasOff && before === null) return 'session-persistence-enabled-again'
  return fault === 'persistence_timeout' ? 'timeout-changed' : 'session-persistence-enabled'
}

/** After an update that was refused: nothing may have changed. */
export function blameOfRefusedUpdate(pool: WalkedPool, { requirement }: Ruling): Blame {
  return (difference) => {
    if (difference.pool !== pool) return update('only-that-pool')
    return requirement.includes('session') ||
      requirement.includes('timeout') ||
      requirement.includes('cookie')
      ? update('partial-application-of-session-persistence')
      : update('partial-application')
  }
}

const deletion = (name: string) => `elb/delete-pool/${name}`

/** Why a pool must not be deleted, by what it still has; `undefined` when it may be. */
export function reasonToKeep({ members, monitor, policies }: WalkedPool): string | undefined {
  const [m, h, p] = [members.length > 0, monitor !== undefined, policies.length > 0]
  if (m && h && p) return deletion('all-three-first')
  if (m && h) return deletion('members-and-health-monitor-first')
  if (m && p) return deletion('members-and-forwarding-policies-first')
  if (h && p) return deletion('health-monitor-and-forwarding-policies-first')
  if (m) return deletion('members-first')
  if (h) return deletion('health-monitor-first')
  return p ? deletion('forwarding-policies-first') : undefined
}

/** After a deletion that was refused as it must be. */
export function blameOfRefusedDeletion(pool: WalkedPool, reason: string): Blame {
  return (difference) => (difference.pool === pool ? reason : deletion('only-that-pool'))
}

const goneViews: Readonly<Partial<Record<Difference['view'], string>>> = {
  list: 'gone-from-list',
  balancer: 'gone-from-load-balancer',
  tree: 'gone-from-status-tree',
}

/** After a deletion that was accepted. */
export function blameOfDeletion(pool: WalkedPool): Blame {
  return (difference) =>
    deletion(
      difference.pool === pool
        ? (goneViews[difference.view] ?? 'gone-from-show')
        : 'only-that-pool',
    )
}

const removal = (name: string) => `elb/remove-member/${name}`

/** After a removal that was accepted. */
export function blameOfRemoval(pool: WalkedPool, member: WalkedMember): Blame {
  return ({ pool: concerned, kind, view, isBack, field, shown }) => {
    if (isBack && kind === 'member') {
      if (view === 'tree') return removal('gone-from-status-tree')
      return removal(view === 'removed' ? 'gone-from-show' : 'gone-from-list')
    }
    if (concerned !== pool) {
      return removal(kind === 'member' ? 'same-address-in-other-pool' : 'pool-intact')
    }
    if (kind === 'member') return removal('only-that-member')
    if (kind === 'monitor') return removal('not-blocked-by-health-monitor')
    if (kind === 'policy') return removal('not-blocked-by-forwarding-policy')
    if (field !== 'members') return removal('pool-intact')
    return removal(idsIn(shown).includes(member.id) ? 'gone-from-pool' : 'only-that-member')
  }
}

/** After a step that is none of the operations under test; `undefined` where it may have done it itself. */
export function blameOfSetUp({ kind, isBack, field, view }: Difference): string | undefined {
  if (isBack && kind === 'pool') return deletion(goneViews[view] ?? 'gone-from-show')
  if (isBack && kind === 'member') return removal('gone-from-list')
  const own = ['name', 'description', 'lb_algorithm', 'session_persistence']
  return field !== undefined && own.includes(field) ? update('persisted') : undefined
}
