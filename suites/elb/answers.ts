/** What every successful answer of the three operations must have, in every check. */

import { isDeepStrictEqual } from 'node:util'
import type { Broken, JudgeAnswer } from '../../src/check/check.ts'
import { documentedPool } from '../../fixtures/elb/compared-fields.ts'
import { isFields, stated, type Fields } from '../../fixtures/elb/wire-shapes.ts'
import { differences, isAccepted, requestLine } from '../../src/check/assert.ts'
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
const judgeRows: JudgeAnswer = (answered) => {
  const { body } = answered
  if (!isUpdate(answered) || body === undefined) return []
  return misfitsOf('update-pool', readable(body))
    .filter(({ row }) => !row.endsWith('.max-length'))
    .map(({ row, message }) => ({
      requirement: row,
      message: `${requestLine(answered)}: in the answer, ${message}`,
    }))
}

function isUpdate(answered: Exchange): boolean {
  const { method, path } = answered.request
  return method === 'PUT' && onPool.test(path) && isAccepted(answered)
}

/** The answer to an update shows the pool as the next look does, when nothing was written in between. */
const judgeLookAfter: JudgeAnswer = (answered, before) => {
  const { request, purpose } = answered
  const isLook = purpose === 'look' && request.method === 'GET' && isAccepted(answered)
  if (!isLook || !onPool.test(request.path)) return []
  const place = before.findLastIndex((one) => one.request.method !== 'GET')
  const update = before[place]
  if (!update || !isUpdate(update) || update.request.path !== request.path) return []
  // Two updates that are sent at the same time may be answered in any order.
  if (before[place - 1]?.request.method === 'PUT') return []
  const [first, second] = [update, answered].map(({ body }) => poolIn(body))
  if (!first || !second || isDeepStrictEqual(first, second)) return []
  return [
    {
      requirement: 'elb/update-pool/answer-equals-show',
      message: `The answer to ${requestLine(update)} and the look after it differ: ${differences(first, second).join('; ')}.`,
    },
  ]
}

function poolIn(body: unknown): Fields | undefined {
  const pool = isFields(body) ? body['pool'] : undefined
  return isFields(pool) ? stated(documentedPool(pool)) : undefined
}

/** By itself, and with the look after it. */
export const judgeUpdate: JudgeAnswer = (answered, before) => [
  ...judgeRows(answered, before),
  ...judgeLookAfter(answered, before),
]

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
