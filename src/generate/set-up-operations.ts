/** Documented operations that runs use beside the five: which answers are theirs, and what these do not keep. */

import { join } from 'node:path'
import type { Document } from '../extract/schema/document.ts'
import { ownSchemas, readDocuments } from '../extract/schema/store.ts'
import { misfitsIn, type Misfit } from './answer-schema.ts'

interface SetUpOperation {
  readonly dialect: 'elb' | 'slb'
  /** As findings call it: `create-pool`. */
  readonly operation: string
  /** As its page does, and with it the file of its schema: `add-pool`. */
  readonly document: string
  /** Of `elb`: how its requests begin. */
  readonly method?: string
  readonly path?: RegExp
  /** Of `slb`. */
  readonly action?: string
}

const lbaas = '^/v2\\.0/lbaas'
const elb = (
  operation: string,
  document: string,
  method: string,
  path: string,
): SetUpOperation => ({
  dialect: 'elb',
  operation,
  document,
  method,
  path: new RegExp(`${lbaas}${path}$`),
})
const slb = (operation: string, action: string): SetUpOperation => ({
  dialect: 'slb',
  operation,
  document: operation,
  action,
})

export const setUpOperations: readonly SetUpOperation[] = [
  elb('create-pool', 'add-pool', 'POST', '/pools'),
  elb('add-member', 'add-member', 'POST', '/pools/[^/]+/members'),
  elb('create-listener', 'add-listener', 'POST', '/listeners'),
  elb('create-health-monitor', 'configure-healthmonitor', 'POST', '/healthmonitors'),
  elb('create-forwarding-policy', 'add-l7policy', 'POST', '/l7policies'),
  elb('update-forwarding-policy', 'update-l7policy', 'PUT', '/l7policies/[^/]+'),
  elb('create-load-balancer', 'create-loadbalancer', 'POST', '/loadbalancers'),
  elb('show-status-tree', 'query-status', 'GET', '/loadbalancers/[^/]+/statuses'),
  slb('create-vserver-group', 'CreateVServerGroup'),
  slb('add-vserver-group-backend-servers', 'AddVServerGroupBackendServers'),
  slb('describe-vserver-group-attribute', 'DescribeVServerGroupAttribute'),
  slb('add-backend-servers', 'AddBackendServers'),
]

let documents: readonly Document[] | undefined

/** The operation that a request asks, if it is one of these. @param action - Of an RPC call. */
export function setUpOperationOf(
  request: { readonly method: string; readonly path: string },
  action: string | undefined,
): SetUpOperation | undefined {
  return setUpOperations.find((one) =>
    one.dialect === 'slb'
      ? action !== undefined && one.action === action
      : one.method === request.method && one.path!.test(request.path),
  )
}

/** Whether a requirement is a row of one of these operations. */
export function isOfSetUp(id: string): boolean {
  return setUpOperations.some(({ dialect, operation }) =>
    id.startsWith(`${dialect}/${operation}/response.`),
  )
}

/** Keywords that no reading of a page changes: not the lengths, and nothing of a field that is null. */
const PLAIN = /\.(?:type|enum|const|minimum|maximum)$/

/** Rows of the response table that the body of a successful answer does not keep. */
export function setUpMisfits(
  { dialect, operation, document }: SetUpOperation,
  body: unknown,
): readonly Misfit[] {
  documents ??= readDocuments(join(ownSchemas(), 'set-up'))
  const found = documents.find((one) => one.dialect === dialect && one.operation === document)
  if (!found) throw new Error(`No schema describes ${dialect}/${document}.`)
  return misfitsIn(found, operation, body).filter(
    ({ row, value }) => PLAIN.test(row) && value !== null,
  )
}
