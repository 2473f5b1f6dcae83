/** Faults in what becomes of connections when servers are removed from either kind of group. */

import {
  ending,
  firstOnly,
  staleWorker,
  stillRouting,
  tombstones,
} from '../../../data-plane/faults.ts'
import type { Mutant } from '../../../mutant.ts'
import { trafficMutantsOf, untoldProtocols, type TrafficFault } from '../../../traffic-mutants.ts'
import type { Removal } from '../../removal.ts'
import type { SlbStore } from '../../store.ts'

const faults: readonly TrafficFault[] = [
  [
    'still-routes',
    'traffic',
    'The removal is stored, and the job that tells the data plane is lost.',
    stillRouting(),
  ],
  [
    'routes-for-twenty-seconds',
    'traffic',
    'The data plane fetches its configuration every twenty seconds.',
    stillRouting({ within: 20_000 }),
  ],
  [
    'stale-worker',
    'traffic',
    'One of four workers does not get the signal to read its configuration again.',
    staleWorker(4),
  ],
  [
    'returns-to-the-list',
    'traffic',
    'A late result of a health check puts the removed server back into the list.',
    stillRouting({ after: 60 }),
  ],
  ...untoldProtocols,
  [
    'routes-nothing-any-more',
    'others-take-connections',
    'The list is cleared and filled again, in the wrong order, and only the first server comes through.',
    firstOnly,
  ],
  [
    'stays-out-when-added-again',
    'added-again-takes-connections',
    'Removed servers are kept on a list by address and port.',
    tombstones,
  ],
  [
    'ends-everything',
    'open-connections',
    'The data plane is started again with its new configuration.',
    ending('reset', { all: true }),
  ],
]

export function trafficMutants(of: Removal): readonly Mutant<SlbStore>[] {
  const mutants = trafficMutantsOf<SlbStore>(of.operation, faults)
  return mutants.map((mutant) => ({ ...mutant, id: `${of.short}-${mutant.id}` }))
}
