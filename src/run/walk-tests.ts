/** Inside vitest: each walk becomes a test like the checks, and its result is sent with the test. */

import { AssertionError } from 'node:assert'
import * as allure from 'allure-js-commons'
import { describe, test, type TestContext } from 'vitest'
import type { JudgeAnswer } from '../check/check.ts'
import type { Lanes } from '../check/lanes.ts'
import { takeWalk, type Walked } from '../check/take-walk.ts'
import { ordersOf, type WalkSelection } from '../check/walk-selection.ts'
import type { Walks } from '../check/walk.ts'
import { allureAttachment } from '../report/allure-text.ts'
import { legible } from '../report/legible.ts'
import type { Session } from '../session/session.ts'
import type { Bail } from './bail.ts'

/** What the worker reports about a walk, as metadata of its test. */
export interface WalkMeta {
  target: string
  walked?: Walked
}

/** Declares a test for each walk of the target's dialect. */
export function declareWalks<LoadBalancer>(
  all: readonly Walks[],
  selection: WalkSelection,
  session: Session,
  lanes: Lanes<LoadBalancer>,
  { judge, bail }: { readonly judge: JudgeAnswer; readonly bail: Bail },
): void {
  const { dialect } = session.target
  const walks = all.find((one) => one.dialect === dialect)
  const orders = ordersOf(selection, dialect, session.run.seed)
  if (!walks || orders.length === 0) return
  describe('walks', () => {
    for (const order of orders) {
      const take = () => takeWalk(walks, order, session, lanes, judge)
      test(`walk ${order.number}`, async (context) => {
        if (bail.reached !== undefined) context.skip(bail.reached)
        bail.walked(session.target, await asTest(walks, take, session, context))
      })
    }
  })
}

async function asTest(
  walks: Walks,
  take: () => Promise<Walked>,
  session: Session,
  { task, skip }: TestContext,
): Promise<Walked> {
  const meta = task.meta as Partial<WalkMeta>
  meta.target = session.target.name
  const walked = await take()
  meta.walked = walked
  const { violation, unfinished } = walked
  await allure.epic(walks.dialect)
  await allure.feature(`${walks.dialect}/walks`)
  await allure.label('target', session.target.name)
  if (unfinished !== undefined) skip(legible(unfinished))
  if (!violation) return walked
  await allure.attachment('exchanges', allureAttachment(violation.exchanges), 'application/json')
  const message = legible(`${violation.requirement}: ${violation.message}`)
  const error = new AssertionError({ message })
  error.stack = `${error.name}: ${message}`
  throw error
}
