/** Faults in what becomes of connections when a backend server is removed. */

import {
  emptied,
  ending,
  firstOnly,
  staleBindings,
  staleRing,
  staleWorker,
  stillRouting,
  tombstones,
} from '../../../data-plane/faults.ts'
import type { Mutant } from '../../../mutant.ts'
import { trafficMutantsOf, untoldProtocols, type TrafficFault } from '../../../traffic-mutants.ts'
import type { ElbStore } from '../../store.ts'

const faults: readonly TrafficFault[] = [
  [
    'data-plane-is-never-told',
    'new-connections',
    'The removal is stored, and the job that tells the data plane is lost.',
    stillRouting(),
  ],
  [
    'routes-for-a-while',
    'new-connections',
    'The data plane fetches its configuration every twenty seconds.',
    stillRouting({ within: 20_000 }),
  ],
  [
    'comes-back-with-its-health-check',
    'new-connections',
    'A late result of a health check puts the removed server back into the list.',
    stillRouting({ after: 60 }),
  ],
  [
    'one-worker-of-four-is-stale',
    'new-connections',
    'One of four workers does not get the signal to read its configuration again.',
    staleWorker(4),
  ],
  ...untoldProtocols,
  [
    'stays-in-the-hash-ring',
    'new-connections-by-source-hash',
    'The ring is built when the algorithm is set, and not when servers change.',
    staleRing,
  ],
  [
    'address-stays-bound-to-removed',
    'new-connections-bound-by-address',
    'The table of addresses is asked before the list of servers.',
    staleBindings('SOURCE_IP'),
  ],
  [
    'http-cookie-stays-bound-to-removed',
    'new-connections-bound-by-http-cookie',
    'The cookie holds the address of the server, and it is believed.',
    staleBindings('HTTP_COOKIE'),
  ],
  [
    'app-cookie-stays-bound-to-removed',
    'new-connections-bound-by-app-cookie',
    'The table of sessions is never cleaned up.',
    staleBindings('APP_COOKIE'),
  ],
  [
    'removal-empties-the-data-plane',
    'others-take-connections',
    'The new list is sent before it is filled.',
    emptied('TCP'),
  ],
  [
    'only-the-first-of-the-rest',
    'others-take-connections',
    'The index of the next server is set to zero, and no longer moves.',
    firstOnly,
  ],
  [
    'never-takes-again',
    'added-again-takes-connections',
    'Removed servers are kept on a list by address and port, so that late messages do not bring them back.',
    tombstones,
  ],
  [
    'resets-open-streams',
    'open-connections',
    'Entries of the connection table go with their server.',
    ending('reset', { protocol: 'TCP' }),
  ],
  [
    'ends-open-streams',
    'open-connections',
    'The removal shuts the connections of the server down in good order.',
    ending('end', { protocol: 'TCP' }),
  ],
  [
    'drains-for-a-moment',
    'open-connections',
    'Draining has a time limit that was meant in seconds, and is read as milliseconds.',
    ending('reset', { after: 100, protocol: 'TCP' }),
  ],
  [
    'restarts-at-each-removal',
    'open-connections',
    'The data plane is started again with its new configuration.',
    ending('reset', { protocol: 'TCP', all: true }),
  ],
  [
    'cuts-responses-off',
    'open-responses',
    'The worker for the old configuration ends after its grace period of zero seconds.',
    ending('reset', { protocol: 'HTTP' }),
  ],
  [
    'ends-responses-late',
    'open-responses',
    'Old workers are ended after 100 ms, whatever they are sending.',
    ending('end', { after: 100, protocol: 'HTTP' }),
  ],
  [
    'answers-no-further-request',
    'keep-alive-connections',
    'After the removal requests wait for a configuration that never comes.',
    emptied('HTTP'),
  ],
]

export const removeMemberTraffic: readonly Mutant<ElbStore>[] = trafficMutantsOf(
  'elb/remove-member',
  faults,
)
