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
  // oxlint-disable-next-line linear/expressions -- the paths are in this file
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
  elb('update-member', 'update-member', 'PUT', '/pools/[^/]+/members/[^/]+'),
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
  slb('set-backend-servers', 'SetBackendServers'),
]

let documents: readonly Document[] | undefined
const renamed = new Map<string, Document>()

/**
 * The document of one of these operations, under the name that ids have: `create-pool`, where its page says add-pool.
 *
 * @param id - `elb/create-pool`.
 */
export function setUpDocument(id: string): Document {
  const known = renamed.get(id)
  if (known) return known
  documents ??= readDocuments(join(ownSchemas(), 'set-up'))
  const one = setUpOperations.find(({ dialect, operation }) => `${dialect}/${operation}` === id)
  const found = documents.find(
    ({ dialect, operation }) => dialect === one?.dialect && operation === one.document,
  )
  if (!one || !found) throw new Error(`No schema describes ${id}.`)
  const document = { ...found, operation: one.operation }
  renamed.set(id, document)
  return document
}

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
export const plainKeywords = ['type', 'enum', 'const', 'minimum', 'maximum']

/** Whether an answer breaks a row for certain. */
export function isPlain({ row, value }: Pick<Misfit, 'row' | 'value'>): boolean {
  return value !== null && plainKeywords.some((keyword) => row.endsWith(`.${keyword}`))
}

/** Rows of the response table that the body of a successful answer does not keep. */
export function setUpMisfits(
  { dialect, operation }: SetUpOperation,
  body: unknown,
): readonly Misfit[] {
  const document = setUpDocument(`${dialect}/${operation}`)
  return misfitsIn(document, operation, body).filter((misfit) => isPlain(misfit))
}
