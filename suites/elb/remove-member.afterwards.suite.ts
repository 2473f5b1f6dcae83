/** What follows a removal of a backend server: what is added again, removed again, or must not come back. */

import { aMember } from '../../fixtures/elb/bodies.ts'
import { check } from '../../fixtures/elb/ground.ts'
import { wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertRefusedOrAccepted,
  assertSame,
  assertThat,
  isAccepted,
  isRefused,
} from '../../src/check/assert.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import type { Entry } from '../../src/check/check.ts'
import { pause } from '../../src/exchange/clock.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'
import { anyEmptyPool, anyPoolToDelete } from './circumstances.ts'
import { unknownId } from './path-ids.ts'

const page = 'Removing a Backend Server'

export const removeMemberAfterwards: readonly Entry[] = [
  check(
    {
      id: 'elb/remove-member/overlapping-removals',
      level: 'implied',
      text: 'Of two removals that are sent at the same time, each that is accepted removes its backend server.',
      source: `${page} › Function`,
      varies: anyEmptyPool,
    },
    async (elb) => {
      const pool = await elb.pool()
      const members = [await elb.member(pool), await elb.member(pool), await elb.member(pool)]
      const sent = await Promise.all(
        members
          .slice(1)
          .map(async (member) => ({ member, answered: await elb.removeMember(pool, member) })),
      )
      for (const { answered } of sent) assertRefusedOrAccepted(answered)
      const removed = sent
        .filter(({ answered }) => isAccepted(answered))
        .map(({ member }) => member)
      if (removed.length === 0) throw new Unarranged('Neither of two removals was accepted.')
      const left = members.filter((one) => !removed.includes(one)).map(({ id }) => id)
      const { members: shown } = await elb.shownPool(pool)
      assertSame(shown, left.toSorted(), 'The backend servers of the pool')
    },
  ),

  check(
    {
      id: 'elb/remove-member/update-refused-afterwards',
      level: 'implied',
      text: 'A removed backend server cannot be updated, or restored by an update.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const path = `/pools/${pool.id}/members/${member.id}`
      const update = elbRequest('PUT', path, { member: { weight: 7 } })
      assertControl(
        await elb.write('arrange', update),
        'an update of the weight of a backend server',
      )
      assertAccepted(await elb.removeMember(pool, member))
      assertRefused(await elb.write('ask', update))
      await elb.assertGone(path, member)
    },
  ),

  check(
    {
      id: 'elb/remove-member/gone-from-filter',
      level: 'implied',
      text: 'A list of the pools that have a backend server at an address no longer shows one from which the last such was removed.',
      source: `${page} › Function`,
      varies: anyEmptyPool,
    },
    async (elb) => {
      const pool = await elb.pool()
      const [address = ''] = elb.context.session.target.given.addresses
      const isFound = async (at: string) =>
        (await elb.poolsWith('member_address', at)).includes(pool.id)
      const member = await elb.member(pool, { address })
      // Not by one that nothing has had: what was in the pool before the question may be what is still found.
      if (!(await isFound(address)) || (await isFound('192.0.2.254'))) {
        throw new NotOffered('This target does not find pools by their backend servers.')
      }
      assertAccepted(await elb.removeMember(pool, member))
      assertThat(!(await isFound(address)), `The pool ${pool.id} is still found by ${address}.`)
    },
  ),

  check(
    {
      id: 'elb/remove-member/addable-again',
      level: 'implied',
      text: 'A removed address and port can be added again.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const first = await elb.member(pool)
      assertAccepted(await elb.removeMember(pool, first))
      const { subnetId: subnet_id } = elb.context.session.target.given
      const again = aMember({ address: first.address, protocol_port: first.port, subnet_id })
      const second = await elb.tryToCreate(`/pools/${pool.id}/members`, 'member', again)
      assertAccepted(second)
      const { id } = wrapped(second, 'member')
      await elb.mustShow(`/pools/${pool.id}/members/${String(id)}`)
      // A service may give the same id again: then it is the new backend server that is shown.
      if (id !== first.id) await elb.assertGone(`/pools/${pool.id}/members/${first.id}`, {})
    },
  ),

  check(
    {
      id: 'elb/remove-member/after-adding-again',
      level: 'implied',
      text: 'A backend server that was removed and added again is removed like any other.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const first = await elb.member(pool)
      assertAccepted(await elb.removeMember(pool, first))
      const place = { address: first.address, protocol_port: first.port }
      for (const _life of ['second', 'third']) {
        const again = await elb.member(pool, place)
        assertAccepted(await elb.removeMember(pool, again))
        await elb.assertGone(`/pools/${pool.id}/members/${again.id}`, again)
      }
    },
  ),

  check(
    {
      id: 'elb/remove-member/after-a-refusal',
      level: 'implied',
      text: 'A removal after one that was refused is carried out.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const refused = await elb.removeMember(pool, { id: unknownId })
      if (isAccepted(refused)) {
        throw new NotOffered('The target refuses no removal of an unknown backend server.')
      }
      if (!isRefused(refused)) {
        throw new Unarranged('The removal of an unknown backend server was not refused.')
      }
      assertAccepted(await elb.removeMember(pool, member))
      await elb.assertGone(`/pools/${pool.id}/members/${member.id}`, member)
    },
  ),

  check(
    {
      id: 'elb/remove-member/unblocks-pool-deletion',
      level: 'implied',
      text: 'A pool can be deleted once its last backend server is removed.',
      source: `${page} › Function; Deleting a Backend Server Group › Constraints`,
      varies: anyPoolToDelete,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      assertAccepted(await elb.removeMember(pool, member))
      assertAccepted(await elb.deletePool(pool), 'Its only backend server had been removed.')
      await elb.assertGone(`/pools/${pool.id}`, pool)
    },
  ),

  check(
    {
      id: 'elb/remove-member/added-again-otherwise',
      level: 'implied',
      text: 'Nothing of a removed backend server is left: added again with another weight, it has that weight.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const first = await elb.member(pool, { weight: 7 })
      const { weight: before } = await elb.shownMember(pool, first)
      if (before !== 7) throw new Unarranged('The weight is not shown as it was given.')
      assertAccepted(await elb.removeMember(pool, first))
      const place = { address: first.address, protocol_port: first.port }
      const again = await elb.member(pool, { ...place, weight: 3 })
      const { weight: after } = await elb.shownMember(pool, again)
      assertSame(after, 3, 'The weight of the backend server that was added again')
    },
  ),

  check(
    {
      id: 'elb/remove-member/durable',
      level: 'implied',
      text: 'A removed backend server does not come back after a while, also where the pool has a health monitor.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.healthMonitorIfOffered(pool)
      const member = await elb.member(pool)
      const listed = () => elb.listedIds(`/pools/${pool.id}/members`, 'members')
      const others = (await listed()).filter((id) => id !== member.id)
      assertAccepted(await elb.removeMember(pool, member))
      assertSame(await listed(), others, 'The backend servers')
      await pause(elb.context.session.limits.lastingSeconds * 1000)
      assertSame(await listed(), others, 'The backend servers after a while')
    },
  ),
]
