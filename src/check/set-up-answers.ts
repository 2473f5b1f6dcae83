/** What answers to set-up operations do not keep: findings of their own, outside the verdict. */

import type { Exchange } from '../model.ts'
import { isOfSetUp, setUpMisfits, setUpOperationOf } from '../generate/set-up-operations.ts'
import { requestLine } from './assert.ts'
import type { Broken, JudgeAnswer, Outcome } from './check.ts'

/** Judges answers to these operations as well. XML values are text, so types cannot be checked. */
export function withSetUp(judge: JudgeAnswer): JudgeAnswer {
  return (answered, before) => [...judge(answered, before), ...judgeSetUp(answered)]
}

/** @returns One for each row that a successful answer does not keep; none for other operations. */
export function judgeSetUp(answered: Exchange): readonly Broken[] {
  const { status, body, text } = answered
  const operation = setUpOperationOf(answered.request, actionOf(answered))
  if (!operation || status < 200 || status > 299) return []
  if (typeof body !== 'object' || body === null || text.trimStart().startsWith('<')) return []
  return setUpMisfits(operation, body).map(({ row, message }) => ({
    requirement: row,
    message: `${requestLine(answered)}: in the answer, ${message}`,
  }))
}

function actionOf({ request }: Exchange): string | undefined {
  const named = request.query?.find(([name]) => name === 'Action')?.[1]
  return named ?? new URLSearchParams(request.body ?? '').get('Action') ?? undefined
}

/** A row of a set-up operation that an answer of a target did not keep. */
export interface SetUpBroken extends Broken {
  /** The key of the outcome in which it was met. */
  readonly key: string
}

/**
 * Takes what is broken of set-up operations out of the outcomes, apart from requirements that were asked for.
 *
 * @param asked - Their ids.
 * @returns Both.
 */
export function apartFromSetUp(
  outcomes: ReadonlyMap<string, Outcome>,
  asked: ReadonlySet<string> = new Set(),
): {
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly setUp: readonly SetUpBroken[]
} {
  const setUp: SetUpBroken[] = []
  const kept = [...outcomes].map(([key, outcome]) => {
    const { broken = [], ...rest } = outcome
    const own = broken.filter(
      ({ requirement }) => isOfSetUp(requirement) && !asked.has(requirement),
    )
    if (own.length === 0) return [key, outcome] as const
    setUp.push(...own.map((one) => ({ ...one, key })))
    const others = broken.filter((one) => !own.includes(one))
    return [key, { ...rest, ...(others.length > 0 ? { broken: others } : {}) }] as const
  })
  return { outcomes: new Map(kept), setUp }
}
