/** Every suite, in the order of a report. A new one is added here. */

import type { Suite } from '../src/check/check.ts'
import { deletePoolCall } from './elb/delete-pool.call.suite.ts'
import { deletePoolDependents } from './elb/delete-pool.dependents.suite.ts'
import { deletePool } from './elb/delete-pool.suite.ts'
import { removeMemberCall } from './elb/remove-member.call.suite.ts'
import { removeMember } from './elb/remove-member.suite.ts'
import { updatePoolActiveOnly } from './elb/update-pool.active-only.suite.ts'
import { updatePoolAnswer } from './elb/update-pool.answer.suite.ts'
import { updatePoolBody } from './elb/update-pool.body.suite.ts'
import { updatePoolCall } from './elb/update-pool.call.suite.ts'
import { updatePoolCookieNames } from './elb/update-pool.cookie-names.suite.ts'
import { updatePoolFields } from './elb/update-pool.fields.suite.ts'
import { updatePoolPersistenceTimeout } from './elb/update-pool.persistence-timeout.suite.ts'
import { updatePoolPersistenceTypes } from './elb/update-pool.persistence-types.suite.ts'
import { updatePoolProtocol } from './elb/update-pool.protocol.suite.ts'
import { updatePoolSessionPersistence } from './elb/update-pool.session-persistence.suite.ts'
import { updatePool } from './elb/update-pool.suite.ts'
import { updatePoolUnchanged } from './elb/update-pool.unchanged.suite.ts'
import { rows } from './rows.suite.ts'
import { removeBackendServersAnswer } from './slb/remove-backend-servers.answer.suite.ts'
import { removeBackendServersCall } from './slb/remove-backend-servers.call.suite.ts'
import { removeBackendServersCredentials } from './slb/remove-backend-servers.credentials.suite.ts'
import { removeBackendServersList } from './slb/remove-backend-servers.list.suite.ts'
import { removeBackendServers } from './slb/remove-backend-servers.suite.ts'
import { removeVServerGroupServersAnswer } from './slb/remove-vserver-group-backend-servers.answer.suite.ts'
import { removeVServerGroupServersCall } from './slb/remove-vserver-group-backend-servers.call.suite.ts'
import { removeVServerGroupServersCredentials } from './slb/remove-vserver-group-backend-servers.credentials.suite.ts'
import { removeVServerGroupServersList } from './slb/remove-vserver-group-backend-servers.list.suite.ts'
import { removeVServerGroupServers } from './slb/remove-vserver-group-backend-servers.suite.ts'

/** The module that `suites` is exported from, for whoever has to load it elsewhere. */
export const suitesModule = import.meta.url

export const suites: readonly Suite[] = [
  updatePool,
  updatePoolUnchanged,
  updatePoolCall,
  updatePoolBody,
  updatePoolFields,
  updatePoolSessionPersistence,
  updatePoolPersistenceTypes,
  updatePoolCookieNames,
  updatePoolPersistenceTimeout,
  updatePoolActiveOnly,
  updatePoolProtocol,
  updatePoolAnswer,
  deletePool,
  deletePoolDependents,
  deletePoolCall,
  removeMember,
  removeMemberCall,
  removeVServerGroupServers,
  removeVServerGroupServersList,
  removeVServerGroupServersCall,
  removeVServerGroupServersCredentials,
  removeVServerGroupServersAnswer,
  removeBackendServers,
  removeBackendServersList,
  removeBackendServersCall,
  removeBackendServersCredentials,
  removeBackendServersAnswer,
  ...rows,
]
