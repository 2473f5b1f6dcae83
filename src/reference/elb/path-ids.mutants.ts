/** Faults in reading the ids of a path: cut short, or left empty. */

import type { Change, Mutant } from '../mutant.ts'
import type { Call } from '../rule.ts'
import { given } from './body.ts'
import { deletePool } from './delete-pool.ts'
import { serving, takenFor } from './faults.ts'
import { removeMember } from './remove-member.ts'
import { those, type ElbStore, type Pool } from './store.ts'
import { updatePool } from './update-pool.ts'

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

export const pathIdMutants: readonly ElbMutant[] = [...cut, ...emptied]
