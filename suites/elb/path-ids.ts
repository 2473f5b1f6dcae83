/** Ids in a path that are unknown, malformed or missing: the same questions about each operation. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { assertControl, assertNotServed, assertUnchanged } from '../../src/check/assert.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import type { Exchange } from '../../src/model.ts'
import type { Arrange } from './arranged-operation.ts'
import { assertNothingMeant } from './deletions.ts'

type Ask = (elb: ElbGround) => Promise<void>

/** A well-formed id that no object has. */
export const unknownId = '00000000-0000-4000-8000-000000000000'

/** Makes an id too long to be valid; a server that truncates ids finds the object of the real one. */
const tail = '0'.repeat(1000)

/**
 * Changes nothing with an unknown id, and is refused, or answered like the deletion of what is gone; accepted with the
 * real id.
 *
 * @param position - Which id of the path, counted from 0.
 */
export function unknownIdRefused(arrange: Arrange, position = 0): Ask {
  return idsRefused(arrange, (ids) => [ids.toSpliced(position, 1, unknownId)])
}

/** The same with each id in turn replaced by one with a space, by one that is too long, and by one that is cut off. */
export function malformedIdsRefused(arrange: Arrange): Ask {
  return idsRefused(arrange, (ids) =>
    ids.flatMap((id, position) =>
      ['not an id', id + tail, ...cutOff(id)].map((wrong) => ids.toSpliced(position, 1, wrong)),
    ),
  )
}

/** An id without its end. Where ids are short, what is left of one may be the id of something else. */
function cutOff(id: string): readonly string[] {
  return id.length < shortest ? [] : [id.slice(0, Math.ceil(0.8 * id.length))]
}

const shortest = 16

function idsRefused(
  arrange: Arrange,
  wrong: (ids: readonly string[]) => readonly (readonly string[])[],
): Ask {
  return async (elb) => {
    const { ids, request, allowed } = await arrange(elb)
    const before = await elb.survey()
    const answers: Exchange[] = []
    for (const others of wrong(ids)) answers.push(await elb.write('ask', request(others)))
    assertUnchanged(before, await elb.survey())
    await assertNothingMeant(elb, arrange, answers)
    assertControl(await elb.write('ask', request(ids)), allowed)
  }
}

/**
 * The request is refused or redirected on other paths; accepted on its own.
 *
 * @param paths - Below `/v2.0/lbaas`, made from the ids of the right path.
 */
export function notServedAt(
  arrange: Arrange,
  paths: (ids: readonly string[]) => readonly string[],
): Ask {
  return async (elb) => {
    const { ids, request, allowed } = await arrange(elb)
    const right = request(ids)
    const before = await elb.survey()
    for (const path of paths(ids)) {
      const { path: wrong } = elbRequest(right.method, path)
      assertNotServed(await elb.write('ask', { ...right, path: wrong, mayRedirect: true }))
    }
    assertUnchanged(before, await elb.survey())
    assertControl(await elb.write('ask', right), allowed)
  }
}
