/** How `update-member` is asked. @see Updating a Backend Server */

import type { Pool } from '../../../fixtures/elb/created.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { elbRequest } from '../../../src/dialects/elb.ts'
import { segment } from '../../../src/dialects/objects.ts'
import { readable } from '../response-rows.ts'
import { survey } from './made.ts'

interface Place {
  readonly pool: Pool
  readonly member: { readonly id: string }
}

const pathOf = ({ pool, member }: Place): string =>
  `/pools/${segment(pool.id)}/members/${segment(member.id)}`

export const updateMember: Recipe<ElbGround, Place> = {
  arrange: async (elb) => {
    const pool = await elb.pool()
    return { pool, member: await elb.member(pool) }
  },
  valid: () => ({ member: { weight: 7 } }),
  send: (elb, place, request) => elb.write('ask', elbRequest('PUT', pathOf(place), request)),
  shown: async (elb, place) => readable((await elb.mustShow(pathOf(place))).body),
  survey,
}
