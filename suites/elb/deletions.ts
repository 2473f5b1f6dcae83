/** What holds for every DELETE: its bodies, its status, and what a second one answers. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/survey.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertStatus,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { Unarranged, type Exchange } from '../../src/model.ts'
import type { Arrange } from './arranged-operation.ts'

type Ask = (elb: ElbGround) => Promise<void>

/** Accepted, and takes effect, without a body and without a content type. */
export function needsNoRequestBody(arrange: Arrange): Ask {
  return async (elb) => {
    const { ids, request, path, object } = await arrange(elb)
    const { body, headers = {}, ...bare } = request(ids)
    assertSame([body, Object.keys(headers)], [undefined, []], 'The request of this check')
    assertAccepted(await elb.write('ask', bare))
    await elb.assertGone(path, object)
  }
}

export function answersWithoutBody(arrange: Arrange): Ask {
  return async (elb) => {
    const { ids, request } = await arrange(elb)
    const answered = await elb.write('ask', request(ids))
    assertAccepted(answered)
    assertSame(answered.text, '', 'The body of the answer')
  }
}

export function answers204(arrange: Arrange): Ask {
  return async (elb) => {
    const { ids, request } = await arrange(elb)
    assertStatus(await elb.write('ask', request(ids)), 204)
  }
}

/**
 * Deletes twice; the second answer shows the reading.
 *
 * @param without - Everything, before the deleted object was created.
 * @throws {Unarranged} When the id was given to something else in between: that is not to be deleted.
 */
export async function readingOfSecondDeletion(
  elb: ElbGround,
  without: Survey,
  path: string,
  deleteIt: () => Promise<Exchange>,
): Promise<string> {
  assertAccepted(await deleteIt())
  const between = await elb.show(path)
  if (isAccepted(between)) throw new Unarranged(`${path} is shown after its deletion.`)
  const second = await deleteIt()
  assertUnchanged(without, await elb.survey())
  return readingOf(
    { 'not-found': isRefused(second), accepted: isAccepted(second) },
    `The second DELETE answered ${second.status}, expected 2xx or 4xx.`,
  )
}

/**
 * Every request of an operation was refused; or, where it is a deletion, and the target also accepts the deletion of
 * what is gone, it was accepted: the pages do not say how the deletion of nothing is answered.
 *
 * A look has to show that it changed nothing.
 *
 * @throws {AssertionError}
 */
export async function assertNothingMeant(
  elb: ElbGround,
  arrange: Arrange,
  answers: readonly Exchange[],
): Promise<void> {
  const accepted = answers.filter((one) => one.request.method === 'DELETE' && isAccepted(one))
  for (const one of answers) if (!accepted.includes(one)) assertRefused(one)
  const [first] = accepted
  if (first && !(await acceptsAgain(elb, arrange))) assertRefused(first)
}

/** Is a second deletion of the same object accepted? */
async function acceptsAgain(elb: ElbGround, arrange: Arrange): Promise<boolean> {
  const { ids, request, path, object } = await arrange(elb)
  assertAccepted(await elb.write('ask', request(ids)))
  await elb.assertGone(path, object)
  return isAccepted(await elb.write('ask', request(ids)))
}
