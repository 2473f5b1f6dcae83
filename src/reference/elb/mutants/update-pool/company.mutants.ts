/** Faults of updating a pool that show in other views, or in what is beside the pool. */

import { performing, refusing, together, type Mutant } from '../../../mutant.ts'
import {
  alsoAfter,
  createPool,
  listPools,
  poolOf,
  storesOtherwise,
  updatesOtherwise,
  withState,
} from '../../changes.ts'
import { listenersOf, membersOf, type ElbStore } from '../../store.ts'
import { statusOf } from '../../status.ts'
import { updatePool } from '../../update-pool.ts'

export const updateCompanyMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'finds-pools-by-their-first-name',
    breaks: 'elb/update-pool/persisted-in-list',
    story: 'Filters are answered by an index that only creations write.',
    mutate: withState(() => {
      const names = new Map<string, string>()
      return together(
        alsoAfter(createPool, (_call, { pools }) => {
          for (const { id, name } of pools.values()) if (!names.has(id)) names.set(id, name)
        }),
        performing(listPools, (call, store, original) => {
          const wanted = call.query.find(([name]) => name === 'name')?.[1]
          if (wanted === undefined) return original(call)
          const now = new Map([...store.pools].map(([id, { name }]) => [id, name] as const))
          for (const pool of store.pools.values()) pool.name = names.get(pool.id) ?? pool.name
          const answer = original(call)
          for (const pool of store.pools.values()) pool.name = now.get(pool.id) ?? pool.name
          return answer
        }),
      )
    }),
  },
  {
    id: 'the-word-null-is-nothing',
    breaks: 'elb/update-pool/text-stored-as-sent.words',
    story: 'What is absent is written as a word by one layer, and read as such by the next.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if (sent['description'] === 'null') pool.description = ''
    }),
  },
  {
    id: 'capitals-are-no-change',
    breaks: 'elb/update-pool/text-stored-as-sent.words',
    story: 'Whether a text differs is asked of the database, whose collation knows no capitals.',
    mutate: updatesOtherwise(({ pool, was }) => {
      if (pool.description.toLowerCase() === was.description.toLowerCase())
        pool.description = was.description
    }),
  },
  {
    id: 'any-load-balancer-holds-updates-up',
    breaks: 'elb/update-pool/active-only.other-load-balancer',
    story: 'Load balancers that are not ACTIVE are counted in the project, not in the tree.',
    mutate: refusing(updatePool, (call, store) => {
      const pool = poolOf(call, store)
      const busy = [...store.loadBalancers.values()].find(
        (one) => one.id !== pool?.loadbalancer_id && one.pinned === 'PENDING_UPDATE',
      )
      return pool && busy
        ? { status: 409, code: 'Immutable', message: `${busy.id} is ${statusOf(busy, call.now)}.` }
        : undefined
    }),
  },
  {
    id: 'another-algorithm-resets-weights',
    breaks: 'elb/update-pool/members-kept',
    story: 'Backend servers are rendered anew for the algorithm, with the default weight.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (sent['lb_algorithm'] !== 'LEAST_CONNECTIONS') return
      for (const member of membersOf(store, pool.id)) member.weight = 1
    }),
  },
  {
    id: 'updates-lift-the-limit-of-the-listener',
    breaks: 'elb/update-pool/listeners-kept',
    story: 'The listener is written with the pool, from a template without a limit.',
    mutate: storesOtherwise(({ pool, store }) => {
      for (const listener of listenersOf(store, pool.id)) listener.connection_limit = -1
    }),
  },
  {
    id: 'a-charset-hides-the-body',
    breaks: 'elb/update-pool/content-type',
    story: 'The content type is compared as text; what is not JSON has an empty body.',
    mutate: updatesOtherwise(({ pool, was, call }) => {
      if (/json *;/.test(call.headers['content-type'] ?? '')) Object.assign(pool, was)
    }),
  },
]
