/** Faults in reading a path: ids that are malformed or missing, and paths that should not exist. */

import type { Change, Mutant } from '../../mutant.ts'
import type { Answer, Call } from '../../rule.ts'
import { given, picked } from '../body.ts'
import { deletePool } from '../delete-pool.ts'
import { failsOn, passes, serving, misreading } from '../changes.ts'
import { removeMember } from '../remove-member.ts'
import { membersOf, own, matching, type ElbStore, type Pool } from '../store.ts'
import { updatePool } from '../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** Truncates one id of the path to the length of a UUID. */
function cutting(on: string, name: string): Change<ElbStore> {
  return misreading(on, ({ parameters }) => ({
    parameters: { ...parameters, [name]: parameters[name]?.slice(0, 36) ?? '' },
  }))
}

function cuts(id: string, breaks: string, on: string, name: string): ElbMutant {
  const story = 'The column has 36 characters, and the driver truncates longer values.'
  return { id, breaks, story, mutate: cutting(on, name) }
}

function failsOnLongIds(id: string, breaks: string, keeps: string): ElbMutant {
  return {
    id,
    breaks,
    story: 'The database reports an error for a value that is longer than its column.',
    mutate: failsOn(keeps, ({ parameters }) => (parameters['pool_id'] ?? '').length > 36),
  }
}

/** @param name - Of the id in the path. */
function failsOnSpaces(id: string, breaks: string, keeps: string, name: string): ElbMutant {
  return {
    id,
    breaks,
    story: 'The id is sent to another service in a URL, unescaped, which makes the URL invalid.',
    mutate: failsOn(keeps, ({ parameters }) => (parameters[name] ?? '').includes(' ')),
  }
}

const malformed = {
  update: 'elb/update-pool/malformed-pool',
  deletion: 'elb/delete-pool/malformed-pool',
  removal: 'elb/remove-member/malformed-ids',
}

const unknown = {
  update: 'elb/update-pool/unknown-pool',
  deletion: 'elb/delete-pool/unknown-pool',
  pool: 'elb/remove-member/unknown-pool',
  member: 'elb/remove-member/unknown-member',
}

const malformedIds: readonly ElbMutant[] = [
  cuts('update-cuts-ids', malformed.update, updatePool, 'pool_id'),
  cuts('deletion-cuts-ids', malformed.deletion, deletePool, 'pool_id'),
  cuts('removal-cuts-pool-ids', malformed.removal, removeMember, 'pool_id'),
  cuts('removal-cuts-member-ids', malformed.removal, removeMember, 'member_id'),
  failsOnLongIds('update-fails-on-long-ids', malformed.update, unknown.update),
  failsOnLongIds('deletion-fails-on-long-ids', malformed.deletion, unknown.deletion),
  failsOnLongIds('removal-fails-on-long-pool-ids', malformed.removal, unknown.pool),
  failsOnSpaces('update-fails-on-spaces', malformed.update, unknown.update, 'pool_id'),
  failsOnSpaces('deletion-fails-on-spaces', malformed.deletion, unknown.deletion, 'pool_id'),
  failsOnSpaces(
    'removal-fails-on-spaces-in-member-ids',
    malformed.removal,
    unknown.member,
    'member_id',
  ),
  {
    id: 'no-id-is-gone-already',
    breaks: malformed.deletion,
    story:
      'A value that is not a UUID cannot be in the table, and a missing row counts as deleted.',
    mutate: passes(
      unknown.deletion,
      ({ parameters }) => !/^[0-9a-f-]{36}$/i.test(parameters['pool_id'] ?? ''),
    ),
  },
]

function poolsOf({ project }: Call, { pools }: ElbStore): readonly Pool[] {
  return matching(pools, ({ tenant_id }) => tenant_id === project)
}

/** Deletes the pools of a project, or only the last of them. */
function deletingPools(on: string, status: number, from: number): Change<ElbStore> {
  return serving(on, (call, store) => {
    for (const { id } of poolsOf(call, store).slice(from)) store.pools.delete(id)
    return { status }
  })
}

/** Sets the texts of every pool of the project. */
function updatingPools(on: string, answer: Answer): Change<ElbStore> {
  return serving(on, (call, store) => {
    const texts = picked(given(call, 'pool'), ['name', 'description'])
    for (const pool of poolsOf(call, store)) Object.assign(pool, texts)
    return answer
  })
}

/** Removes every member of the pool in the path, or only the last. */
function removingMembers(on: string, status: number, from: number): Change<ElbStore> {
  return serving(on, (call, store) => {
    const pool = own(store.pools, call.parameters['pool_id'], call.project)
    const members = membersOf(store, pool?.id ?? '')
    for (const { id } of members.slice(from)) store.members.delete(id)
    return { status }
  })
}

const missingIds: readonly ElbMutant[] = [
  {
    id: 'updates-the-collection',
    breaks: 'elb/update-pool/pool-id-required',
    story: 'The routes of a resource are generated, including one that updates in bulk.',
    mutate: updatingPools('PUT /v2.0/lbaas/pools', { status: 200, body: { pools: [] } }),
  },
  {
    id: 'refuses-the-collection-but-updates',
    breaks: 'elb/update-pool/pool-id-required',
    story: 'Without an id the UPDATE has no condition; then no pool is found to show.',
    mutate: updatingPools('PUT /v2.0/lbaas/pools', { status: 404 }),
  },
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
    mutate: deletingPools('DELETE /v2.0/lbaas/pools/', 204, 0),
  },
  {
    id: 'deletes-the-collection',
    breaks: 'elb/delete-pool/pool-id-required',
    story: 'The routes of a resource are generated, including one that deletes in bulk.',
    mutate: deletingPools('DELETE /v2.0/lbaas/pools', 204, 0),
  },
  {
    id: 'refuses-the-collection-but-deletes-the-last',
    breaks: 'elb/delete-pool/pool-id-required',
    story: 'pools.at(indexOf(undefined)) is the last pool; the mistake is noticed a line later.',
    mutate: deletingPools('DELETE /v2.0/lbaas/pools', 404, -1),
  },
  {
    id: 'removes-every-member-without-id',
    breaks: 'elb/remove-member/member-id-required',
    story: 'The batch operation of another version answers here too; without a list it takes all.',
    mutate: removingMembers('DELETE /v2.0/lbaas/pools/:pool_id/members', 204, 0),
  },
  {
    id: 'an-empty-id-means-every-member',
    breaks: 'elb/remove-member/member-id-required',
    story: 'The condition is left out of the DELETE when the id is empty.',
    mutate: removingMembers('DELETE /v2.0/lbaas/pools/:pool_id/members/', 204, 0),
  },
  {
    id: 'refuses-without-id-but-removes-the-last',
    breaks: 'elb/remove-member/member-id-required',
    story:
      'members.at(indexOf(undefined)) is the last member; the mistake is noticed a line later.',
    mutate: removingMembers('DELETE /v2.0/lbaas/pools/:pool_id/members', 404, -1),
  },
  {
    id: 'removes-without-pool',
    breaks: 'elb/remove-member/pool-id-required',
    story: 'Members have ids of their own, so the pool is compared only where it is given.',
    mutate: serving('DELETE /v2.0/lbaas/pools//members/:member_id', (call, { members }) => {
      const member = own(members, call.parameters['member_id'], call.project)
      return { status: member && members.delete(member.id) ? 204 : 404 }
    }),
  },
]

const otherPaths: readonly ElbMutant[] = [
  {
    id: 'updates-by-a-path-below',
    breaks: 'elb/update-pool/unknown-path',
    story: 'The router matches the beginning of a path and ignores the rest.',
    mutate: serving('PUT /v2.0/lbaas/pools/:pool_id/pool', (call, store) => {
      const pool = store.pools.get(call.parameters['pool_id'] ?? '')
      if (pool) Object.assign(pool, { description: 'updated' })
      return { status: 404, body: {} }
    }),
  },
  {
    id: 'serves-a-path-below',
    breaks: 'elb/update-pool/unknown-path',
    story: 'Unknown paths are answered by a start page, with status 200.',
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
    story: 'A value that is not the id of a row is read as a filter, and the first row matches.',
    mutate: misreading(deletePool, (call, store) => {
      const id = call.parameters['pool_id'] ?? ''
      const first = poolsOf(call, store)[0]?.id ?? id
      return id === id.toUpperCase() && /[A-F]/.test(id)
        ? { parameters: { ...call.parameters, pool_id: first } }
        : {}
    }),
  },
]

export const pathIdMutants: readonly ElbMutant[] = [...malformedIds, ...missingIds, ...otherPaths]
