/** Lawful differences in errors of the moment. */

import { temporarilyBusy, type DeliveryVariant } from '../../delivery.ts'
import type { RawRequest, RawResponse } from '../../server.ts'

/** What a fault of the moment is answered with. */
export const internalError: RawResponse = {
  status: 500,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ RequestId: 'once', Code: 'InternalError', Message: 'Unknown error.' }),
}

export const slbErrorVariants: readonly DeliveryVariant[] = [
  {
    id: 'many-removals-fail-once-with-500',
    allowedBy: 'Common error codes of SLB, InternalError: sent again, a call gets through.',
    // A call of two at the same time cannot be told from one that the other made fail.
    unasked: [
      'slb/remove-vserver-group-backend-servers/overlapping-removals',
      'slb/remove-backend-servers/overlapping-removals',
    ],
    front: temporarilyBusy(1, internalError, isRemoval, 3),
  },
]

/** A call of one of the two operations under test. */
export function isRemoval({ url, body }: RawRequest): boolean {
  return /\bAction=Remove\w*BackendServers\b/.test(`${url} ${body}`)
}
