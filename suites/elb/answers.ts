/** What every successful answer of the three operations must have, in every check. */

import type { Broken, JudgeAnswer } from '../../src/check/check.ts'
import { isAccepted, requestLine } from '../../src/check/assert.ts'
import { misfitsOf } from '../../src/generate/answer-schema.ts'
import type { Exchange } from '../../src/model.ts'
import { readable } from './response-rows.ts'

const onPool = /^\/v2\.0\/lbaas\/pools\/[^/]+$/
const onMember = /^\/v2\.0\/lbaas\/pools\/[^/]+\/members\/[^/]+$/

/**
 * Updating a Backend Server Group › Response › Table 5 and Table 6.
 *
 * Not the lengths: what a page counts as one character is a reading, which a check of its own asks.
 */
export const judgeUpdate: JudgeAnswer = (answered) => {
  const { request, body } = answered
  const isUpdate = request.method === 'PUT' && onPool.test(request.path) && isAccepted(answered)
  if (!isUpdate || body === undefined) return []
  return misfitsOf('update-pool', readable(body))
    .filter(({ row }) => !row.endsWith('.max-length'))
    .map(({ row, message }) => ({
      requirement: row,
      message: `${requestLine(answered)}: in the answer, ${message}`,
    }))
}

/** Deleting a Backend Server Group › Response and Status Code. */
export const judgePoolDeletion: JudgeAnswer = (answered) =>
  isDeletion(answered, onPool) ? bodyOrStatus(answered, 'elb/delete-pool') : []

/** Removing a Backend Server › Response and Status Code. */
export const judgeMemberRemoval: JudgeAnswer = (answered) =>
  isDeletion(answered, onMember) ? bodyOrStatus(answered, 'elb/remove-member') : []

function isDeletion(answered: Exchange, path: RegExp): boolean {
  const { request, purpose } = answered
  const isAsked = purpose === 'ask' || purpose === 'arrange'
  return isAsked && request.method === 'DELETE' && path.test(request.path) && isAccepted(answered)
}

function bodyOrStatus(answered: Exchange, operation: string): readonly Broken[] {
  const { status, text } = answered
  const what = `${requestLine(answered)} answered ${status}`
  return [
    ...(text === ''
      ? []
      : [{ requirement: `${operation}/no-response-body`, message: `${what} with a body.` }]),
    ...(status === 204
      ? []
      : [{ requirement: `${operation}/status-204`, message: `${what}, expected 204.` }]),
  ]
}
