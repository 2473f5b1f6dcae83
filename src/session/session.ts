/** A target made ready to be asked: connection, hooks, and the names this run gives to things. */

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { parseArgsStringToArgv } from 'string-argv'
import { breaker } from '../exchange/circuit-breaker.ts'
import { signerOf } from '../credentials/index.ts'
import { secretsOf } from '../credentials/secrets.ts'
import { firstOf } from '../wire/deadline.ts'
import { elbSpelling } from '../dialects/elb.ts'
import { slbSpelling } from '../dialects/slb.ts'
import type { Spelling } from '../dialects/spelling.ts'
import type { Connection } from '../exchange/connection.ts'
import { Unarranged, type Feature } from '../model.ts'
import type { Journal } from './journal.ts'
import { pauseUnless } from '../exchange/retry.ts'
import { proxySecrets } from '../wire/proxy.ts'
import { learning, type Redact } from '../exchange/redact.ts'
import { defaultLimits, unansweredOf, type Limits, type Target } from '../target.ts'
import type { Wire } from '../wire/wire.ts'

/** What tells one run's objects from another's. */
export interface RunId {
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly seed: number
}

/** Of these a target file may say nothing, and nothing then holds. */
type Unlimited = 'requestsPerSecond' | 'connections' | 'unanswered'

/** One target for the length of one run. */
export interface Session<T extends Target = Target> {
  readonly target: T
  readonly run: RunId
  readonly connection: Connection
  readonly limits: Required<Omit<Limits, Unlimited>>
  /** A name with our prefix and the run's id, for whatever the run creates. */
  name(what: string): string
  offers(feature: Feature): boolean
  /** Where creations are written down before they are asked for. */
  readonly journal?: Journal
  /** The operator's hook, where there is one. */
  readonly setProvisioningStatus?: SetProvisioningStatus
}

export type SetProvisioningStatus = (loadBalancerId: string, status: string) => Promise<void>

/** What a run brings along beside the target. */
export interface Surroundings {
  readonly wire: Wire
  readonly environment: Readonly<Record<string, string | undefined>>
  /** In place of the target's own hook: a reference in the same process needs no command. */
  readonly setProvisioningStatus?: SetProvisioningStatus
  readonly journal?: Journal
  readonly over?: AbortSignal
  readonly late?: AbortSignal
  readonly end?: AbortSignal
}

/** Everything a run creates is named with this, so that it can be told from what others made. */
export const prefix = 'poolproof'

/** A fresh run id. */
export function newRunId(): string {
  return randomBytes(4).toString('hex')
}

/** The channel on which the main process says that the run shall end. */
export function channelOf({ id }: RunId): string {
  return `poolproof-${id}`
}

/**
 * Makes a target ready to be asked.
 *
 * @throws {UsageError} When a variable that the target names for a secret is not set.
 */
export function openSession<T extends Target>(
  target: T,
  run: RunId,
  around: Surroundings,
): Session<T> {
  const told = secretsOf(target, around.environment)
  const limits = { ...defaultLimits, ...target.limits }
  const { journal } = around
  const hook = journalled(around.setProvisioningStatus ?? hookOf(target, around.wire), journal)
  let named = 0
  return {
    target,
    run,
    limits,
    connection: connect(target, told, limits, around),
    name: (what) => `${prefix}-${run.id}-${what}-${(named += 1)}`,
    offers: (feature) => target.profile?.[feature] ?? true,
    ...(journal ? { journal } : {}),
    ...(hook ? { setProvisioningStatus: hook } : {}),
  }
}

/** What a run forces has to be released, also by the next one. */
function journalled(
  hook: SetProvisioningStatus | undefined,
  journal: Journal | undefined,
): SetProvisioningStatus | undefined {
  if (!hook || !journal) return hook
  return async (loadBalancerId, status) => {
    if (status !== 'ACTIVE') journal.forcing(loadBalancerId, status)
    await hook(loadBalancerId, status)
    if (status === 'ACTIVE') journal.forcing(loadBalancerId, status)
  }
}

function connect(
  target: Target,
  { auth, tls }: ReturnType<typeof secretsOf>,
  limits: Session['limits'] & Limits,
  { wire, environment, journal, over, late, end }: Surroundings,
): Connection {
  const spelling = target.dialect === 'elb' ? elbSpelling : slbSpelling
  const { redact, learn } = learning([
    ...auth.secrets,
    ...tls.secrets,
    ...proxySecrets(environment),
  ])
  const requestMilliseconds = limits.requestSeconds * 1000
  const own = breaker(unansweredOf(limits))
  return {
    name: target.name,
    endpoint: target.endpoint,
    wire,
    spelling,
    signer: signerOf(target, auth.values, { wire, requestMilliseconds, learn }),
    redact,
    requestMilliseconds,
    patienceMilliseconds: limits.patienceSeconds * 1000,
    pace: paceOf(limits.requestsPerSecond),
    ...(journal ? { note: journal.note(masked(spelling, redact)) } : {}),
    breaker: own,
    over: over ? firstOf(over, own.signal) : own.signal,
    ...(late ? { late } : {}),
    ...(end ? { end } : {}),
  }
}

/** Ids come from the target, and a journal is a file. */
function masked(spelling: Spelling, redact: Redact): Parameters<Journal['note']>[0] {
  return {
    ...spelling,
    made: (request, response) => spelling.made(request, response).map((key) => redact(key)),
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
    // Whoever gives up gives its turn back: clean-up does not wait for those that never go.
    if (over?.aborted) next = Math.min(next, performance.now())
  }
}

const hookMilliseconds = 30_000

/** The operator's own way to bring a load balancer out of ACTIVE, where the target names one. */
function hookOf({ hooks }: Target, wire: Wire): SetProvisioningStatus | undefined {
  const hook = hooks?.setProvisioningStatus
  if (hook === undefined) return undefined
  const use =
    typeof hook === 'object' && 'url' in hook ? requestHook(hook, wire) : commandHook(hook)
  return async (loadBalancerId, status) => {
    const filled: Filled = (text, spelled = (value) => value) =>
      text.replaceAll(/\{(loadbalancer_id|status)\}/g, (_, name) =>
        spelled(name === 'status' ? status : loadBalancerId),
      )
    await use(filled).catch((error: unknown) => {
      const { message } = error as Error
      throw new Unarranged(`The hook setProvisioningStatus failed: ${message.trim()}`)
    })
  }
}

/** A text with the id and the status put in, each as it is or spelled for where it goes. */
type Filled = (text: string, spelled?: (value: string) => string) => string

type UseHook = (filled: Filled) => Promise<void>

/** Run without a shell, its words filled in one by one: the ids come from the target. */
function commandHook(command: string | readonly string[]): UseHook {
  const words = typeof command === 'string' ? parseArgsStringToArgv(command) : command
  return async (filled) => {
    const [program = '', ...rest] = words.map((word) => filled(word))
    await promisify(execFile)(program, rest, { timeout: hookMilliseconds })
  }
}

function requestHook(
  { url, method = 'PUT' }: { url: string; method?: string },
  wire: Wire,
): UseHook {
  return async (filled) => {
    const address = filled(url, encodeURIComponent)
    const request = { method, url: address, path: new URL(address).pathname }
    const { status } = await wire(request, () => AbortSignal.timeout(hookMilliseconds))
    if (status >= 300) throw new Error(`${method} ${address} answered ${status}.`)
  }
}
