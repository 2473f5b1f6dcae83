/** Faults of deleting a pool. */

import { deciding, performing, refusing, together, type Mutant } from '../../../mutant.ts'
import { dependentMutants } from './dependents.mutants.ts'
import { historyMutants } from './histories.mutants.ts'
import { deletePool } from '../../delete-pool.ts'
import { viewMutants } from './views.mutants.ts'
import {
  withState,
  alsoBefore,
  createPool,
  deletePolicy,
  passes,
  poolOf,
  serving,
  updatePolicy,
} from '../../changes.ts'
import { given } from '../../body.ts'
import { presentPool } from '../../present.ts'
import { inUse } from '../../refusals.ts'
import {
  listenersOf,
  matching,
  membersOf,
  own,
  policiesTo,
  type ElbStore,
  type Pool,
} from '../../store.ts'
import { deletePoolRefusalsWithEffects } from './refusals-with-effects.mutants.ts'
import { credentialMutants } from '../credentials.mutants.ts'
import { deletionMutants } from '../deletions.mutants.ts'

type ElbMutant = Mutant<ElbStore>

/** No traffic can reach it. */
function isUnused(store: ElbStore, poolId: string): boolean {
  return listenersOf(store, poolId).length === 0 && policiesTo(store, poolId).length === 0
}

const others: readonly ElbMutant[] = [
  {
    id: 'sweeps-unused-pools',
    breaks: 'elb/delete-pool/only-that-pool',
    story:
      'The clean-up after it removes every pool of the load balancer that no traffic can reach.',
    mutate: alsoBefore(deletePool, (call, store) => {
      const home = poolOf(call, store)?.loadbalancer_id
      for (const pool of matching(store.pools, ({ loadbalancer_id }) => loadbalancer_id === home)) {
        if (isUnused(store, pool.id)) store.pools.delete(pool.id)
      }
    }),
  },
  {
    id: 'deletion-empties-descriptions-of-siblings',
    breaks: 'elb/delete-pool/only-that-pool',
    story:
      'Pools with members are written again from the configuration, which has no descriptions.',
    mutate: alsoBefore(deletePool, (call, store) => {
      const gone = poolOf(call, store)
      for (const pool of store.pools.values()) {
        const isSibling = pool.loadbalancer_id === gone?.loadbalancer_id
        if (isSibling && membersOf(store, pool.id).length > 0) pool.description = ''
      }
    }),
  },
  {
    id: 'deletion-switches-siblings-off',
    breaks: 'elb/delete-pool/only-that-pool',
    story: 'The load balancer is configured anew, and the other pools are not switched on again.',
    mutate: alsoBefore(deletePool, (call, store) => {
      const gone = poolOf(call, store)
      for (const pool of store.pools.values()) {
        if (pool.loadbalancer_id === gone?.loadbalancer_id) pool.admin_state_up = false
      }
    }),
  },
  {
    id: 'deletes-namesakes-of-other-load-balancers',
    breaks: 'elb/delete-pool/other-load-balancer-untouched',
    story: 'The nodes know pools by their name, and each drops its own.',
    mutate: alsoBefore(deletePool, (call, store) => {
      const gone = poolOf(call, store)
      const isLike = ({ name, loadbalancer_id: home }: Pool) =>
        name === gone?.name && home !== gone?.loadbalancer_id
      for (const { id } of matching(store.pools, isLike)) {
        for (const member of membersOf(store, id)) store.members.delete(member.id)
        store.pools.delete(id)
      }
    }),
  },
  {
    id: 'deletes-what-never-was',
    breaks: 'elb/delete-pool/unknown-pool',
    story: 'A DELETE that finds no row is taken for a success; one that finds a tombstone is not.',
    mutate: withState(() => {
      const deleted = new Set<string>()
      return together(
        alsoBefore(deletePool, (call, store) => void deleted.add(poolOf(call, store)?.id ?? '')),
        passes(
          'elb/delete-pool/unknown-pool',
          ({ parameters }) => !deleted.has(parameters['pool_id'] ?? ''),
        ),
      )
    }),
  },
  {
    id: 'fails-on-second-deletion',
    breaks: 'elb/delete-pool/repeated',
    story: 'The pool is gone from one table and still looked for in another.',
    mutate: withState(() => {
      const deleted = new Set<string>()
      return together(
        alsoBefore(deletePool, ({ parameters }) => void deleted.add(parameters['pool_id'] ?? '')),
        deciding('elb/delete-pool/unknown-pool', ({ parameters }, _store, refusal) =>
          refusal && deleted.has(parameters['pool_id'] ?? '')
            ? { ...refusal, status: 500 }
            : refusal,
        ),
      )
    }),
  },
  {
    id: 'fails-on-default-pools',
    breaks: 'elb/delete-pool/default-pool-of-listener',
    story: 'A foreign key of the listener makes the database complain.',
    mutate: refusing(deletePool, ({ parameters }, store) =>
      listenersOf(store, parameters['pool_id'] ?? '').length > 0
        ? { status: 500, code: 'InternalServerError', message: 'Request Failed: ' }
        : undefined,
    ),
  },
  {
    id: 'drops-policies-with-a-default-pool',
    breaks: 'elb/delete-pool/default-pool-of-listener',
    story:
      'A listener without a default pool is configured anew, and nobody writes its policies again.',
    mutate: alsoBefore(deletePool, ({ parameters }, store) => {
      const using = listenersOf(store, parameters['pool_id'] ?? '').map(({ id }) => id)
      for (const [id, { listener_id }] of store.policies) {
        if (using.includes(listener_id)) store.policies.delete(id)
      }
    }),
  },
  {
    id: 'refuses-default-pool-but-detaches-it',
    breaks: 'elb/delete-pool/default-pool-of-listener',
    story: 'The listener drops the pool before it is checked whether that is allowed.',
    mutate: refusing(deletePool, ({ parameters }, store) => {
      const [listener] = listenersOf(store, parameters['pool_id'] ?? '')
      if (!listener) return undefined
      listener.default_pool_id = null
      return inUse(`listener ${listener.id} is using this pool`)
    }),
  },
]

const wire: readonly ElbMutant[] = [
  ...deletionMutants('delete-pool', deletePool, 'pool-deletion'),
  {
    id: 'pool-deletion-reads-the-body',
    breaks: 'elb/delete-pool/request-body-not-interpreted',
    story: 'Parameters of path and body are merged, and the body wins.',
    mutate: performing(deletePool, (call, store, original) => {
      const { id } = given(call, 'pool')
      const other = typeof id === 'string' ? own(store.pools, id, call.project) : undefined
      return original(other ? { ...call, parameters: { pool_id: other.id } } : call)
    }),
  },
  {
    id: 'pool-deletion-answers-the-pool',
    breaks: 'elb/delete-pool/no-response-body',
    story: 'A framework returns the object that was deleted.',
    mutate: performing(deletePool, (call, store, original) => {
      const pool = poolOf(call, store)
      const body = pool && { pool: presentPool(pool, store) }
      return { ...original(call), status: 200, body }
    }),
  },
]

const afterwards: readonly ElbMutant[] = [
  {
    id: 'deleted-pools-take-members',
    breaks: 'elb/delete-pool/members-path-gone',
    story: 'The table of members has no foreign key, and pools are looked up when they are shown.',
    mutate: passes(
      'elb/set-up/pool-of-member-exists',
      ({ method, parameters }) => method === 'POST' && parameters['member_id'] === undefined,
    ),
  },
  {
    id: 'update-revives-deleted-pools',
    breaks: 'elb/delete-pool/update-refused-afterwards',
    story: 'Updating is an upsert, and the row was only marked as deleted.',
    mutate: withState(() => {
      const deleted: ElbStore['pools'] = new Map()
      return together(
        alsoBefore(deletePool, (call, store) => {
          const pool = poolOf(call, store)
          if (pool) deleted.set(pool.id, pool)
        }),
        deciding('elb/update-pool/unknown-pool', (call, store, refusal) => {
          const pool = own(deleted, call.parameters['pool_id'], call.project)
          if (!refusal || !pool) return refusal
          store.pools.set(pool.id, pool)
          return undefined
        }),
      )
    }),
  },
  {
    id: 'keeps-the-name-reserved',
    breaks: 'elb/delete-pool/name-reusable',
    story: 'A unique index counts the pools marked as deleted.',
    mutate: withState(() => {
      const names = new Set<unknown>()
      return together(
        alsoBefore(deletePool, (call, store) => void names.add(poolOf(call, store)?.name)),
        refusing(createPool, (call) => {
          const { name } = given(call, 'pool')
          return name !== '' && names.has(name) ? inUse('There is such a pool already.') : undefined
        }),
      )
    }),
  },
  {
    id: 'deleted-policies-still-block',
    breaks: 'elb/delete-pool/accepted-once-unused',
    story: 'Users of a pool are counted up by policies, and counted down by unlinking only.',
    mutate: withState(() => {
      const used = new Set<string | null | undefined>()
      return together(
        alsoBefore(deletePolicy, ({ parameters }, { policies }) => {
          used.add(policies.get(parameters['l7policy_id'] ?? '')?.redirect_pool_id)
        }),
        deciding('elb/delete-pool/forwarding-policies-first', ({ parameters }, _store, refusal) =>
          used.has(parameters['pool_id']) ? inUse('l7policy is using this pool') : refusal,
        ),
      )
    }),
  },
  {
    id: 'unlinks-in-the-answer-only',
    breaks: 'elb/delete-pool/unlink-by-null',
    story: 'null is shown and then dropped, as an ORM drops what it takes for unset.',
    mutate: performing(updatePolicy, (call, { policies }, original) => {
      const policy = policies.get(call.parameters['l7policy_id'] ?? '')
      const linked = policy?.redirect_pool_id
      const answer = original(call)
      if (policy && linked && policy.redirect_pool_id === null) policy.redirect_pool_id = linked
      return answer
    }),
  },
  {
    id: 'fails-on-unlinking',
    breaks: 'elb/delete-pool/unlink-by-null',
    story: 'null reaches a column that does not take it.',
    mutate: refusing(updatePolicy, (call) =>
      given(call, 'l7policy')['redirect_pool_id'] === null
        ? { status: 500, code: 'InternalServerError', message: 'Request Failed: ' }
        : undefined,
    ),
  },
]

const methods: readonly ElbMutant[] = [
  {
    id: 'deletes-by-post',
    breaks: 'elb/delete-pool/only-by-delete',
    story: 'HTML forms have no DELETE, so the console was given a POST that does the same.',
    mutate: serving('POST /v2.0/lbaas/pools/:pool_id', (call, store) => {
      store.pools.delete(call.parameters['pool_id'] ?? '')
      return { status: 204 }
    }),
  },
  {
    id: 'patch-replaces-and-fails',
    breaks: 'elb/delete-pool/only-by-delete',
    story: 'PATCH deletes the row and writes it anew; then the new one proves to be invalid.',
    mutate: serving('PATCH /v2.0/lbaas/pools/:pool_id', (call, store) => {
      store.pools.delete(call.parameters['pool_id'] ?? '')
      return {
        status: 400,
        body: { NeutronError: { type: 'HTTPBadRequest', message: 'Invalid.' } },
      }
    }),
  },
]

const credentials = credentialMutants({
  name: 'delete-pool',
  on: deletePool,
  does: 'deletes',
  act({ parameters }, { pools }) {
    pools.delete(parameters['pool_id'] ?? '')
  },
  anyTokenStory: 'Any token is enough: the gateway is expected to have verified it.',
  otherProjectStory:
    'The project is compared when the row is returned, which is after it was deleted.',
})

export default [
  ...credentials,
  ...viewMutants,
  ...dependentMutants,
  ...historyMutants,
  ...others,
  ...wire,
  ...methods,
  ...afterwards,
  ...deletePoolRefusalsWithEffects,
] satisfies readonly ElbMutant[]
