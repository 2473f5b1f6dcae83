/** Alibaba Cloud SLB as its own clients and older pages show it, several differences at a time. */

import { chained, temporarilyBusy, type CombinedVariant } from '../../delivery.ts'
import { performing, together, type Change } from '../../mutant.ts'
import type { Body } from '../answer.ts'
import { serversIn } from '../changes.ts'
import { wantsXml } from '../request.ts'
import type { SlbStore } from '../store.ts'
import { internalError, isRemoval } from './error.variants.ts'
import { slbVariants } from './index.ts'
import { readingLateIf } from './late.variants.ts'

/** The variants that it has. */
const parts = ['recommendation-in-errors', 'counters-in-looks', 'throttling-now-and-then']

/** Of 2 to 5 s that a write takes to settle, one part in two hundred. */
const settleMilliseconds = 15

/** Answers show where a server is. */
const placed: Change<SlbStore> = performing('*', (call, _store, original) => {
  const answer = original(call)
  const body = answer.body as Body
  const servers = serversIn(body)
  if (servers.length === 0 || wantsXml(call)) return answer
  const shown = servers.map((server) => ({ ...server, ServerIp: '192.168.0.7', VpcId: 'vpc-1' }))
  return { ...answer, body: { ...body, BackendServers: { BackendServer: shown } } }
})

export const realAlibaba: CombinedVariant<SlbStore> = {
  id: 'real-alibaba',
  allowedBy:
    'Clients of the live service are known to meet this, and the pages exclude none of it.',
  settleMilliseconds,
  change: together(
    ...slbVariants.filter(({ id }) => parts.includes(id)).map(({ change }) => change),
    placed,
    readingLateIf(() => true),
  ),
  front: chained(temporarilyBusy(1, internalError, isRemoval)),
}
