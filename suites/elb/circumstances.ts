/** What the sentences of the `elb` pages do not depend on. The first value of each factor is the usual one. */

import type { Factor, Infeasible, Varies } from '../../src/model.ts'

const protocol: Factor = {
  name: 'protocol',
  values: { HTTP: '', TCP: 'the pool is for TCP', UDP: 'the pool is for UDP' },
}

/** Fixtures: fixtures/elb/drawn-circumstances.ts. */
const history: Factor = {
  name: 'history',
  values: {
    none: '',
    updated: 'the pool was updated twice before',
    refused: 'an update of the pool was refused before',
    'persistence-off-again': 'session persistence of the pool was on before',
    'member-removed': 'a backend server of the pool was removed before',
    'monitor-deleted': 'a health monitor of the pool was deleted before',
  },
}

/** Instead of a single removal: what was removed was added again. */
const historyOfMembers: Factor = {
  name: 'history',
  values: Object.fromEntries(
    Object.entries(history.values).map(([name, words]) =>
      name === 'member-removed'
        ? [
            'member-added-again',
            'a backend server of the pool was removed, added again and removed before',
          ]
        : [name, words],
    ),
  ),
}

const content: Factor = {
  name: 'content',
  values: {
    none: '',
    member: 'the pool has a backend server',
    'three-members': 'the pool has three backend servers, one of weight 0',
    monitor: 'the pool has a health monitor',
    'members-and-monitor': 'the pool has two backend servers and a health monitor',
  },
}

const attachment: Factor = {
  name: 'attachment',
  values: { none: '', listener: 'the pool is the default pool of a listener' },
}

const neighbour: Factor = {
  name: 'neighbour',
  values: {
    none: '',
    namesake:
      'another pool of the load balancer has the same name, a backend server and a health monitor',
    listener: 'the load balancer has a listener of the same protocol that has no pool',
  },
}

/** What the pool was created with. */
const values: Factor = {
  name: 'values',
  values: {
    usual: '',
    described: 'the pool has a description of 255 characters',
    'least-connections': 'the pool has the algorithm LEAST_CONNECTIONS',
  },
}

const policyListener: Factor = {
  name: 'policyListener',
  values: {
    HTTP: '',
    TERMINATED_HTTPS: 'the forwarding policy is of a listener of the protocol TERMINATED_HTTPS',
  },
}

/** No type of session persistence is for UDP alone, and some services refuse it there. */
const persistenceOnUdp: Infeasible = {
  values: { protocol: ['UDP'], history: ['persistence-off-again'] },
  source: 'Updating a Backend Server Group › Request › Table 4 › type',
}

/** Deletions: nothing may be in the pool, and it is not the default pool of a listener, which is a reading. */
export const anyPoolToDelete: Varies = {
  factors: [protocol, values, historyOfMembers, neighbour],
  never: [persistenceOnUdp],
}

/** The same, where forwarding policies lead to the pool. */
export const anyPoolOfPolicies: Varies = {
  ...anyPoolToDelete,
  factors: [...anyPoolToDelete.factors, policyListener],
}

/** Updates of fields that pools of every protocol have. */
export const anyPool: Varies = {
  factors: [protocol, values, history, content, attachment, neighbour],
  never: [persistenceOnUdp],
}

/** Updates of what only HTTP pools have. */
export const anyHttpPool: Varies = { factors: [values, history, content, attachment, neighbour] }

/** Removals: the pool of the backend server may be any. */
export const anyPoolOfMember: Varies = {
  factors: [protocol, values, history, content, attachment, neighbour],
  never: [persistenceOnUdp],
}

/** What the answer shows of the pool is the question, so nothing is in it. */
export const anyEmptyPool: Varies = {
  factors: [protocol, values, history, attachment, neighbour],
  never: [persistenceOnUdp],
}

/** The question is which backend servers and listeners an answer names, or the page shows the whole pool. */
export const onlyThatPool: Varies = { factors: [history, neighbour] }
