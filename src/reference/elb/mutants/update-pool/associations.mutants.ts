/** Faults in what the answer to an update says about the pool, apart from what was updated. */

import { performing, together, type Change, type Mutant } from '../../../mutant.ts'
import { isObject, type Given } from '../../body.ts'
import {
  withState,
  alsoBefore,
  listPools,
  refusesUpdate,
  showPool,
  showing,
  updatesOtherwise,
} from '../../changes.ts'
import { listenersOf, matching, type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** Shows the pool in the answer to an update in another form than elsewhere. */
function answersWith(edit: (pool: Given, store: ElbStore) => Given): Change<ElbStore> {
  return showing([updatePool], 'pool', (pool, _call, store) => ({ ...pool, ...edit(pool, store) }))
}

function idsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(isObject).map(({ id }) => String(id)) : []
}

function withoutId(pool: Given): Given {
  const { id: _, ...rest } = pool
  return rest
}

/** A list; an empty one has an element with nulls, as after an outer join. */
function orNull(list: unknown): unknown {
  return idsIn(list).length === 0 ? [{ id: null }] : list
}

const identity: readonly ElbMutant[] = [
  {
    id: 'answers-without-id',
    breaks: 'elb/update-pool/answer-names-the-pool',
    story: 'The id cannot be updated, so the serialiser of updates has no such field.',
    mutate: showing([updatePool], 'pool', withoutId),
  },
  {
    id: 'answers-the-id-of-the-load-balancer',
    breaks: 'elb/update-pool/answer-names-the-pool',
    story: 'Two tables are joined, both have an id, and the last one wins.',
    mutate: answersWith(({ loadbalancers }) => ({ id: idsIn(loadbalancers)[0] })),
  },
  {
    id: 'moves-pools-to-the-service-project',
    breaks: 'elb/update-pool/tenant-kept',
    story: 'The row is written anew in the context of the worker, which has a project of its own.',
    mutate: updatesOtherwise(({ pool, store }) => {
      store.pools.set(pool.id, { ...pool, tenant_id: 'service' })
    }),
  },
  {
    id: 'shows-the-project-of-the-worker',
    breaks: 'elb/update-pool/tenant-kept',
    story: 'Two columns hold the project; the one that is shown is overwritten by every write.',
    mutate: withState(() => {
      const updated = new Set<unknown>()
      const edit = (pool: Given): unknown =>
        updated.has(pool['id']) ? { ...pool, tenant_id: 'service' } : pool
      return together(
        showing([updatePool, showPool], 'pool', edit),
        showing([listPools], 'pools', edit),
        alsoBefore(updatePool, ({ parameters }) => void updated.add(parameters['pool_id'])),
      )
    }),
  },
  {
    id: 'answers-without-tenant',
    breaks: 'elb/update-pool/answer-equals-show',
    story: 'The context of the worker that answers has no project.',
    mutate: answersWith(() => ({ tenant_id: '' })),
  },
]

const listeners: readonly ElbMutant[] = [
  {
    id: 'answers-without-listeners',
    breaks: 'elb/update-pool/answer-lists-listeners',
    story: 'Listeners are loaded lazily, and nothing asks for them after a write.',
    mutate: answersWith(() => ({ listeners: [] })),
  },
  {
    id: 'answers-every-listener-of-the-load-balancer',
    breaks: 'elb/update-pool/answer-lists-listeners',
    story: 'Joined by the load balancer, which is right as long as there is one listener.',
    mutate: answersWith(({ loadbalancers }, store) => {
      const [home] = idsIn(loadbalancers)
      const all = matching(store.listeners, ({ loadbalancer_id }) => loadbalancer_id === home)
      return { listeners: all.map(({ id }) => ({ id })) }
    }),
  },
  {
    id: 'free-pools-have-a-null-listener',
    breaks: 'elb/update-pool/answer-lists-listeners',
    story: 'An outer join returns a row of nulls for an empty list.',
    mutate: answersWith((pool) => ({ listeners: orNull(pool['listeners']) })),
  },
]

const others: readonly ElbMutant[] = [
  {
    id: 'forgets-the-load-balancer-behind-a-listener',
    breaks: 'elb/update-pool/answer-lists-load-balancer',
    story:
      'The load balancer of a pool with a listener is expected to be found through the listener.',
    mutate: answersWith((pool) =>
      idsIn(pool['listeners']).length > 0 ? { loadbalancers: [] } : {},
    ),
  },
  {
    id: 'answers-the-newest-load-balancer',
    breaks: 'elb/update-pool/other-load-balancer-untouched',
    story: 'The join through the listener has no condition, and the last row wins.',
    mutate: answersWith((pool, { loadBalancers }) => {
      const newest = [...loadBalancers.keys()].at(-1)
      return idsIn(pool['listeners']).length > 0 ? { loadbalancers: [{ id: newest }] } : {}
    }),
  },
  {
    id: 'becomes-the-pool-of-an-idle-listener',
    breaks: 'elb/update-pool/only-that-pool',
    story:
      'A pool without a listener looked like a mistake, so updates attach it to one that has no pool.',
    mutate: updatesOtherwise(({ pool, store }) => {
      const { id, loadbalancer_id: home, protocol } = pool
      if (listenersOf(store, id).length > 0) return
      const idle = [...store.listeners.values()].find(
        (one) =>
          one.loadbalancer_id === home && one.protocol === protocol && one.default_pool_id === null,
      )
      if (idle) idle.default_pool_id = id
    }),
  },
  {
    id: 'answers-the-port-of-the-load-balancer',
    breaks: 'elb/update-pool/answer-lists-load-balancer',
    story: 'The id of the virtual port is taken for that of the load balancer.',
    mutate: answersWith((pool, { loadBalancers }) => {
      const found = idsIn(pool['loadbalancers']).map((id) => loadBalancers.get(id)?.vip_port_id)
      return { loadbalancers: found.map((id) => ({ id })) }
    }),
  },
  {
    id: 'answers-one-member',
    breaks: 'elb/update-pool/answer-lists-members',
    story: 'first(), where all() was meant.',
    mutate: answersWith((pool) => ({
      members: idsIn(pool['members'])
        .slice(0, 1)
        .map((id) => ({ id })),
    })),
  },
  {
    id: 'empty-pools-have-a-null-member',
    breaks: 'elb/update-pool/answer-lists-members',
    story: 'An outer join returns a row of nulls for an empty list.',
    mutate: answersWith((pool) => ({ members: orNull(pool['members']) })),
  },
  {
    id: 'answers-without-health-monitor',
    breaks: 'elb/update-pool/answer-names-health-monitor',
    story: 'The health monitor is loaded lazily, and nothing asks for it after a write.',
    mutate: answersWith(() => ({ healthmonitor_id: null })),
  },
  {
    id: 'no-health-monitor-is-a-word',
    breaks: 'elb/update-pool/answer-names-health-monitor',
    story: 'str(None), in a field that has to be a string.',
    mutate: answersWith((pool) => ({ healthmonitor_id: pool['healthmonitor_id'] ?? 'None' })),
  },
]

/** Answers an update with a content type other than JSON. */
function labelled(type: string): Change<ElbStore> {
  return performing(updatePool, (call, _store, original) => {
    const answer = original(call)
    return { ...answer, headers: { ...answer.headers, 'Content-Type': type } }
  })
}

const asNumber = (pool: Given): Given => ({
  ...pool,
  admin_state_up: Number(pool['admin_state_up']),
})

const plain: readonly ElbMutant[] = [
  {
    id: 'answers-json-as-text',
    breaks: 'elb/update-pool/answer-is-json',
    story: 'The body is made into a string, and the framework labels strings as text.',
    mutate: labelled('text/plain; charset=utf-8'),
  },
  {
    id: 'answers-json-as-bytes',
    breaks: 'elb/update-pool/answer-is-json',
    story: 'The default of the proxy; only show and list set a content type.',
    mutate: labelled('application/octet-stream'),
  },
  {
    id: 'refuses-the-reserved-field',
    breaks: 'elb/update-pool/admin-state-up-true',
    story: 'A reserved field cannot be sent, not even with its current value.',
    mutate: refusesUpdate((sent) => sent['admin_state_up'] === true),
  },
  {
    id: 'admin-state-is-a-number',
    breaks: 'elb/update-pool/admin-state-up-true',
    story: 'The database has no booleans, and nothing turns them back.',
    mutate: together(
      showing([updatePool, showPool], 'pool', asNumber),
      showing([listPools], 'pools', asNumber),
    ),
  },
]

export const associationMutants: readonly ElbMutant[] = [
  ...identity,
  ...listeners,
  ...others,
  ...plain,
]
