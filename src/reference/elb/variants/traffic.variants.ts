/** Lawful differences in how an `elb` load balancer carries traffic. */

import { differences, requestDifferences } from '../../data-plane/differences.ts'
import { carrying, type Variant } from '../../mutant.ts'
import type { ElbStore } from '../store.ts'

export const elbTrafficVariants: readonly Variant<ElbStore>[] = [
  ...differences,
  ...requestDifferences,
].map(([id, allowedBy, change]) => ({
  id,
  allowedBy,
  carries: id.startsWith('period-') ? 'slowly' : true,
  change: carrying(change),
}))
