/** Removing what earlier runs left on a target: theirs, by journal and by name, and nothing else. */

import { keysIn, forced, standing, type Entry } from '../session/journal.ts'
import { UsageError, type NoAnswer } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget, SlbTarget } from '../target.ts'
import { elbBroom, elbLoadBalancers } from './elb.ts'
import { runIn, type Holding, type Swept } from './holdings.ts'
import { inRounds, type Broom } from './rounds.ts'
import { slbBroom, slbLoadBalancers } from './slb.ts'

/** What is swept: one run, or every run that named things as we do. */
export interface Dirt {
  readonly run?: string
  /** What the journals of the meant runs say about this target. */
  readonly journals: readonly (readonly Entry[])[]
  /** Runs to be left alone. */
  readonly except?: readonly string[]
}

/**
 * Removes what earlier runs made.
 *
 * @throws {NoAnswer} When the target cannot be asked what it holds.
 */
export async function sweep(
  session: Session,
  { run, journals, except = [] }: Dirt,
): Promise<Swept> {
  const there = journals.flatMap((one) => standing(one)).flatMap(({ key }) => key ?? [])
  const stuck = await released(
    session,
    journals.flatMap((one) => forced(one)),
  )
  const keys = new Set(journals.flatMap((one) => keysIn(one)))
  const marks = { keys, except, ...(run === undefined ? {} : { run }) }
  const { removed, left } = await inRounds(broomOf(session, there), marks, there)
  const { redact } = session.connection
  const told = (sentences: readonly string[]) => sentences.map((sentence) => redact(sentence))
  return { removed: told(removed), left: told([...stuck, ...left]) }
}

function broomOf(session: Session, noted: readonly string[]): Broom {
  return session.target.dialect === 'elb'
    ? elbBroom(session as Session<ElbTarget>)
    : slbBroom(session as Session<SlbTarget>, noted)
}

/** Load balancers that the operator's hook still holds: it is told to let go. */
async function released(session: Session, ids: readonly string[]): Promise<string[]> {
  const left: string[] = []
  for (const id of ids) {
    try {
      await session.setProvisioningStatus?.(id, 'ACTIVE')
    } catch (error) {
      left.push(`The load balancer ${id} may still be forced: ${(error as NoAnswer).message}`)
    }
  }
  return left
}

const mostNamed = 3

/**
 * Refuses to create load balancers where somebody else has some, unless the target file allows it.
 *
 * @throws {UsageError} Before anything is created.
 */
export async function assertOurs(session: Session): Promise<void> {
  const { target } = session
  if (target.given.loadBalancerId !== undefined || target.given.shared === true) return
  const found = await loadBalancersOf(session)
  const strangers = found.filter(({ name }) => runIn(name) === undefined)
  if (strangers.length === 0) return
  const some = strangers.slice(0, mostNamed).map(({ id, name }) => (name === '' ? id : name))
  const more = strangers.length > mostNamed ? ' and others' : ''
  throw new UsageError(
    `${target.name} holds ${strangers.length} load balancer(s) that no run made: ` +
      `${session.connection.redact(some.join(', '))}${more}. A run would create its own beside them. ` +
      `If that is meant, put "shared": true into given in ${target.file ?? 'the target file'}; ` +
      'or lend one of them as given.loadBalancerId.',
  )
}

/** All load balancers that a target lists. */
export function loadBalancersOf(session: Session): Promise<Holding[]> {
  return session.target.dialect === 'elb'
    ? elbLoadBalancers(session as Session<ElbTarget>)
    : slbLoadBalancers(session as Session<SlbTarget>)
}
