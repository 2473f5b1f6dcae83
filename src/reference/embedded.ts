/** The reference as a target, on loopback or in the same process, with all a target file would say. */

import type { Dialect } from '../model.ts'
import type { ElbTarget, GivenTraffic, SlbTarget, Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { loopbackNetwork, type MakeDataPlane } from './data-plane/carrier.ts'
import { dataPlane } from './data-plane/index.ts'
import { referenceCertificate } from './elb/given.ts'
import { elbReference, referenceProjects } from './elb/reference.ts'
import type { Reference } from './server.ts'
import { referenceReadOnlyKey } from './slb/given.ts'
import { referenceAccounts, referenceRegion, referenceServers, slbReference } from './slb/index.ts'

/** How a reference should behave. */
export interface ReferenceOptions {
  /** 0, or how long writes take to settle. */
  readonly asynchronousMilliseconds: number
  /** Carries it traffic to servers on loopback? */
  readonly traffic?: boolean
}

/** The secrets that the built-in targets name, for the environment of a run. They protect nothing. */
export const referenceEnvironment: Readonly<Record<string, string>> = {
  POOLPROOF_REFERENCE_TOKEN: referenceProjects[0].token,
  POOLPROOF_REFERENCE_OTHER_TOKEN: referenceProjects[1].token,
  POOLPROOF_REFERENCE_KEY_ID: referenceAccounts[0].accessKeyId,
  POOLPROOF_REFERENCE_KEY_SECRET: referenceAccounts[0].accessKeySecret,
  POOLPROOF_REFERENCE_OTHER_KEY_ID: referenceAccounts[1].accessKeyId,
  POOLPROOF_REFERENCE_OTHER_KEY_SECRET: referenceAccounts[1].accessKeySecret,
  POOLPROOF_REFERENCE_READ_ONLY_KEY_ID: referenceReadOnlyKey.accessKeyId,
  POOLPROOF_REFERENCE_READ_ONLY_KEY_SECRET: referenceReadOnlyKey.accessKeySecret,
}

/** A reference server of a dialect, as the pages describe it. */
export function reference(
  dialect: Dialect,
  { asynchronousMilliseconds, traffic: carries }: ReferenceOptions,
): Reference {
  const traffic: { traffic?: MakeDataPlane } = carries ? { traffic: dataPlane } : {}
  return dialect === 'elb'
    ? elbReference({ asynchronousMilliseconds, ...traffic })
    : slbReference({ asynchronousMilliseconds, ...traffic })
}

/** What a target file says about a reference that listens at an endpoint. */
export function referenceTarget(
  dialect: Dialect,
  endpoint: string,
  options: ReferenceOptions,
): Target {
  return dialect === 'elb' ? elbTarget(endpoint, options) : slbTarget(endpoint, options)
}

function elbTarget(
  endpoint: string,
  { asynchronousMilliseconds, traffic }: ReferenceOptions,
): ElbTarget {
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
      certificateId: referenceCertificate,
      ...(traffic ? { traffic: loopbackTraffic } : {}),
    },
    limits: { lanes: 8, pollSeconds: 0.1, lastingSeconds: 0.1 },
    profile: { asynchronous: asynchronousMilliseconds > 0, delayedReads: false },
    hooks: { setProvisioningStatus: { url: hookUrl } },
  }
}

function slbTarget(
  endpoint: string,
  { asynchronousMilliseconds, traffic }: ReferenceOptions,
): SlbTarget {
  return {
    name: 'reference-slb',
    dialect: 'slb',
    endpoint,
    auth: {
      accessKeyId: { env: 'POOLPROOF_REFERENCE_KEY_ID' },
      accessKeySecret: { env: 'POOLPROOF_REFERENCE_KEY_SECRET' },
      otherAccessKeyId: { env: 'POOLPROOF_REFERENCE_OTHER_KEY_ID' },
      otherAccessKeySecret: { env: 'POOLPROOF_REFERENCE_OTHER_KEY_SECRET' },
      readOnlyAccessKeyId: { env: 'POOLPROOF_REFERENCE_READ_ONLY_KEY_ID' },
      readOnlyAccessKeySecret: { env: 'POOLPROOF_REFERENCE_READ_ONLY_KEY_SECRET' },
    },
    given: {
      region: referenceRegion,
      serverIds: referenceServers.filter((id) => id.startsWith('i-')),
      eniIds: referenceServers.filter((id) => id.startsWith('eni-')),
      vSwitchId: 'vsw-reference',
      ...(traffic ? { traffic: loopbackTraffic } : {}),
    },
    limits: { lanes: 8, pollSeconds: 0.1, lastingSeconds: 0.1 },
    profile: { asynchronous: asynchronousMilliseconds > 0, delayedReads: false },
  }
}

/**
 * Loopback has addresses for every server and client: those of servers are in `addressOfServer`, too. Those of clients
 * differ in more than one octet, because load balancers hash different parts of them.
 */
const loopbackTraffic: GivenTraffic = {
  entry: loopbackNetwork,
  clients: Array.from({ length: 40 }, (_, index) => `127.2.${index + 1}.${index + 1}`),
  servers: Array.from({ length: 4 }, (_, index) => ({
    serverId: `i-reference0${index + 1}`,
    address: `127.1.0.${index + 1}`,
  })),
  watchSeconds: 0.2,
  settleSeconds: 0.5,
}

/** Whether this system has the whole of 127.0.0.0/8 without being told: Linux and Windows do. */
export const hasLoopbackNetwork = ['linux', 'win32'].includes(process.platform)

/** The module that `surroundings` is exported from, for code that has to load it elsewhere. */
export const embeddedModule = import.meta.url

/** The built-in targets of a run: they answer in the process that asks, and need no socket. */
export function embeddedTargets(dialects: readonly Dialect[]): Target[] {
  const options = { asynchronousMilliseconds: 0, traffic: hasLoopbackNetwork }
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
  /** Ends the traffic that it carries. */
  close(): Promise<void>
}

/** A fresh reference, reached without a socket, and a function in place of the operator's hook. */
export function surroundings(dialect: Dialect): InProcess {
  const traffic = hasLoopbackNetwork
  return surroundingsOf(reference(dialect, { asynchronousMilliseconds: 0, traffic }))
}

/** The same for an existing server. */
export function surroundingsOf(server: Reference): InProcess {
  return {
    wire: directWire(server),
    setProvisioningStatus: (id, status) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
    close: async () => server.close?.(),
  }
}
