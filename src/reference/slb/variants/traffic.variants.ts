/** Lawful differences in how an `slb` load balancer carries traffic. */

import { differences, type Difference } from '../../data-plane/differences.ts'
import { ending } from '../../data-plane/faults.ts'
import { carrying, type Variant } from '../../mutant.ts'
import type { SlbStore } from '../store.ts'

/** What only the pages of this dialect leave open. */
const own: readonly Difference[] = [
  [
    'open-connections-end-with-their-server',
    'Neither page says what becomes of open connections to a server that is removed.',
    ending('reset'),
  ],
  [
    'open-connections-are-closed-in-order',
    'Neither page says what becomes of open connections to a server that is removed.',
    ending('end', { after: 20 }),
  ],
]

export const slbTrafficVariants: readonly Variant<SlbStore>[] = [...differences, ...own].map(
  ([id, allowedBy, change]) => ({ id, allowedBy, carries: true, change: carrying(change) }),
)
