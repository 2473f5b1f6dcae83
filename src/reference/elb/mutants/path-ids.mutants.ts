/** Faults in reading the ids of a path: cut short, or left empty. */

import type { Change, Mutant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { given } from '../body.ts'
import { deletePool } from '../delete-pool.ts'
import { serving, takenFor } from '../changes.ts'
import { removeMember } from '../remove-member.ts'
import { those, type ElbStore, type Pool } from '../store.ts'
import { updatePool } from '../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** Cuts one id in the path to the length of a UUID. */
function cutting(on: string, name: string): Change<ElbStore> {
  return takenFor(on, ({ parameters }) => ({
    parameters: { ...parameters, [name]: parameters[name]?.slice(0, 36) ?? '' },
  }))
}

const cut: readonly ElbMutant[] = [
  {
    id: 'update-cuts-ids',
    breaks: 'elb/update-pool/malformed-pool',
    story: 'The column has 36 characters, and the driver cuts what is longer.',
    mutate: cutting(updatePool, 'pool_id'),
  },
  {
    id: 'deletion-cuts-ids',
    breaks: 'elb/delete-pool/malformed-pool',
    story: 'The column has 36 characters, and the driver cuts what is longer.',
    mutate: cutting(deletePool, 'pool_id'),
  },
  {
    id: 'removal-cuts-pool-ids',
    breaks: 'elb/remove-member/malformed-ids',
    story: 'The column has 36 characters, and the driver cuts what is longer.',
    mutate: cutting(removeMember, 'pool_id'),
  },
  {
    id: 'removal-cuts-member-ids',
    breaks: 'elb/remove-member/malformed-ids',
    story: 'The column has 36 characters, and the driver cuts what is longer.',
    mutate: cutting(removeMember, 'member_id'),
  },
]

function poolsOf({ project }: Call, { pools }: ElbStore): readonly Pool[] {
  return those(pools, ({ tenant_id }) => tenant_id === project)
}

const emptied: readonly ElbMutant[] = [
  {
    id: 'an-empty-id-updates-every-pool',
    breaks: 'elb/update-pool/pool-id-required',
    story: 'The condition is left out of the UPDATE when the id is empty.',
    mutate: serving('PUT /v2.0/lbaas/pools/', (call, store) => {
      const { description } = given(call, 'pool')
      for (const pool of poolsOf(call, store)) Object.assign(pool, { name: '', description })
      return { status: 200, body: { pools: [] } }
    }),
  },
  {
    id: 'an-empty-id-deletes-every-pool',
    breaks: 'elb/delete-pool/pool-id-required',
    story: 'The condition is left out of the DELETE when the id is empty.',
    mutate: serving('DELETE /v2.0/lbaas/pools/', (call, store) => {
      for (const { id } of poolsOf(call, store)) store.pools.delete(id)
      return { status: 204 }
    }),
  },
]

const astray: readonly ElbMutant[] = [
  {
    id: 'updates-by-a-path-below',
    breaks: 'elb/update-pool/unknown-path',
    story: 'The router matches the beginning of a path and hands over what follows unread.',
    mutate: serving('PUT /v2.0/lbaas/pools/:pool_id/pool', (call, store) => {
      const pool = store.pools.get(call.parameters['pool_id'] ?? '')
      if (pool) Object.assign(pool, { description: 'updated' })
      return { status: 404, body: {} }
    }),
  },
  {
    id: 'serves-a-path-below',
    breaks: 'elb/update-pool/unknown-path',
    story: 'Unknown paths fall through to the page that greets, with status 200.',
    mutate: serving('PUT /v2.0/lbaas/pools/:pool_id/pool', () => ({ status: 200, body: {} })),
  },
  {
    id: 'removes-by-the-flat-path',
    breaks: 'elb/remove-member/pool-id-required',
    story: 'Members are registered as a collection of their own beside the nested one.',
    mutate: serving('DELETE /v2.0/lbaas/members/:member_id', ({ parameters }, { members }) => ({
      status: members.delete(parameters['member_id'] ?? '') ? 204 : 404,
    })),
  },
  {
    id: 'upper-case-deletes-the-first',
    breaks: 'elb/delete-pool/id-case',
    story: 'What is no id of a row is taken for a filter, and the first row is the match.',
    mutate: takenFor(deletePool, (call, store) => {
      const id = call.parameters['pool_id'] ?? ''
      const first = poolsOf(call, store)[0]?.id ?? id
      return id === id.toUpperCase() && /[A-F]/.test(id)
        ? { parameters: { ...call.parameters, pool_id: first } }
        : {}
    }),
  },
]

export const pathIdMutants: readonly ElbMutant[] = [...cut, ...emptied, ...astray]
