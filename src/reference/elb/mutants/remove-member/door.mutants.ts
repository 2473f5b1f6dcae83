/** Faults in who may remove a member, and in which one is meant. */

import type { Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { failsOn, isCall, poolOf, refusesBut, serving, unguarded, unowned } from '../../changes.ts'
import { removeMember } from '../../remove-member.ts'
import { membersOf, own, type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

function drop({ parameters }: Call, { members }: ElbStore): void {
  members.delete(parameters['member_id'] ?? '')
}

const credentials: readonly ElbMutant[] = [
  {
    id: 'removes-without-a-token',
    breaks: 'elb/remove-member/credentials-required',
    story: 'A token is verified where there is one; where there is none, nothing fails.',
    mutate: unguarded(removeMember, (token) => token === ''),
  },
  {
    id: 'removes-for-any-token',
    breaks: 'elb/remove-member/credentials-required',
    story: 'Nested paths are registered behind the guard that verifies, before the one that asks.',
    mutate: unguarded(removeMember, (token) => token !== ''),
  },
  {
    id: 'answers-401-but-removes',
    breaks: 'elb/remove-member/credentials-required',
    story: 'The work is queued while Keystone is asked, and nobody takes it back.',
    mutate: refusesBut('elb/set-up/token-required', (call, store) => {
      if (isCall(removeMember, call)) drop(call, store)
    }),
  },
  {
    id: 'removes-for-any-project',
    breaks: 'elb/remove-member/other-project',
    story: 'Looked up by primary key; only lists have the condition on the project.',
    mutate: unowned(removeMember),
  },
  {
    id: 'refuses-another-project-but-removes',
    breaks: 'elb/remove-member/other-project',
    story: 'The project is that of the pool, which is loaded when the member has gone.',
    mutate: refusesBut('elb/remove-member/unknown-pool', (call, store) => {
      if (poolOf(call, store)) drop(call, store)
    }),
  },
]

function named(name: string, { parameters }: Call): string {
  return parameters[name] ?? ''
}

const malformed: readonly ElbMutant[] = [
  {
    id: 'removal-fails-on-long-pool-ids',
    breaks: 'elb/remove-member/malformed-ids',
    story: 'The database complains of a value that is longer than its column.',
    mutate: failsOn('elb/remove-member/unknown-pool', (call) => named('pool_id', call).length > 36),
  },
  {
    id: 'removal-fails-on-spaces-in-member-ids',
    breaks: 'elb/remove-member/malformed-ids',
    story: 'The id goes on to another service, unescaped, in a URL that is none then.',
    mutate: failsOn('elb/remove-member/unknown-member', (call) =>
      named('member_id', call).includes(' '),
    ),
  },
]

/** Removes every member of the pool in the path, or the last. */
function sweeping(on: string, status: number, from: number): ElbMutant['mutate'] {
  return serving(on, (call, store) => {
    const pool = own(store.pools, named('pool_id', call), call.project)
    const members = membersOf(store, pool?.id ?? '')
    for (const { id } of members.slice(from)) store.members.delete(id)
    return { status }
  })
}

/** Removes by the id of the member alone. */
function flat(on: string): ElbMutant['mutate'] {
  return serving(on, (call, store) => {
    if (!own(store.members, named('member_id', call), call.project)) return { status: 404 }
    drop(call, store)
    return { status: 204 }
  })
}

const missing: readonly ElbMutant[] = [
  {
    id: 'removes-every-member-without-id',
    breaks: 'elb/remove-member/member-id-required',
    story: 'The batch operation of another version answers here too; without a list it takes all.',
    mutate: sweeping('DELETE /v2.0/lbaas/pools/:pool_id/members', 204, 0),
  },
  {
    id: 'an-empty-id-means-every-member',
    breaks: 'elb/remove-member/member-id-required',
    story: 'The condition is left out of the DELETE when the id is empty.',
    mutate: sweeping('DELETE /v2.0/lbaas/pools/:pool_id/members/', 204, 0),
  },
  {
    id: 'refuses-without-id-but-removes-the-last',
    breaks: 'elb/remove-member/member-id-required',
    story: 'members.at(indexOf(undefined)) is the last one; the mistake is noticed a line later.',
    mutate: sweeping('DELETE /v2.0/lbaas/pools/:pool_id/members', 404, -1),
  },
  {
    id: 'removes-without-pool',
    breaks: 'elb/remove-member/pool-id-required',
    story: 'Members have ids of their own, so the pool is compared only where it is given.',
    mutate: flat('DELETE /v2.0/lbaas/pools//members/:member_id'),
  },
]

export const doorMutants: readonly ElbMutant[] = [...credentials, ...malformed, ...missing]
