/** What holds for every successful answer of the two operations, whatever it was asked for. */

import { isDeepStrictEqual } from 'node:util'
import { rootOf } from '../../fixtures/slb/as-written.ts'
import type { JudgeAnswer } from '../../src/check/check.ts'
import { differences, isAccepted, requestLine } from '../../src/check/assert.ts'
import { misfitsOf } from '../../src/generate/answer-schema.ts'
import { fieldsOf, isFields, serversOf } from '../../fixtures/slb/wire-shapes.ts'
import type { Exchange } from '../../src/model.ts'
import { fromVServerGroup, type Removal } from './either-removal/removal.ts'

/**
 * Judges the fields of each server that an answer lists, and its ids.
 *
 * The form of the list is a reading, and newer pages know more types of servers: checks of their own ask those.
 */
export function judgeRemoval({ operation, action }: Removal): JudgeAnswer {
  return (answered) => {
    if (!isAccepted(answered) || actionOf(answered) !== action) return []
    if (listsNobody(answered)) {
      return [
        {
          requirement: `slb/${operation}/response.BackendServers.BackendServer.items.ServerId.type`,
          message: `${requestLine(answered)}: the answer lists a server without ServerId.`,
        },
      ]
    }
    if (rootOf(answered) !== undefined || answered.body === undefined) return []
    return misfitsOf(operation, answered.body)
      .filter(({ row }) => /\.(?:items\.\w+|\w+Id)\.(?:type|minimum|maximum)$/.test(row))
      .map(({ row, message }) => ({
        requirement: row,
        message: `${requestLine(answered)}: in the answer, ${message}`,
      }))
  }
}

/** The answer to a removal from a group lists what the next look shows, when nothing was written in between. */
const judgeLookAfter: JudgeAnswer = (answered, before) => {
  const group = parameterOf(answered, 'VServerGroupId')
  const isLook = answered.purpose === 'look' && isAccepted(answered) && group !== undefined
  if (!isLook || actionOf(answered) !== 'DescribeVServerGroupAttribute') return []
  const place = before.findLastIndex((one) => !isRead(one))
  const removal = before[place]
  const isOfGroup = removal && parameterOf(removal, 'VServerGroupId') === group
  if (!isOfGroup || !isAccepted(removal)) return []
  if (actionOf(removal) !== 'RemoveVServerGroupBackendServers') return []
  // Two removals that are sent at the same time may be answered in any order.
  if (place > 0 && !isRead(before[place - 1] ?? removal)) return []
  const [first, second] = [serversOf(removal), serversOf(answered)]
  if (isDeepStrictEqual(first, second)) return []
  return [
    {
      requirement: 'slb/remove-vserver-group-backend-servers/answer-lists-the-rest',
      message: `The answer to ${requestLine(removal)} and the look after it list other members: ${differences(first, second).join('; ')}.`,
    },
  ]
}

/** Answers of RemoveVServerGroupBackendServers, each by itself, and with the look after it. */
export const judgeGroupRemoval: JudgeAnswer = (answered, before) => [
  ...judgeRemoval(fromVServerGroup)(answered, before),
  ...judgeLookAfter(answered, before),
]

function isRead(exchange: Exchange): boolean {
  return /^(?:Describe|List)/.test(actionOf(exchange) ?? '')
}

/** Is there an element without the one field that makes it a server? In XML one without content is a text. */
function listsNobody(answered: Exchange): boolean {
  const outer = fieldsOf(answered)['BackendServers']
  const inner = isFields(outer) ? outer['BackendServer'] : outer
  const isXml = rootOf(answered) !== undefined && isFields(outer)
  return [inner]
    .flat()
    .some((one) => (isXml && one === '') || (isFields(one) && (one['ServerId'] ?? '') === ''))
}

function actionOf(exchange: Exchange): string | undefined {
  return parameterOf(exchange, 'Action')
}

function parameterOf({ request }: Exchange, wanted: string): string | undefined {
  const named = request.query?.find(([name]) => name === wanted)?.[1]
  return named ?? new URLSearchParams(request.body ?? '').get(wanted) ?? undefined
}
