/** The suite of a set-up operation: its requirements are the rows of its page. */

import { requestExceptions, unseenPaths } from '../../generate/set-up-exceptions.ts'
import { setUpDocument } from '../../generate/set-up-operations.ts'
import type { Target } from '../../target.ts'
import type { Fixtures, Suite } from '../check.ts'
import type { Recipe } from './recipe.ts'
import { requestRowEntries, type WithContext } from './request-rows.ts'
import { responseRowEntries } from './response-rows.ts'

/**
 * Every row that can be asked, as a check.
 *
 * @param operation - As ids have it: `create-pool`.
 * @param parts - `response`: only what its answers show.
 */
export function setUpSuite<T extends Target, LoadBalancer, Ground extends WithContext, Arranged>(
  fixtures: Fixtures<T, LoadBalancer, Ground>,
  operation: string,
  recipe: Recipe<Ground, Arranged>,
  parts: 'both' | 'response' = 'both',
): Suite {
  const id = `${fixtures.dialect}/${operation}`
  const document = setUpDocument(id)
  const exceptions = requestExceptions[id] ?? {}
  const of = { document, recipe, exceptions }
  const requests = parts === 'both' ? requestRowEntries(of) : []
  return {
    dialect: fixtures.dialect,
    operation,
    fixtures,
    entries: [...requests, ...responseRowEntries(of, unseenPaths[id])],
  }
}
