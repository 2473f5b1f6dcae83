/** Faults of removing a backend server that show when others are removed, updated or looked for. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import { isObject } from '../../body.ts'
import {
  alsoBefore,
  listPools,
  passes,
  showMember,
  updateMember,
  withState,
} from '../../changes.ts'
import { presentPool } from '../../present.ts'
import { removeMember } from '../../remove-member.ts'
import { membersOf, type ElbStore, type Member } from '../../store.ts'
import { memberOf, remembering } from './views.mutants.ts'

export const removalAfterwardsMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'writes-the-members-that-were-shown',
    breaks: 'elb/remove-member/overlapping-removals',
    story: 'Each worker takes one from the list that was shown last, and writes the list back.',
    mutate: withState(() => {
      const shown = new Map<string, readonly Member[]>()
      return together(
        alsoBefore(showMember, ({ parameters: { pool_id = '' } }, store) => {
          shown.set(pool_id, membersOf(store, pool_id))
        }),
        alsoBefore(removeMember, (call, store) => {
          const { pool_id = '' } = memberOf(call, store) ?? {}
          for (const one of shown.get(pool_id) ?? []) store.members.set(one.id, one)
        }),
      )
    }),
  },
  {
    id: 'an-update-brings-members-back',
    breaks: 'elb/remove-member/update-refused-afterwards',
    story: 'An update writes the row whether it is there or not.',
    mutate: remembering((removed) => {
      const isRemoved = ({
        parameters,
      }: {
        readonly parameters: Readonly<Record<string, string>>
      }) => removed.get(parameters['member_id'] ?? '')
      return together(
        passes(
          'elb/set-up/member-exists',
          (call) => call.method === 'PUT' && isRemoved(call) !== undefined,
        ),
        alsoBefore(updateMember, (call, { members }) => {
          const member = isRemoved(call)
          if (member) members.set(member.id, { ...member })
        }),
      )
    }),
  },
  {
    id: 'finds-pools-by-former-members',
    breaks: 'elb/remove-member/gone-from-filter',
    story: 'The index by address is only ever added to.',
    mutate: remembering((removed) =>
      performing(listPools, (call, store, original) => {
        const answer = original(call)
        const address = call.query.find(([name]) => name === 'member_address')?.[1]
        if (address === undefined || !isObject(answer.body)) return answer
        const listed = answer.body['pools'] as readonly unknown[]
        const former = [...removed.values()].flatMap((one) => {
          const pool = one.address === address ? store.pools.get(one.pool_id) : undefined
          return pool ? [presentPool(pool, store)] : []
        })
        return { ...answer, body: { ...answer.body, pools: [...listed, ...former] } }
      }),
    ),
  },
]
