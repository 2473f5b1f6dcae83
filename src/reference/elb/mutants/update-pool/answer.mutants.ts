/** Faults in what an update stores, shows, and leaves alone elsewhere. */

import { performing, refusing, together, type Mutant } from '../../../mutant.ts'
import { given, isObject, type Given } from '../../body.ts'
import {
  withState,
  alsoAfter,
  answering,
  createPool,
  failsOn,
  listPools,
  passes,
  poolOf,
  refusesUpdate,
  showing,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { presentPool } from '../../present.ts'
import { inUse } from '../../refusals.ts'
import { own, matching, type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

const storing: readonly ElbMutant[] = [
  {
    id: 'echoes-but-does-not-store',
    breaks: 'elb/update-pool/persisted',
    story: 'The answer is made from the request; the session is rolled back.',
    mutate: storesOtherwise(({ pool, was }) => void Object.assign(pool, was)),
  },
  {
    id: 'does-not-store-the-algorithm',
    breaks: 'elb/update-pool/persisted',
    story: 'One column is missing from the UPDATE.',
    mutate: storesOtherwise(({ pool, was }) => {
      pool.lb_algorithm = was.lb_algorithm
    }),
  },
  {
    id: 'pages-show-the-algorithm-that-was',
    breaks: 'elb/update-pool/persisted-in-list',
    story: 'Pages are cut from a cached list, and only a new name makes it anew.',
    mutate: withState(() => {
      const before = new Map<unknown, string>()
      return together(
        performing(updatePool, (call, store, original) => {
          const pool = poolOf(call, store)
          if (pool && !before.has(pool.id)) before.set(pool.id, pool.lb_algorithm)
          return original(call)
        }),
        performing(listPools, (call, _store, original) => {
          const answer = original(call)
          if (!call.query.some(([name]) => name === 'limit')) return answer
          const { pools, ...rest } = answer.body as { readonly pools: readonly Given[] }
          const old = pools.map((pool) => ({
            ...pool,
            lb_algorithm: before.get(pool['id']) ?? pool['lb_algorithm'],
          }))
          return { ...answer, body: { ...rest, pools: old } }
        }),
      )
    }),
  },
  {
    id: 'lists-pools-as-they-were',
    breaks: 'elb/update-pool/persisted-in-list',
    story: 'The list reads from a replica that is no longer updated.',
    mutate: withState(() => {
      const before = new Map<unknown, Given>()
      return together(
        performing(updatePool, (call, store, original) => {
          const pool = poolOf(call, store)
          if (pool && !before.has(pool.id)) before.set(pool.id, presentPool(pool, store))
          return original(call)
        }),
        showing([listPools], 'pools', (pool) => before.get(pool['id']) ?? pool),
      )
    }),
  },
  {
    id: 'answers-what-was',
    breaks: 'elb/update-pool/answer-shows-the-update',
    story: 'The pool is read for the answer before it is written.',
    mutate: performing(updatePool, (call, store, original) => {
      const pool = poolOf(call, store)
      const body = pool && { pool: presentPool(pool, store) }
      return { ...original(call), body }
    }),
  },
  {
    id: 'answers-without-load-balancers',
    breaks: 'elb/update-pool/answer-equals-show',
    story: 'The association is loaded for the view, but not after a write.',
    mutate: showing([updatePool], 'pool', (pool) => ({ ...pool, loadbalancers: [] })),
  },
  {
    id: 'answers-without-members',
    breaks: 'elb/update-pool/answer-equals-show',
    story: 'Members are loaded lazily, and nothing asks for them after a write.',
    mutate: showing([updatePool], 'pool', (pool) => ({ ...pool, members: [] })),
  },
  {
    id: 'answers-with-ten-members',
    breaks: 'elb/update-pool/answer-lists-members',
    story: 'The answer is made by the list, which has pages of ten.',
    mutate: showing([updatePool], 'pool', (pool) => ({
      ...pool,
      members: [pool['members']].flat().slice(0, 10),
    })),
  },
  {
    id: 'answers-with-the-listeners-of-the-creation',
    breaks: 'elb/update-pool/answer-lists-listeners.attached-later',
    story: 'The answer reads a copy of the associations that only the creation of a pool writes.',
    mutate: withState(() => {
      const early = new Set<unknown>()
      return together(
        alsoAfter(createPool, (call) => void early.add(given(call, 'pool')['listener_id'])),
        showing([updatePool], 'pool', (pool) => ({
          ...pool,
          listeners: [pool['listeners']]
            .flat()
            .filter((one) => isObject(one) && early.has(one['id'])),
        })),
      )
    }),
  },
  {
    id: 'update-answers-201',
    breaks: 'elb/update-pool/status',
    story: 'Copied from the operation that creates.',
    mutate: performing(updatePool, (call, _store, original) => ({
      ...original(call),
      status: 201,
    })),
  },
  {
    id: 'update-answers-204',
    breaks: 'elb/update-pool/status',
    story: 'Nothing is answered, as for a deletion.',
    mutate: answering(updatePool, 204),
  },
]

const elsewhere: readonly ElbMutant[] = [
  {
    id: 'updates-every-pool-of-the-load-balancer',
    breaks: 'elb/update-pool/only-that-pool',
    story: 'UPDATE … WHERE loadbalancer_id: the condition of another statement.',
    mutate: storesOtherwise(({ pool, store }) => {
      const { name, description, lb_algorithm, loadbalancer_id: home } = pool
      for (const sibling of matching(
        store.pools,
        ({ loadbalancer_id }) => loadbalancer_id === home,
      )) {
        Object.assign(sibling, { name, description, lb_algorithm })
      }
    }),
  },
  {
    id: 'switches-siblings-off',
    breaks: 'elb/update-pool/only-that-pool',
    story: 'Sticky sessions are a setting of the load balancer, behind the scenes.',
    mutate: storesOtherwise(({ pool, store }) => {
      for (const sibling of store.pools.values()) {
        if (sibling.id !== pool.id && sibling.loadbalancer_id === pool.loadbalancer_id) {
          sibling.admin_state_up = false
        }
      }
    }),
  },
  {
    id: 'updates-namesakes-of-other-load-balancers',
    breaks: 'elb/update-pool/other-load-balancer-untouched',
    story: 'The new algorithm is sent to the nodes by the name of the pool.',
    mutate: storesOtherwise(({ pool, was, store }) => {
      const isLike = ({ name, loadbalancer_id: home }: typeof pool) =>
        name === was.name && home !== pool.loadbalancer_id
      for (const like of matching(store.pools, isLike)) like.lb_algorithm = pool.lb_algorithm
    }),
  },
  {
    id: 'updates-what-never-was',
    breaks: 'elb/update-pool/unknown-pool',
    story: 'Updating is an upsert that answers with what was sent.',
    mutate: together(
      passes('elb/update-pool/unknown-pool', () => true),
      performing(updatePool, (call, store, original) => {
        if (own(store.pools, call.parameters['pool_id'], call.project)) return original(call)
        const pool = { id: call.parameters['pool_id'], ...given(call, 'pool') }
        return { status: 200, body: { pool } }
      }),
    ),
  },
]

const requests: readonly ElbMutant[] = [
  {
    id: 'takes-a-body-without-wrapper',
    breaks: 'elb/update-pool/wrapper-required',
    story: 'The wrapper is removed where there is one, and not required where there is none.',
    mutate: together(
      passes('elb/update-pool/wrapper-required', () => true),
      performing(updatePool, (call, _store, original) => {
        const bare = isObject(call.body) && !('pool' in call.body)
        return original(bare ? { ...call, body: { pool: call.body } } : call)
      }),
    ),
  },
  {
    id: 'refuses-what-is-so-already',
    breaks: 'elb/update-pool/idempotent',
    story: 'The same update twice is taken for a replay.',
    mutate: withState(() => {
      const latest = new Map<string | undefined, string>()
      return refusing(updatePool, ({ parameters, text }) => {
        if (latest.get(parameters['pool_id']) === text) return inUse('This was asked before.')
        latest.set(parameters['pool_id'], text)
        return undefined
      })
    }),
  },
  {
    id: 'resets-on-an-empty-update',
    breaks: 'elb/update-pool/empty-pool-object',
    story: 'An empty object is treated as missing, and the defaults are used.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if (Object.keys(sent).length > 0) return
      Object.assign(pool, { name: '', description: '', session_persistence: null })
    }),
  },
  {
    id: 'fails-on-an-empty-update',
    breaks: 'elb/update-pool/empty-pool-object',
    story: 'UPDATE without SET is not valid SQL.',
    mutate: refusesUpdate((sent) => Object.keys(sent).length === 0, 500),
  },
  {
    id: 'applies-create-only-fields',
    breaks: 'elb/update-pool/create-only-fields',
    story: 'Create and update share one model, and every field of it is assigned.',
    mutate: together(
      passes('elb/update-pool/create-only-fields', () => true),
      updatesOtherwise(({ pool, sent, store }) => {
        const protocol = sent['protocol']
        if (typeof protocol === 'string') store.pools.set(pool.id, { ...pool, protocol })
      }),
    ),
  },
  {
    id: 'fails-on-unknown-fields',
    breaks: 'elb/update-pool/unknown-field',
    story: 'The constructor is called with a keyword that it does not have.',
    mutate: failsOn('elb/update-pool/unknown-field'),
  },
]

export const answerMutants: readonly ElbMutant[] = [...storing, ...elsewhere, ...requests]
