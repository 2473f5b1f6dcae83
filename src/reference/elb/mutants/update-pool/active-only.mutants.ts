/** Faults in updates while the load balancer is not ACTIVE. */

import { together, without, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import { alsoAfter, refusesBut, refusesUpdate } from '../../changes.ts'
import { loadBalancersOf } from '../../status.ts'
import { type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'
import { applyPlainFields } from './partial-updates.mutants.ts'

type ElbMutant = Mutant<ElbStore>

/**
 * After an update that was accepted, the load balancer is busy for a while: long enough to be asked in, on a
 * busy machine too, after an update that asks for that.
 */
export const busyAfterUpdates: Change<ElbStore> = alsoAfter(updatePool, (call, store) => {
  const isMeant = String(given(call, 'pool')['description']).startsWith('settling')
  const windowMilliseconds = isMeant ? 2_000 : store.settleMilliseconds || 200
  for (const loadBalancer of loadBalancersOf(call, store)) {
    loadBalancer.pending = { status: 'PENDING_UPDATE', until: call.now + windowMilliseconds }
  }
})

/** Another update is accepted meanwhile. */
const openWindow: Change<ElbStore> = together(
  busyAfterUpdates,
  without('elb/update-pool/active-only.natural-window'),
)

function ignoring(status: string, story: string): ElbMutant {
  const breaks = `elb/update-pool/active-only.${status}`
  return { id: `updates-in-${status}`, breaks, story, mutate: without(breaks) }
}

export const activeOnlyMutants: readonly ElbMutant[] = [
  ignoring('pending-update', 'Two updates in a row are thought harmless.'),
  ignoring('pending-create', 'Only PENDING_UPDATE is looked for.'),
  ignoring('pending-delete', 'What is being deleted may change until it is gone.'),
  ignoring('error', 'As upstream: only what begins with PENDING is refused.'),
  {
    id: 'refuses-while-pending-but-updates',
    breaks: 'elb/update-pool/active-only.pending-update',
    story: 'The status is compared after the pool was written.',
    mutate: refusesBut('elb/update-pool/active-only.pending-update', applyPlainFields),
  },
  {
    id: 'updates-in-natural-window',
    breaks: 'elb/update-pool/active-only.natural-window',
    story: 'Looks at the stored status, not at the work that is under way.',
    mutate: openWindow,
    settles: true,
  },
  {
    id: 'refuses-while-active',
    breaks: 'elb/update-pool/active-accepted',
    story: 'Compares the status with `Active`.',
    mutate: refusesUpdate(() => true, 409),
  },
]
