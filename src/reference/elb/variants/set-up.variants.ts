/** Lawful differences in the calls that create what checks need. The pages under test do not describe them. */

import { refusing, together, without, type Variant } from '../../mutant.ts'
import type { Refusal } from '../../rule.ts'
import { given, type Given } from '../body.ts'
import { createMember, createPool, isCall, showStatusTree, withState } from '../changes.ts'
import { badRequest, inUse, notFound } from '../refusals.ts'
import { removeMember } from '../remove-member.ts'
import { membersOf, type ElbStore } from '../store.ts'
import { updatePool } from '../update-pool.ts'

/** The quota of a pool. */
const mostMembers = 12

/** So many looks at a status tree come too early. */
const looksInVain = 3

export const setUpVariants: readonly Variant<ElbStore>[] = [
  {
    id: 'pools-hold-twelve-members',
    allowedBy: 'HTTP Status Codes, Table 3: a quota may be used up; no page says how large it is.',
    change: refusing(createMember, ({ parameters }, store) =>
      membersOf(store, parameters['pool_id'] ?? '').length < mostMembers
        ? undefined
        : badRequest('Quota exceeded for resources: member.'),
    ),
  },
  {
    id: 'pools-need-different-names',
    allowedBy: 'No page says whether two pools may have the same name.',
    change: together(
      refusing(createPool, (call, store) => refuseTwin(store, given(call, 'pool'))),
      refusing(updatePool, (call, store) => {
        const pool = store.pools.get(call.parameters['pool_id'] ?? '')
        return refuseTwin(
          store,
          { loadbalancer_id: pool?.loadbalancer_id, ...given(call, 'pool') },
          pool?.id,
        )
      }),
    ),
  },
  {
    id: 'has-no-status-tree',
    allowedBy: 'The pages under test do not mention the status tree; a service may have none.',
    change: refusing(showStatusTree, () => notFound('path', undefined)),
  },
  {
    id: 'status-tree-comes-later',
    allowedBy: 'No page says that a load balancer has its status tree from its first moment on.',
    change: withState(() => {
      const looks = new Map<string, number>()
      return refusing(showStatusTree, ({ path }) => {
        const before = looks.get(path) ?? 0
        looks.set(path, before + 1)
        return before < looksInVain ? notFound('path', undefined) : undefined
      })
    }),
  },
  {
    id: 'only-updates-need-active',
    allowedBy: 'Of the pages, only that of updating a pool demands a load balancer that is ACTIVE.',
    change: without('elb/set-up/one-write-at-a-time'),
  },
  {
    id: 'only-updates-and-removals-settle',
    allowedBy: 'No page says which writes are complete when they are answered.',
    change: refusing('*', (call, store) => {
      const settles = isCall(updatePool, call) || isCall(removeMember, call)
      store.settleMilliseconds = settles ? 10 : 0
      return undefined
    }),
  },
]

/** Does another pool of the load balancer have the name? */
function refuseTwin(
  store: ElbStore,
  { name, loadbalancer_id: on }: Given,
  own?: string,
): Refusal | undefined {
  const isTwin = [...store.pools.values()].some(
    (pool) =>
      pool.id !== own && pool.name === name && pool.name !== '' && pool.loadbalancer_id === on,
  )
  return isTwin ? inUse(`Another pool is called ${String(name)}.`) : undefined
}
