/**
 * Faults that no check finds yet, although their requirements forbid them.
 *
 * Each waits here for a stronger check; then it goes to its kin, and so among the mutants that have
 * to be killed. None may stay without the lead knowing why.
 */

import type { Change, Mutant } from '../mutant.ts'
import type { Call } from '../rule.ts'
import { given } from './body.ts'
import { deletePool } from './delete-pool.ts'
import { poolOf, refusesBut, refusesUpdate, serving, stickinessIn, takenFor } from './faults.ts'
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

/** The checks send a long id that is nobody's; these wait for one that begins with a real id. */
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

/** The checks leave the id out together with its slash; these wait for an empty one behind it. */
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

/** Refuses sticky sessions of that kind as it should, and switches the old ones off. */
function disabling(keeps: string, kind: Readonly<Record<string, unknown>>): Change<ElbStore> {
  return refusesBut(keeps, (call, store) => {
    const sent = stickinessIn(given(call, 'pool')) ?? {}
    if (Object.entries(kind).some(([name, value]) => sent[name] !== value)) return
    Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
  })
}

/** The checks start from a pool without sticky sessions; these wait for one that has some to lose. */
const disabled: readonly ElbMutant[] = [
  {
    id: 'refuses-a-cookie-name-but-disables',
    breaks: 'elb/update-pool/cookie-name-without-app-cookie.source-ip',
    story: 'The old sessions are switched off before the new ones are looked at.',
    mutate: disabling('elb/update-pool/cookie-name-without-app-cookie', { type: 'SOURCE_IP' }),
  },
  {
    id: 'refuses-null-timeout-but-disables',
    breaks: 'elb/update-pool/timeout-null',
    story: 'The old sessions are switched off before the new ones are looked at.',
    mutate: disabling('elb/update-pool/request.pool.session_persistence.persistence_timeout.type', {
      persistence_timeout: null,
    }),
  },
]

/** Taken for a server without sticky sessions on UDP, because the look for them sends no timeout. */
const notOffered: readonly ElbMutant[] = [
  {
    id: 'udp-timeout-required',
    breaks: 'elb/update-pool/timeout-optional.udp',
    story: 'Only HTTP has a default, so the others are asked for a value.',
    mutate: refusesUpdate((sent, pool) => {
      const stickiness = stickinessIn(sent)
      return pool.protocol === 'UDP' && !!stickiness && !('persistence_timeout' in stickiness)
    }),
  },
]

export const elbSurvivors: readonly ElbMutant[] = [...cut, ...emptied, ...disabled, ...notOffered]
