/** What `poolproof plan` does: estimates a run of a target. Sends nothing; with `--probe`, only reads. */

import { askable, isCheck, type Suite } from '../../check/check.ts'
import { UsageError } from '../../model.ts'
import { probe } from '../../session/probe.ts'
import { newRunId } from '../../session/run-names.ts'
import type { Session } from '../../session/session.ts'
import { runIdIn } from '../../session/run-names.ts'
import { assertNoOthers, loadBalancersOf } from '../../sweep/other-load-balancers.ts'
import type { Target } from '../../target.ts'
import { estimate, type Estimate, type StandIn } from './estimate.ts'

/** What `plan --json` prints. */
export interface Plan extends Estimate {
  readonly target: Pick<Target, 'name' | 'dialect' | 'endpoint'>
  /** Requirements that no exchange can show. */
  readonly unobservable: number
  /** The least time that the rate limit of the target file allows. */
  readonly seconds?: number
  /** What the probe found, one sentence each; absent when nothing was sent. */
  readonly probed?: readonly string[]
}

export interface PlanOptions {
  readonly target: Target
  /** With the selected requirements only. */
  readonly suites: readonly Suite[]
  /** Makes a server that replaces the target. */
  readonly standIn: (target: Target) => StandIn
  /** With it the target is probed: reads only. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/**
 * Estimates a run of one target.
 *
 * @throws {UsageError} When no requirement is selected, or a run would not start.
 * @throws {NoAnswer} When the target is probed and does not answer.
 */
export async function planTarget(options: PlanOptions): Promise<Plan> {
  const { target, suites, standIn, environment } = options
  const { name, dialect, endpoint, limits } = target
  const own = suites.filter((suite) => suite.dialect === dialect)
  const entries = own.flatMap((suite) => suite.entries)
  if (entries.length === 0) {
    throw new UsageError(`--only selects no requirement of ${dialect}, the dialect of ${name}.`)
  }
  const probed = environment ? await probeTarget(target, environment) : undefined
  const estimated = await estimate(standIn(target), own)
  const asked = askable(entries, { target, run: { id: '', seed: 1 } })
  const rate = limits?.requestsPerSecond
  return {
    target: { name, dialect, endpoint },
    ...estimated,
    unobservable: asked.filter((entry) => !isCheck(entry)).length,
    ...(rate === undefined ? {} : { seconds: estimated.total.requests / rate }),
    ...(probed === undefined ? {} : { probed }),
  }
}

async function probeTarget(
  target: Target,
  environment: NonNullable<PlanOptions['environment']>,
): Promise<string[]> {
  let found: string[] = []
  const further = async (session: Session) => {
    await assertNoOthers(session)
    found = await probeResult(session)
  }
  await probe(target, { id: newRunId(), seed: 1 }, environment, { further })
  return found
}

async function probeResult(session: Session): Promise<string[]> {
  const { name, given } = session.target
  const balancers = await loadBalancersOf(session)
  const earlier = balancers.filter((one) => runIdIn(one.name) !== undefined).length
  const lent = given.loadBalancerId
  const there = balancers.some(({ id }) => id === lent)
  return [
    `${name} answers, accepts the credentials and lists ${balancers.length} load balancer(s)` +
      `${earlier > 0 ? `, ${earlier} of earlier runs: poolproof sweep removes them` : ''}.`,
    ...(lent === undefined
      ? []
      : [`The lent load balancer ${lent} is ${there ? '' : 'not '}among them.`]),
  ].map((sentence) => session.connection.redact(sentence))
}
