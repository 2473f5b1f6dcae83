/** Load balancers that no run made: a run does not create its own beside them unless that is allowed. */

import { UsageError } from '../model.ts'
import { onOneLine } from '../report/legible.ts'
import { runIdIn } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget, SlbTarget } from '../target.ts'
import { elbLoadBalancers } from './elb.ts'
import { slbLoadBalancers } from './slb.ts'
import type { TargetObject } from './target-object.ts'

const mostNamed = 3

/**
 * Refuses to create load balancers where somebody else has some, unless the target file allows it.
 *
 * @throws {UsageError} Before anything is created.
 * @throws {NoAnswer} When the target does not list its load balancers.
 */
export async function assertNoOthers(session: Session): Promise<void> {
  const { target } = session
  if (target.given.loadBalancerId !== undefined || target.given.shared === true) return
  const found = await loadBalancersOf(session)
  const others = found.filter(({ name }) => runIdIn(name) === undefined)
  if (others.length === 0) return
  const some = others.slice(0, mostNamed).map(({ id, name }) => (name === '' ? id : name))
  const more = others.length > mostNamed ? ' and others' : ''
  throw new UsageError(
    `${target.name} holds ${others.length} load balancer(s) that no run made: ` +
      `${onOneLine(session.connection.redact(some.join(', ')))}${more}. A run would create others beside them. ` +
      `If this is intended, set given.shared to true in ${target.file ?? 'the target file'}; ` +
      'or lend one of them as given.loadBalancerId.',
  )
}

/** All load balancers that a target lists. @throws {NoAnswer} When it does not list them. */
export function loadBalancersOf(session: Session): Promise<TargetObject[]> {
  return session.target.dialect === 'elb'
    ? elbLoadBalancers(session as Session<ElbTarget>)
    : slbLoadBalancers(session as Session<SlbTarget>)
}
