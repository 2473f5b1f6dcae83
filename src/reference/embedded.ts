/** The reference as a target, on loopback or in the same process, with all a target file would say. */

import type { Dialect } from '../model.ts'
import type { ElbTarget, SlbTarget, Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { elbReference, referenceProjects } from './elb/reference.ts'
import type { Reference } from './server.ts'
import { referenceAccounts, referenceRegion, referenceServers, slbReference } from './slb/index.ts'

/** How a reference should behave. */
export interface ReferenceOptions {
  /** 0, or how long writes take to settle. */
  readonly asynchronousMilliseconds: number
}

/** The secrets that the built-in targets name, for the environment of a run. They protect nothing. */
export const referenceEnvironment: Readonly<Record<string, string>> = {
  POOLPROOF_REFERENCE_TOKEN: referenceProjects[0].token,
  POOLPROOF_REFERENCE_OTHER_TOKEN: referenceProjects[1].token,
  POOLPROOF_REFERENCE_KEY_ID: referenceAccounts[0].accessKeyId,
  POOLPROOF_REFERENCE_KEY_SECRET: referenceAccounts[0].accessKeySecret,
  POOLPROOF_REFERENCE_OTHER_KEY_ID: referenceAccounts[1].accessKeyId,
  POOLPROOF_REFERENCE_OTHER_KEY_SECRET: referenceAccounts[1].accessKeySecret,
}

/** A reference server of a dialect, as the pages describe it. */
export function reference(
  dialect: Dialect,
  { asynchronousMilliseconds }: ReferenceOptions,
): Reference {
  return dialect === 'elb'
    ? elbReference({ asynchronousMilliseconds })
    : slbReference({ asynchronousMilliseconds })
}

/** What a target file says about a reference that listens at an endpoint. */
export function referenceTarget(
  dialect: Dialect,
  endpoint: string,
  options: ReferenceOptions,
): Target {
  return dialect === 'elb' ? elbTarget(endpoint, options) : slbTarget(endpoint, options)
}

function elbTarget(endpoint: string, { asynchronousMilliseconds }: ReferenceOptions): ElbTarget {
  const hookUrl = `${endpoint}/_reference/loadbalancers/{loadbalancer_id}/provisioning_status/{status}`
  return {
    name: 'reference-elb',
    dialect: 'elb',
    endpoint,
    auth: {
      token: { env: 'POOLPROOF_REFERENCE_TOKEN' },
      otherToken: { env: 'POOLPROOF_REFERENCE_OTHER_TOKEN' },
    },
    given: {
      subnetId: '3f0c9c57-0a44-4f0e-9d9c-6e1f5d0c7a11',
      addresses: ['192.0.2.10', '192.0.2.11'],
    },
    limits: { lanes: 8, pollSeconds: 0.1, lastingSeconds: 0.1 },
    profile: { asynchronous: asynchronousMilliseconds > 0, delayedReads: false },
    hooks: { setProvisioningStatus: { url: hookUrl } },
  }
}

function slbTarget(endpoint: string, { asynchronousMilliseconds }: ReferenceOptions): SlbTarget {
  return {
    name: 'reference-slb',
    dialect: 'slb',
    endpoint,
    auth: {
      accessKeyId: { env: 'POOLPROOF_REFERENCE_KEY_ID' },
      accessKeySecret: { env: 'POOLPROOF_REFERENCE_KEY_SECRET' },
      otherAccessKeyId: { env: 'POOLPROOF_REFERENCE_OTHER_KEY_ID' },
      otherAccessKeySecret: { env: 'POOLPROOF_REFERENCE_OTHER_KEY_SECRET' },
    },
    given: {
      region: referenceRegion,
      serverIds: referenceServers.filter((id) => id.startsWith('i-')),
      eniIds: referenceServers.filter((id) => id.startsWith('eni-')),
      vSwitchId: 'vsw-reference',
    },
    limits: { lanes: 8, pollSeconds: 0.1, lastingSeconds: 0.1 },
    profile: { asynchronous: asynchronousMilliseconds > 0, delayedReads: false },
  }
}

/** The module that `surroundings` is exported from, for code that has to load it elsewhere. */
export const embeddedModule = import.meta.url

/** The built-in targets of a run: they answer in the process that asks, and need no socket. */
export function embeddedTargets(dialects: readonly Dialect[]): Target[] {
  const options = { asynchronousMilliseconds: 0 }
  return dialects.map((dialect) =>
    withoutHooks(referenceTarget(dialect, `http://${dialect}.reference.invalid`, options)),
  )
}

export function withoutHooks({ hooks: _hooks, ...target }: Target): Target {
  return target
}

/** How to reach a server in the same process, and to do what an operator's hook would. */
export interface InProcess {
  readonly wire: Wire
  readonly setProvisioningStatus: (loadBalancerId: string, status: string) => Promise<void>
}

/** A fresh reference, reached without a socket, and a function in place of the operator's hook. */
export function surroundings(dialect: Dialect): InProcess {
  return surroundingsOf(reference(dialect, { asynchronousMilliseconds: 0 }))
}

/** The same for an existing server. */
export function surroundingsOf(server: Reference): InProcess {
  return {
    wire: directWire(server),
    setProvisioningStatus: (id, status) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  }
}
