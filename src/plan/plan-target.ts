/** `poolproof plan`: a target file and the suites to what a run would do. Sends nothing, but reads if told to. */

import { isCheck, type Suite } from '../check/check.ts'
import { UsageError } from '../model.ts'
import { probe } from '../session/probe.ts'
import { newRunId } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import { runIdIn } from '../session/run-names.ts'
import { assertNoOthers, loadBalancersOf } from '../sweep/other-load-balancers.ts'
import type { Target } from '../target.ts'
import { rehearse, type Rehearsed, type Understudy } from './rehearse.ts'

/** What `plan --json` prints. */
export interface Plan extends Rehearsed {
  readonly target: Pick<Target, 'name' | 'dialect' | 'endpoint'>
  /** Requirements that no exchange can show. */
  readonly unobservable: number
  /** The least that the rate limit of the target file makes of it. */
  readonly seconds?: number
  /** What a look at the target said, one sentence each; absent when nothing was sent. */
  readonly probed?: readonly string[]
}

export interface PlanOptions {
  readonly target: Target
  /** Those that are meant. */
  readonly suites: readonly Suite[]
  /** What stands in for a target, made anew. */
  readonly understudy: (target: Target) => Understudy
  /** With it the target is looked at: reads only. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/**
 * Plans a run of one target.
 *
 * @throws {UsageError} When nothing is meant, or a run would refuse to begin.
 * @throws {NoAnswer} When the target was to be looked at, and does not answer.
 */
export async function planTarget(options: PlanOptions): Promise<Plan> {
  const { target, suites, understudy, environment } = options
  const { name, dialect, endpoint, limits } = target
  const own = suites.filter((suite) => suite.dialect === dialect)
  const entries = own.flatMap((suite) => suite.entries)
  if (entries.length === 0) {
    throw new UsageError(`--only selects nothing for ${name}, which speaks ${dialect}.`)
  }
  const probed = environment ? await looked(target, environment) : undefined
  const rehearsed = await rehearse(understudy(target), own)
  const rate = limits?.requestsPerSecond
  return {
    target: { name, dialect, endpoint },
    ...rehearsed,
    unobservable: entries.filter((entry) => !isCheck(entry)).length,
    ...(rate === undefined ? {} : { seconds: rehearsed.total.requests / rate }),
    ...(probed === undefined ? {} : { probed }),
  }
}

async function looked(
  target: Target,
  environment: NonNullable<PlanOptions['environment']>,
): Promise<string[]> {
  let said: string[] = []
  await probe(target, { id: newRunId(), seed: 1 }, environment, async (session) => {
    await assertNoOthers(session)
    said = await sayings(session)
  })
  return said
}

async function sayings(session: Session): Promise<string[]> {
  const { name, given } = session.target
  const balancers = await loadBalancersOf(session)
  const earlier = balancers.filter((one) => runIdIn(one.name) !== undefined).length
  const lent = given.loadBalancerId
  const there = balancers.some(({ id }) => id === lent)
  return [
    `${name} answers, takes the credentials and lists ${balancers.length} load balancer(s)` +
      `${earlier > 0 ? `, ${earlier} of earlier runs: poolproof sweep removes them` : ''}.`,
    ...(lent === undefined ? [] : [`The lent one, ${lent}, is ${there ? '' : 'not '}among them.`]),
  ].map((sentence) => session.connection.redact(sentence))
}
