/** Faults of the operations that set-up uses, made from their pages. */

import { requestExceptions, unseenPaths } from '../../../generate/set-up-exceptions.ts'
import { setUpDocument } from '../../../generate/set-up-operations.ts'
import type { Mutant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { setUpMutants, type FaultyRows } from '../../set-up-mutants.ts'
import { onRefusal } from '../answer.ts'
import * as refusals from '../refusals.ts'
import type { SlbStore } from '../store.ts'

/** The operations, and of which their request tables are asked too. */
const operations: readonly (readonly [operation: string, on: string, requests?: true])[] = [
  ['create-vserver-group', 'CreateVServerGroup', true],
  ['add-vserver-group-backend-servers', 'AddVServerGroupBackendServers', true],
  ['add-backend-servers', 'AddBackendServers', true],
  ['set-backend-servers', 'SetBackendServers', true],
  ['describe-vserver-group-attribute', 'DescribeVServerGroupAttribute'],
]

export const slbSetUpMutants: readonly Mutant<SlbStore>[] = operations.flatMap(
  ([operation, on, requests]) => {
    const id = `slb/${operation}`
    const document = setUpDocument(id)
    return slbRowMutants({
      document: requests ? document : { ...document, request: null },
      on,
      exceptions: requestExceptions[id] ?? {},
      unseen: unseenPaths[id] ?? {},
    })
  },
)

/** Faults made from the rows of any operation that the reference knows. */
export function slbRowMutants(of: FaultyRows): readonly Mutant<SlbStore>[] {
  return setUpMutants<SlbStore>({
    ...of,
    onUnknown: onRefusal,
    requestOf,
    withRequest,
    success: { status: 200, body: { RequestId: 'ACCEPTED' } },
    refusal: refusals.invalid('It is not valid.'),
  })
}

/** The parameters, and the list in one of them as what it is. */
function requestOf({ parameters }: Call): unknown {
  const { BackendServers } = parameters
  return BackendServers === undefined
    ? parameters
    : { ...parameters, BackendServers: parsed(BackendServers) }
}

function withRequest(call: Call, request: unknown): Call {
  const written = Object.entries(request as object).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return { ...call, parameters: Object.fromEntries(written) as Call['parameters'] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
