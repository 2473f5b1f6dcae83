/** Load balancers that no run made: a run does not create its own beside them unless that is allowed. */

import { exchange } from '../exchange/exchange.ts'
import { NoAnswer, UsageError } from '../model.ts'
import { onOneLine } from '../report/legible.ts'
import { runIdIn } from '../session/run-names.ts'
import { runsInProgress } from '../session/runs-in-progress.ts'
import { isSameEndpoint } from '../session/same-endpoint.ts'
import { loadBalancerKey } from '../session/run-ownership.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget, SlbTarget, Target } from '../target.ts'
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
  assertAlone(target)
  await assertWrittenAsShown(session)
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

/**
 * Servers in the default group of an `slb` load balancer have no name: two runs on one would take them from each other.
 *
 * @throws {UsageError} When another run of this user is in progress on the load balancer that is lent.
 */
function assertAlone({ name, dialect, endpoint, given }: Target): void {
  const { loadBalancerId } = given
  if (dialect !== 'slb' || loadBalancerId === undefined) return
  const other = runsInProgress().find(
    (one) => one.lent === loadBalancerId && isSameEndpoint(one.endpoint, endpoint),
  )
  if (!other) return
  throw new UsageError(
    `The run ${other.run} is in progress on the load balancer ${loadBalancerId} that is lent to ${name}. Backend ` +
      'servers in its default group have no name, so that two runs would take them from each other. ' +
      'Wait until it has ended, or lend another load balancer.',
  )
}

/**
 * Some services find an id in any case, and show it in one: everything on the load balancer would seem to be on another.
 *
 * @throws {UsageError} When the load balancer that is lent is shown with its id in other case.
 */
async function assertWrittenAsShown({ target, connection, ownership }: Session): Promise<void> {
  const { loadBalancerId } = target.given
  if (loadBalancerId === undefined) return
  const { objects } = ownership
  const key = loadBalancerKey(target, loadBalancerId)
  const request = objects.look(key)
  const answer = await exchange(connection, 'look', request).catch((error: unknown) => {
    // Whether the load balancer can be used is asked later.
    if (!(error instanceof NoAnswer)) throw error
  })
  const shown = answer ? objects.shown(request, answer) : []
  const other = shown.find((one) => one.key !== key && one.key.toLowerCase() === key.toLowerCase())
  if (!other) return
  const [id = ''] = objects.ids(other.key)
  throw new UsageError(
    `${target.name} shows the load balancer ${loadBalancerId} with the id ${onOneLine(connection.redact(id))}. ` +
      `Write given.loadBalancerId like that in ${target.file ?? 'the target file'}.`,
  )
}

/** All load balancers that a target lists. @throws {NoAnswer} When it does not list them. */
export function loadBalancersOf(session: Session): Promise<TargetObject[]> {
  return session.target.dialect === 'elb'
    ? elbLoadBalancers(session as Session<ElbTarget>)
    : slbLoadBalancers(session as Session<SlbTarget>)
}
