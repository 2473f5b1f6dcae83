/** A target made ready to be asked: its connection, its hook, and the names of one run. */

import { secretsOf } from '../credentials/secrets.ts'
import type { Connection } from '../exchange/connection.ts'
import type { Feature } from '../model.ts'
import { defaultLimits, type Target } from '../target.ts'
import type { Ownership } from './ownership.ts'
import { ownershipOf } from './run-ownership.ts'
import {
  hookOf,
  journalledHook,
  plausibleHook,
  type HookTime,
  type SetProvisioningStatus,
} from './hooks.ts'
import type { Journal } from './journal.ts'
import { ReadLag } from './read-lag.ts'
import { Found } from './found.ts'
import { namesOf, type RunId } from './run-names.ts'
import { connectionTo, type ConnectionOptions, type SessionLimits } from './target-connection.ts'

/** One target for the length of one run. */
export interface Session<T extends Target = Target> {
  readonly target: T
  readonly run: RunId
  readonly connection: Connection
  readonly limits: SessionLimits
  /** A name with our prefix and the run's id, for objects that the run creates. */
  name(what: string): string
  offers(feature: Feature): boolean
  /** How far reads were seen to lag behind writes. */
  readonly reads: ReadLag
  /** What was observed of the target, besides what its profile says. */
  readonly found: Found
  /** What several checks need and one of them has asked for, by its name. */
  readonly shared: Map<string, Promise<unknown>>
  /** What is left on the target because that was wanted: a sentence without its full stop, by the key. */
  readonly kept: Map<string, string>
  /** Where creations are written down before they are asked for. */
  readonly journal?: Journal
  /** What this run made: nothing else is written to or removed. */
  readonly ownership: Ownership
  /** What backend servers on other machines are asked with, where the target names it. */
  readonly trafficSecret?: string
  /** The operator's hook, if the target has one. */
  readonly setProvisioningStatus?: SetProvisioningStatus
}

/** What a session needs beside the target and the run. */
export interface SessionOptions extends ConnectionOptions {
  /** Used instead of the target's own hook: a reference in the same process needs no command. */
  readonly setProvisioningStatus?: SetProvisioningStatus
}

/**
 * Makes a target ready to be asked.
 *
 * @throws {UsageError} When a variable that the target names for a secret is not set.
 */
export function openSession<T extends Target>(
  target: T,
  run: RunId,
  options: SessionOptions,
): Session<T> {
  const secrets = secretsOf(target, options.environment)
  const { secret } = secrets.traffic.values
  const limits = { ...defaultLimits, ...target.limits }
  const { journal } = options
  const offers = (feature: Feature) => target.profile?.[feature] ?? true
  const named =
    options.setProvisioningStatus ?? hookOf(target, options.wire, hookTime(limits, options))
  const hook = plausibleHook(journalledHook(named, journal))
  const ownership = ownershipOf(target, run, limits, journal)
  const connection = connectionTo(target, secrets, limits, options)
  const found = new Found()
  return {
    target,
    run,
    limits,
    ownership,
    connection: {
      ...connection,
      guard: ownership,
      sawLock: (milliseconds) => found.sawLock(milliseconds),
    },
    name: namesOf(run),
    offers,
    found,
    shared: new Map(),
    kept: new Map(),
    reads: new ReadLag(offers('delayedReads') ? limits.settleSeconds * 1000 : 0),
    ...(journal ? { journal } : {}),
    ...(hook ? { setProvisioningStatus: hook } : {}),
    ...(secret === undefined ? {} : { trafficSecret: secret }),
  }
}

function hookTime({ requestSeconds }: SessionLimits, { over, end }: SessionOptions): HookTime {
  return { requestSeconds, ...(over ? { over } : {}), ...(end ? { end } : {}) }
}
