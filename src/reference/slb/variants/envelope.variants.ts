/** Lawful differences in the envelope: the fields and headers around every answer of this API. */

import { performing, refusing, without, type Change, type Variant } from '../../mutant.ts'
import { firstRefusal, type Answer, type Behaviour, type Call, type Refusal } from '../../rule.ts'
import { onRefusal, type Body } from '../answer.ts'
import { actionUnknown } from '../refusals.ts'
import { wantsXml } from '../request.ts'
import type { SlbStore } from '../store.ts'
import { xmlOf } from '../xml.ts'

/** After how many calls a busy service refuses one. */
const callsPerRefusal = 11

export const envelopeVariants: readonly Variant<SlbStore>[] = [
  {
    id: 'request-id-in-lower-case',
    allowedBy: 'RequestId is typed String; only the examples show an upper-case UUID.',
    change: performing('*', (call, _, original) =>
      edited(original(call), (body) => ({
        ...body,
        RequestId: String(body['RequestId']).toLowerCase(),
      })),
    ),
  },
  {
    id: 'request-id-without-dashes',
    allowedBy: 'RequestId is typed String; only the examples show an upper-case UUID.',
    change: performing('*', (call, _, original) =>
      edited(original(call), (body) => ({
        ...body,
        RequestId: String(body['RequestId']).replaceAll('-', '').toLowerCase(),
      })),
    ),
  },
  {
    id: 'request-id-of-a-trace',
    allowedBy: 'RequestId is typed String; only the examples show an upper-case UUID.',
    change: performing('*', (call, _, original) =>
      edited(original(call), (body) => ({
        ...body,
        RequestId: `1-${call.now}:${String(body['RequestId'])}/0`,
      })),
    ),
  },
  {
    id: 'request-id-last',
    allowedBy: 'No page gives an order of fields.',
    change: performing('*', (call, _, original) =>
      edited(original(call), ({ RequestId, ...body }) => ({ ...body, RequestId })),
    ),
  },
  {
    id: 'signatures-hold-for-hours',
    allowedBy: 'No page under test says how old a signature may be.',
    change: without('slb/gateway/timestamp'),
  },
  {
    id: 'signatures-hold-repeatedly',
    allowedBy: 'No page under test says that a nonce may be used only once.',
    change: without('slb/gateway/nonce'),
  },
  {
    id: 'no-host-id',
    allowedBy: 'The pages describe no error body; HostId is only in examples on other pages.',
    change: refusalWith({ HostId: undefined }),
  },
  {
    id: 'recommendation-in-errors',
    allowedBy: 'Newer gateways add a field Recommend to errors.',
    change: refusalWith({ Recommend: 'https://error-center.test/status/product/Slb' }),
  },
  {
    id: 'denials-say-why',
    allowedBy: 'Newer gateways add an object AccessDeniedDetail to denials.',
    change: performing(onRefusal, (call, _, original) => {
      const answer = original(call)
      const AccessDeniedDetail = {
        AuthAction: `slb:${call.parameters['Action']}`,
        NoPermissionType: 'ImplicitDeny',
      }
      if (answer.status !== 403) return answer
      return edited(answer, (body) => ({ ...body, AccessDeniedDetail }))
    }),
  },
  {
    id: 'errors-without-request-id',
    allowedBy: 'error-shape: the pages show no body of a refusal.',
    change: refusalWith({ RequestId: undefined }),
  },
  {
    id: 'errors-in-lower-case-keys',
    allowedBy: 'error-shape: the pages show no body of a refusal.',
    change: performing(onRefusal, (call, _, original) =>
      edited(original(call), ({ Code, Message, RequestId }) => ({
        code: Code,
        message: Message,
        requestId: RequestId,
      })),
    ),
  },
  {
    id: 'errors-as-text',
    allowedBy: 'error-shape: the pages show no body of a refusal.',
    change: performing(onRefusal, (call, _, original) => ({
      ...edited(original(call), ({ Code, Message }) => `${String(Code)}: ${String(Message)}`),
      headers: { 'content-type': 'text/plain;charset=utf-8' },
    })),
  },
  {
    id: 'error-root-named-after-action',
    allowedBy: 'Sources disagree on the root of an XML error.',
    change: performing(onRefusal, (call, _, original) => {
      const [action] = /^\w+$/.exec(call.parameters['Action'] ?? '') ?? []
      if (action === undefined || !wantsXml(call)) return original(call)
      return edited(original(call), (body) => xmlOf(`${action}Response`, body))
    }),
  },
  {
    id: 'application-xml',
    allowedBy: 'No page names a media type.',
    change: performing('*', (call, _, original) =>
      wantsXml(call)
        ? { ...original(call), headers: { 'content-type': 'application/xml' } }
        : original(call),
    ),
  },
  {
    id: 'media-type-without-charset',
    allowedBy: 'No page names a media type.',
    change: performing('*', (call, _, original) => ({
      headers: { 'content-type': wantsXml(call) ? 'text/xml' : 'application/json' },
      ...original(call),
    })),
  },
  {
    id: 'text-plain',
    allowedBy: 'media-type: no page names a media type.',
    change: performing('*', (call, _, original) => ({
      ...original(call),
      headers: { 'content-type': 'text/plain;charset=utf-8' },
    })),
  },
  {
    id: 'action-in-any-case',
    allowedBy: 'action-in-another-case: the pages do not say whether the case matters.',
    change: (behaviour) =>
      performing<SlbStore>(onRefusal, (call, store, original) => {
        const Action = behaviour.effects
          .map(({ on }) => on)
          .find((on) => on.toLowerCase() === call.parameters['Action']?.toLowerCase())
        if (call.body !== actionUnknown || Action === undefined) return original(call)
        const named = { ...call, parameters: { ...call.parameters, Action } }
        return answerInCase(behaviour, Action, named, store) ?? original(call)
      })(behaviour),
  },
  {
    id: 'not-found-as-400',
    allowedBy: 'The pages give neither status nor code for what does not exist.',
    change: performing(onRefusal, (call, _, original) => {
      const answer = original(call)
      return answer.status === 404 ? { ...answer, status: 400 } : answer
    }),
  },
  {
    id: 'refused-as-403',
    allowedBy: 'The pages give no status for a wrong parameter; any 4xx is a refusal.',
    change: performing(onRefusal, (call, _, original) => {
      const refusal = call.body as Refusal
      const isWrong = refusal.code === 'InvalidParameter' || refusal.code === 'MissingParameter'
      return isWrong ? { ...original(call), status: 403 } : original(call)
    }),
  },
  {
    id: 'other-codes',
    allowedBy:
      'The pages give no code but SystemBusy; gateways use several codes for the other refusals.',
    change: performing(onRefusal, (call, _, original) =>
      edited(original(call), (body) => ({ ...body, Code: otherCode(String(body['Code'])) })),
    ),
  },
  {
    id: 'system-busy-now-and-then',
    allowedBy: 'RemoveBackendServers, Error codes: SystemBusy, try again later.',
    change: busyNowAndThen({ status: 400, code: 'SystemBusy', message: 'The system is busy.' }),
  },
  {
    id: 'system-busy-as-449',
    allowedBy: 'The common table of error codes has 449 for SystemBusy.',
    change: busyNowAndThen({ status: 449, code: 'SystemBusy', message: 'The system is busy.' }),
  },
  {
    id: 'throttling-now-and-then',
    allowedBy: 'The gateway may limit the rate of any call.',
    change: busyNowAndThen({
      status: 400,
      code: 'Throttling.User',
      message: 'Request was denied due to user flow control.',
    }),
  },
  {
    id: 'service-unavailable-now-and-then',
    allowedBy: 'The common table of error codes has 503 for a temporary failure.',
    change: busyNowAndThen({
      status: 503,
      code: 'ServiceUnavailable',
      message: 'A temporary failure of the server.',
    }),
  },
]

/** What the call would be answered with the action in its own case. The rules of every call are done. */
function answerInCase(
  { rules, effects }: Behaviour<SlbStore>,
  action: string,
  call: Call,
  store: SlbStore,
): Answer | undefined {
  const own = { rules: rules.filter(({ on }) => on !== '*'), effects }
  const body = firstRefusal(own, action, call, store)
  const on = body ? onRefusal : action
  const effect = effects.find((one) => one.on === on)
  return effect?.perform(body ? { ...call, body } : call, store)
}

/** Refuses every eleventh call before any rule; the repeated call is accepted. */
function busyNowAndThen(refusal: Refusal): Change<SlbStore> {
  return refusing('*', (_, { notes }) => {
    const calls = Number(notes.get('calls') ?? 0) + 1
    notes.set('calls', calls)
    return calls % callsPerRefusal === 0 ? refusal : undefined
  })
}

function refusalWith(but: Body): Change<SlbStore> {
  return performing(onRefusal, (call: Call, _, original) =>
    edited(original(call), (body) => ({ ...body, ...but })),
  )
}

function edited(answer: Answer, edit: (body: Body) => unknown): Answer {
  return { ...answer, body: edit(answer.body as Body) }
}

function otherCode(code: string): string {
  const others: Readonly<Record<string, string>> = {
    TooManyBackendServers: 'InvalidParameter',
    BackendServersMalformed: 'InvalidParameter',
    MissingParameter: 'MissingParameter.Mandatory',
    'InvalidLoadBalancerId.NotFound': 'InvalidParameter',
    'InvalidRegionId.NotFound': 'RegionNotSupport',
  }
  return others[code] ?? code
}
