/** What the sentences of the `slb` pages do not depend on. The first value of each factor is the usual one. */

import type { Factor, Varies } from '../../src/model.ts'

const method: Factor = {
  name: 'method',
  values: {
    GET: '',
    POST: 'the call is a POST with its parameters in the query',
    form: 'the call is a POST with its parameters in the body',
  },
}

const format: Factor = { name: 'format', values: { JSON: '', XML: 'the answer is in XML' } }

/** Fixtures: fixtures/slb/drawn-circumstances.ts. */
const history: Factor = {
  name: 'history',
  values: {
    none: '',
    're-added': 'a server of the group was removed and added again before',
    refused: 'a call about the group was refused before',
    'nothing-removed': 'an absent server was named in a call before',
    reweighted: 'the servers of the group were created with other weights',
  },
}

const neighbour: Factor = {
  name: 'neighbour',
  values: { none: '', namesake: 'another VServer group has the same name and the same servers' },
}

/** Removals from a VServer group. */
export const anyCallOnGroup: Varies = { factors: [method, format, history, neighbour] }

/** Removals from the default group, of which a load balancer has one. */
export const anyCallOnDefaultGroup: Varies = { factors: [method, format, history] }

/** Removals that a check sends in every form. */
export const anyGroup: Varies = { factors: [history, neighbour] }
export const anyDefaultGroup: Varies = { factors: [history] }

/** The same, where the question is how JSON spells the answer. */
export const anyCallForJson: Varies = { factors: [method, history] }
