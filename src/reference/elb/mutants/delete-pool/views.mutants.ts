/** Faults in what is seen after a pool was deleted. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import { isObject, type Given } from '../../body.ts'
import { deletePool } from '../../delete-pool.ts'
import {
  withState,
  alsoBefore,
  listLoadBalancers,
  listPools,
  passes,
  poolOf,
  showLoadBalancer,
  showPool,
  showStatusTree,
  showing,
} from '../../changes.ts'
import { presentPool } from '../../present.ts'
import { listenersOf, type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

/** The views still contain the pools that were deleted. */
function withDeletedPools(
  on: readonly string[],
  view: (body: Given, deleted: readonly Given[]) => unknown,
): ElbMutant['mutate'] {
  return withState(() => {
    const deleted = new Map<string, Given>()
    return together(
      alsoBefore(deletePool, (call, store) => {
        const pool = poolOf(call, store)
        if (pool) deleted.set(pool.id, presentPool(pool, store))
      }),
      performing(on, (call, _store, original) => {
        const answer = original(call)
        const gone = [...deleted.values()].filter(({ tenant_id }) => tenant_id === call.project)
        return isObject(answer.body) ? { ...answer, body: view(answer.body, gone) } : answer
      }),
    )
  })
}

function below(loadBalancer: Given, deleted: readonly Given[]): Given {
  const gone = deleted.filter((pool) => isBelow(pool, loadBalancer))
  const pools = loadBalancer['pools'] as readonly unknown[]
  return { ...loadBalancer, pools: [...pools, ...gone.map(({ id }) => ({ id }))] }
}

function isBelow(pool: Given, loadBalancer: Given): boolean {
  const [home] = pool['loadbalancers'] as readonly [Given]
  return home['id'] === loadBalancer['id']
}

/** The listener still names the pool that it has lost. */
const listenerMutant: ElbMutant = {
  id: 'listener-names-deleted-pools',
  breaks: 'elb/delete-pool/default-pool-of-listener',
  story: 'There is no foreign key from listener to pool, so the listener keeps the id.',
  mutate: withState(() => {
    const lost = new Map<unknown, string>()
    const edit = (listener: Given): Given =>
      listener['default_pool_id'] === null && lost.has(listener['id'])
        ? { ...listener, default_pool_id: lost.get(listener['id']) }
        : listener
    return together(
      alsoBefore(deletePool, ({ parameters: { pool_id = '' } }, store) => {
        for (const { id } of listenersOf(store, pool_id)) lost.set(id, pool_id)
      }),
      showing(['GET /v2.0/lbaas/listeners/:listener_id'], 'listener', edit),
      showing(['GET /v2.0/lbaas/listeners'], 'listeners', edit),
    )
  }),
}

export const viewMutants: readonly ElbMutant[] = [
  {
    id: 'shows-deleted-pools',
    breaks: 'elb/delete-pool/gone-from-show',
    story: 'The single view is served from a cache that no deletion empties.',
    mutate: withState(() => {
      const cached = new Map<string, Given>()
      return together(
        alsoBefore(deletePool, (call, store) => {
          const pool = poolOf(call, store)
          if (pool) cached.set(pool.id, presentPool(pool, store))
        }),
        passes('elb/set-up/pool-exists', ({ parameters, project }) => {
          return cached.get(parameters['pool_id'] ?? '')?.['tenant_id'] === project
        }),
        performing(showPool, (call, _store, original) => {
          const pool = cached.get(call.parameters['pool_id'] ?? '')
          return pool ? { status: 200, body: { pool } } : original(call)
        }),
      )
    }),
  },
  {
    id: 'says-deleted-and-keeps',
    breaks: 'elb/delete-pool/gone-from-show',
    story: 'The transaction is never committed.',
    mutate: performing(deletePool, () => ({ status: 204 })),
  },
  {
    id: 'lists-deleted-pools',
    breaks: 'elb/delete-pool/gone-from-list',
    story: 'Pools are marked as deleted, and the list does not check the mark.',
    mutate: withDeletedPools([listPools], (body, deleted) => ({
      ...body,
      pools: [...(body['pools'] as readonly unknown[]), ...deleted],
    })),
  },
  {
    id: 'load-balancer-keeps-deleted-pools',
    breaks: 'elb/delete-pool/gone-from-load-balancer',
    story: 'The load balancer has a list of its pools, which the deletion does not touch.',
    mutate: together(
      withDeletedPools([showLoadBalancer], ({ loadbalancer }, deleted) => ({
        loadbalancer: below(loadbalancer as Given, deleted),
      })),
      withDeletedPools([listLoadBalancers], ({ loadbalancers, ...rest }, deleted) => ({
        loadbalancers: (loadbalancers as readonly Given[]).map((found) => below(found, deleted)),
        ...rest,
      })),
    ),
  },
  {
    id: 'status-tree-keeps-deleted-pools',
    breaks: 'elb/delete-pool/gone-from-status-tree',
    story: 'The status tree is rebuilt on creation only.',
    mutate: withDeletedPools([showStatusTree], ({ statuses }, deleted) => {
      const tree = (statuses as { readonly loadbalancer: Given }).loadbalancer
      return { statuses: { loadbalancer: below(tree, deleted) } }
    }),
  },
  listenerMutant,
]
