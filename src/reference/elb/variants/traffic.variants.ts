/** Lawful differences in how an `elb` load balancer carries traffic. */

import { differences, requestDifferences } from '../../data-plane/differences.ts'
import { carrying, deciding, type Variant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { given } from '../body.ts'
import { isCall, misreading, updateMember } from '../changes.ts'
import type { ElbStore } from '../store.ts'

const isDisabling = (call: Call) =>
  isCall(updateMember, call) && given(call, 'member')['admin_state_up'] === false

const disabling: readonly Variant<ElbStore>[] = [
  {
    id: 'members-can-be-disabled',
    allowedBy: 'No page says that a backend server cannot be disabled.',
    carries: true,
    change: deciding('elb/set-up/member-body', (call, _store, refusal) =>
      isDisabling(call) ? undefined : refusal,
    ),
  },
  {
    id: 'members-stay-enabled',
    allowedBy: 'No page says what becomes of admin_state_up false for a backend server.',
    carries: true,
    change: misreading(updateMember, (call) =>
      isDisabling(call)
        ? { body: { member: { ...given(call, 'member'), admin_state_up: true } } }
        : {},
    ),
  },
]

export const elbTrafficVariants: readonly Variant<ElbStore>[] = [
  ...[...differences, ...requestDifferences].map(([id, allowedBy, change]): Variant<ElbStore> => ({
    id,
    allowedBy,
    carries: id.startsWith('period-') ? 'slowly' : true,
    change: carrying(change),
  })),
  ...disabling,
]
