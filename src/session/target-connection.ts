/** The connection of a session: how a target is reached, at what pace, and what is masked and noted. */

import { signerOf } from '../credentials/index.ts'
import type { secretsOf } from '../credentials/secrets.ts'
import { elbSpelling } from '../dialects/elb.ts'
import { slbSpelling } from '../dialects/slb.ts'
import { breaker } from '../exchange/circuit-breaker.ts'
import type { Connection } from '../exchange/connection.ts'
import { learning } from '../exchange/redact.ts'
import { pauseUnless } from '../exchange/retry.ts'
import { unansweredOf, type Limits, type Target } from '../target.ts'
import { firstOf } from '../wire/deadline.ts'
import { proxySecrets } from '../wire/proxy.ts'
import type { Wire } from '../wire/wire.ts'
import type { Journal } from './journal.ts'
import { Tokens } from './tokens.ts'

/** Limits that have no default: without them nothing is limited. */
type Unlimited = 'requestsPerSecond' | 'connections' | 'unanswered'

/** The limits of a target file, with the defaults filled in. */
export type SessionLimits = Required<Omit<Limits, Unlimited>> & Limits

/** What a connection needs beside the target. */
export interface ConnectionOptions {
  readonly wire: Wire
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly journal?: Journal
  /** Masked as well; those that this session is given are added. */
  readonly tokens?: Tokens
  readonly over?: AbortSignal
  readonly late?: AbortSignal
  readonly end?: AbortSignal
}

/** Puts a connection together from what the target file says and what the run brings. */
export function connectionTo(
  target: Target,
  { auth, tls, traffic }: ReturnType<typeof secretsOf>,
  limits: SessionLimits,
  { wire, environment, journal, tokens = new Tokens(), over, late, end }: ConnectionOptions,
): Connection {
  const spelling = target.dialect === 'elb' ? elbSpelling : slbSpelling
  const { redact, learn, learnSignature } = learning([
    ...auth.secrets,
    ...tls.secrets,
    ...traffic.secrets,
    ...proxySecrets(environment),
  ])
  tokens.each(learn)
  for (const signature of tokens.told.signatures) learnSignature(signature)
  const requestMilliseconds = limits.requestSeconds * 1000
  journal?.mask(redact)
  const own = breaker(unansweredOf(limits))
  return {
    name: target.name,
    endpoint: target.endpoint,
    wire,
    spelling,
    signer: signerOf(target, auth.values, {
      wire,
      requestMilliseconds,
      learn: (token) => tokens.add(token),
    }),
    redact,
    learnSignature: (signature) => {
      tokens.signed(signature)
      learnSignature(signature)
    },
    requestMilliseconds,
    patienceMilliseconds: limits.patienceSeconds * 1000,
    pace: paceOf(limits.requestsPerSecond),
    ...(journal ? { note: journal.note(spelling) } : {}),
    breaker: own,
    over: over ? firstOf(over, own.signal) : own.signal,
    ...(late ? { late } : {}),
    ...(end ? { end } : {}),
  }
}

/** Lets one request go each `1 / rate` seconds; at once when there is no rate. */
function paceOf(rate: number | undefined): Connection['pace'] {
  if (rate === undefined) return () => Promise.resolve()
  let next = -Infinity
  return async (over) => {
    const now = performance.now()
    next = Math.max(now, next + 1000 / rate)
    if (next > now) await pauseUnless(over, next - now)
    // A request that gives up frees its place: clean-up does not wait for those that are never sent.
    if (over?.aborted) next = Math.min(next, performance.now())
  }
}
