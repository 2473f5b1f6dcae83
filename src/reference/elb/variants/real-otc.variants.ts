/** Open Telekom Cloud as its own documents, its SDK and quoted answers show it, several differences at a time. */

import { chained, temporarilyBusy, respelling, type CombinedVariant } from '../../delivery.ts'
import { together } from '../../mutant.ts'
import type { RawResponse } from '../../server.ts'
import { internalError, shaped } from './error.variants.ts'
import type { ElbStore } from '../store.ts'
import { elbVariants } from './index.ts'
import { readingLateIf } from './late.variants.ts'

/** The variants that it has. */
const parts = ['shows-more-of-pools', 'requires-the-type', 'lists-in-pages-of-one']

/** What the gateway answers before the service has seen a request. */
const throttled: RawResponse = {
  status: 429,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    error_msg: 'The throttling threshold has been reached: policy user over ratelimit',
    error_code: 'APIGW.0308',
    request_id: '0',
  }),
}

export const realOtc: CombinedVariant<ElbStore> = {
  id: 'real-otc',
  allowedBy:
    'The live service is known to differ in these ways, and the pages exclude none of them.',
  change: together(
    ...elbVariants.filter(({ id }) => parts.includes(id)).map(({ change }) => change),
    readingLateIf(() => true),
  ),
  front: chained(
    temporarilyBusy(1, internalError, ({ method }) => method !== 'GET'),
    temporarilyBusy(2, throttled),
    respelling((response) => (response.status === 401 ? shaped(response, 'gateway') : response)),
    respelling((response) => ({
      ...response,
      headers: { Server: 'api-gateway', ...response.headers },
    })),
  ),
}
