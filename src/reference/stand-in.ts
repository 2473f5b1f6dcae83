/** A reference in place of a target, with which `plan` estimates the cost of a run. */

import type { GivenElb, Target } from '../target.ts'
import {
  reference,
  referenceEnvironment,
  referenceTarget,
  surroundingsOf,
  withoutHooks,
  type InProcess,
} from './embedded.ts'

/** How to reach it, and its target file. It has the hook if the real target has one. */
interface StandIn extends Partial<InProcess> {
  readonly wire: InProcess['wire']
  readonly target: Target
  readonly environment: Readonly<Record<string, string>>
}

/**
 * A new reference in place of a target: it has the target's profile, limits and hooks, lends the same
 * number of servers and addresses, and is asynchronous if the target is.
 */
export function standIn(target: Target): StandIn {
  const { name, dialect, limits, profile = {}, given } = target
  const asynchronousMilliseconds = profile.asynchronous === true ? settling : 0
  const traffic = given.traffic !== undefined
  const server = surroundingsOf(reference(dialect, { asynchronousMilliseconds, traffic }))
  const plain = referenceTarget(dialect, `http://${dialect}.reference.invalid`, {
    asynchronousMilliseconds,
    traffic,
  })
  const { requestsPerSecond: _unhurried, ...own } = limits ?? {}
  const standIn: unknown = {
    ...withoutHooks(plain),
    name,
    // Nothing here is late, so nothing has to be waited for.
    profile: { ...profile, delayedReads: false },
    limits: { ...own, pollSeconds: 0.01, lastingSeconds: 0.04 },
    auth: lentOf(plain.auth, target.auth),
    given: { ...asMany(plain, target), ...asTheyAre(given), ...trafficOf(plain) },
  }
  const { setProvisioningStatus, ...way } = server
  const hook = target.hooks?.setProvisioningStatus === undefined ? {} : { setProvisioningStatus }
  return { ...way, ...hook, target: standIn as Target, environment: referenceEnvironment }
}

/** Milliseconds: long enough for the settling to be seen. */
const settling = 20

/** Credentials of another project or account, and those that may only read, are included if the target names some. */
function lentOf(all: object, own: object): Record<string, unknown> {
  const lends = (prefix: string) => Object.keys(own).some((key) => key.startsWith(prefix))
  const missing = ['other', 'readOnly'].filter((prefix) => !lends(prefix))
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => !missing.some((prefix) => key.startsWith(prefix))),
  )
}

/** Traffic stays on loopback, whatever the target lends. */
function trafficOf({ given: { traffic } }: Target): Pick<Target['given'], 'traffic'> {
  return traffic ? { traffic } : {}
}

/** As many of the reference's own servers as the target lends of its own. */
function asMany(plain: Target, { given }: Target): Target['given'] {
  if (!('serverIds' in plain.given && 'serverIds' in given)) {
    const { certificateId: _own, ...rest } = plain.given as GivenElb
    return { ...rest, ...given }
  }
  const { serverIds, eniIds = [], ...rest } = plain.given
  return {
    ...rest,
    serverIds: serverIds.slice(0, given.serverIds.length),
    eniIds: eniIds.slice(0, given.eniIds?.length ?? 0),
  }
}

function asTheyAre({ loadBalancerId, shared }: Target['given']) {
  return {
    ...(loadBalancerId === undefined ? {} : { loadBalancerId }),
    ...(shared === undefined ? {} : { shared }),
  }
}
