/** One request before a run: does the target answer, in this dialect, and does it accept the credentials? */

import { elbRequest } from '../dialects/elb.ts'
import { errorCode, slbCall } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer, type Exchange } from '../model.ts'
import type { RunId } from './run-names.ts'
import { openSession, type Session } from './session.ts'
import type { Secret, Target } from '../target.ts'
import { networkWire } from './network-wire.ts'

/** Milliseconds. A target that does not answer at all is probably a mistake in the target file, so the wait is short. */
const mostPatience = 3_000

/**
 * Sends one harmless request.
 *
 * @param further - What else has to be asked before anything is created.
 * @param interrupted - Ends the wait.
 * @throws {NoAnswer} With what to do about it, when the target cannot be asked anything.
 */
export async function probe(
  target: Target,
  run: RunId,
  environment: Readonly<Record<string, string | undefined>>,
  further: (session: Session) => Promise<void> = () => Promise.resolve(),
  interrupted?: AbortSignal,
): Promise<void> {
  const { wire, close } = networkWire(target, 1, environment)
  try {
    const session = openSession(target, run, {
      wire,
      environment,
      ...(interrupted ? { over: interrupted } : {}),
    })
    const { connection } = session
    const patienceMilliseconds = Math.min(mostPatience, connection.patienceMilliseconds)
    const answer = await exchange({ ...connection, patienceMilliseconds }, 'look', question(target))
    if (!speaks(target, answer)) {
      throw new NoAnswer(
        `${target.name} answered ${answer.status}, but not in the words of the ${target.dialect} dialect.`,
      )
    }
    await further(session)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    throw new NoAnswer(`${error.message} ${advice(target)}`)
  } finally {
    await close()
  }
}

function question({ dialect }: Target) {
  return dialect === 'elb'
    ? elbRequest('GET', '/pools', undefined, [['limit', '1']])
    : slbCall('DescribeRegions', {})
}

function speaks({ dialect }: Target, { status, body }: Exchange): boolean {
  if (status >= 300 || typeof body !== 'object' || body === null) return false
  return dialect === 'elb' ? 'pools' in body : 'RequestId' in body && errorCode(body) === ''
}

function advice({ file, auth }: Target): string {
  const secrets = Object.values(auth as object).filter((value) => typeof value === 'object')
  const places = (secrets as Secret[]).map((secret) =>
    'env' in secret ? `${secret.env} in the environment` : secret.file,
  )
  const where = file ? `endpoint and auth in ${file}` : 'the endpoint'
  return `Nothing was asked. Check ${where}, and ${places.join(' and ')}.`
}
