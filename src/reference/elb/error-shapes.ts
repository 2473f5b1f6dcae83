/**
 * The forms in which services of this family report an error.
 *
 * The pages show none, so any of them is allowed; the reference uses Neutron's.
 */

import type { Refusal } from '../rule.ts'

type Spelling = (refusal: Refusal, requestId: string) => unknown

export const errorShapes = {
  /** OpenStack Neutron, and what the live endpoint was seen to answer. */
  neutron: ({ code, message }) => ({ NeutronError: { type: code, message, detail: '' } }),
  /** The vendor's gateway. */
  gateway: ({ status, message }, requestId) => ({
    error_msg: message,
    error_code: status === 401 ? 'ELB.1102' : `ELB.8${status}`,
    request_id: requestId,
  }),
  /** Octavia, through WSME. */
  octavia: ({ message }) => ({ faultcode: 'Client', faultstring: message, debuginfo: null }),
  /** Version 1.0 of the same service. */
  classic: ({ status, message }) => ({ error: { message, code: `ELB.6${status}` } }),
  /** Keystone and its middleware. */
  keystone: ({ status, code, message }) => ({ error: { code: status, title: code, message } }),
  /** An older gateway. */
  plain: ({ message }, requestId) => ({ message, request_id: requestId }),
} as const satisfies Readonly<Record<string, Spelling>>

export type ErrorShape = keyof typeof errorShapes

export function spelled(shape: ErrorShape, refusal: Refusal, requestId: string): unknown {
  return errorShapes[shape](refusal, requestId)
}
