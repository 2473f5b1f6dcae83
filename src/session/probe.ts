/** A request before a run: does the target answer, in this dialect, and does it accept the credentials? */

import { elbRequest } from '../dialects/elb.ts'
import { errorCode, slbCall } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import {
  Denied,
  Misconfigured,
  NoAnswer,
  UsageError,
  type Exchange,
  type HttpRequest,
  type RecordedExchange,
} from '../model.ts'
import { diagnose, mayExpectTls } from './misconfiguration.ts'
import type { RunId } from './run-names.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import { speaksTls } from './speaks-tls.ts'
import type { Target } from '../target.ts'
import { networkWire } from './network-wire.ts'

/** Milliseconds. A target that does not answer at all is probably a mistake in the target file, so the wait is short. */
const mostPatience = 3_000

/** What a caller of `probe` may want beside an answer. */
export interface ProbeOptions extends Pick<SessionOptions, 'tokens'> {
  /** What else has to be asked before anything is created. */
  readonly further?: (session: Session) => Promise<void>
  /** Ends the wait. */
  readonly interrupted?: AbortSignal | undefined
}

const nothingMore = () => Promise.resolve()

/**
 * Sends one harmless request; where a policy denies that to this user, another one.
 *
 * @throws {UsageError} When a secret is not set; then nothing was sent.
 * @throws {Misconfigured} When the operator has to correct something before the target can be asked.
 * @throws {NoAnswer} When the target cannot be asked now.
 */
export async function probe(
  target: Target,
  run: RunId,
  environment: Readonly<Record<string, string | undefined>>,
  { further = nothingMore, interrupted, tokens }: ProbeOptions = {},
): Promise<void> {
  const { wire, close } = networkWire(target, 1, environment)
  try {
    const session = openSession(target, run, {
      wire,
      environment,
      ...(interrupted ? { over: interrupted } : {}),
      ...(tokens ? { tokens } : {}),
    })
    await askOnce(session, (last) => {
      const isWorthIt = mayExpectTls(target, last) && interrupted?.aborted !== true
      return isWorthIt ? speaksTls(target, environment, mostPatience) : Promise.resolve(false)
    })
    await further(session).catch((error: unknown) => {
      throw error instanceof UsageError ? new Misconfigured(error.message) : error
    })
  } finally {
    await close()
  }
}

/** @param expectsTls - Asks whether the endpoint should begin with https. */
async function askOnce(
  { target, connection }: Session,
  expectsTls: (last: RecordedExchange | undefined) => Promise<boolean>,
): Promise<void> {
  const patienceMilliseconds = Math.min(mostPatience, connection.patienceMilliseconds)
  let last: RecordedExchange | undefined
  try {
    const patient = { ...connection, patienceMilliseconds }
    const ask = (request: HttpRequest) =>
      exchange(patient, 'look', request, (sent) => (last = sent))
    const [first, second] = questions(target)
    const answer = await ask(first).catch((error: unknown) => {
      if (error instanceof Denied) return ask(second)
      throw error
    })
    if (!speaks(target, answer)) {
      throw new NoAnswer(
        `${target.name} answered ${answer.status}, but not as the ${target.dialect} API does.`,
      )
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const { message: reason, refusedCredentials } = error
    const sent = last ? { exchange: last } : {}
    const tls = !refusedCredentials && (await expectsTls(last))
    const failed = { target, reason, refusedCredentials, speaksTls: tls, ...sent }
    const { sentence, isMistake } = diagnose(failed)
    const told = connection.redact(sentence)
    throw isMistake ? new Misconfigured(told) : new NoAnswer(told)
  }
}

/** The second one is for users whose rights do not include the first. */
function questions(target: Target): readonly [HttpRequest, HttpRequest] {
  if (target.dialect === 'slb') {
    const { region } = target.given
    return [
      slbCall('DescribeRegions', {}),
      slbCall('DescribeLoadBalancers', { RegionId: region, PageSize: '1' }),
    ]
  }
  const one = [['limit', '1']] as const
  return [
    elbRequest('GET', '/pools', undefined, one),
    elbRequest('GET', '/loadbalancers', undefined, one),
  ]
}

function speaks({ dialect }: Target, { status, body }: Exchange): boolean {
  if (status >= 300 || typeof body !== 'object' || body === null) return false
  if (dialect === 'elb') return 'pools' in body || 'loadbalancers' in body
  return 'RequestId' in body && errorCode(body) === ''
}
