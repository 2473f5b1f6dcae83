/** A target, and what a session with it is opened with where no request is sent, for our tests. */

import type { ElbTarget } from '../target.ts'
import type { SetProvisioningStatus } from './hooks.ts'
import type { SessionOptions } from './session.ts'

export const target: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1',
  auth: { token: { env: 'TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
}

export const around: SessionOptions = {
  wire: () => Promise.reject(new Error('nothing is sent here')),
  environment: { TOKEN: 'canary-token' },
}

export const run = { id: '0a1b2c3d', seed: 1 }

/** In place of the hook of a target, where there must be one. */
export const noHook: SetProvisioningStatus = () => Promise.resolve()
