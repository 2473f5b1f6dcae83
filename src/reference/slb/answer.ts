/** From what an effect says to what goes out: JSON or XML, success or error. */

import { wantsXml, requestIdOf } from './request.ts'
import type { Answer, Call, Effect, Refusal } from '../rule.ts'
import type { RawResponse } from '../server.ts'
import type { SlbStore } from './store.ts'
import { xmlOf } from './xml.ts'

/** The body of an answer before it is spelled: a list is an object with one key. */
export type Body = Readonly<Record<string, unknown>>

/** The name under which the effect that words a refusal is found. */
export const onRefusal = '(refusal)'

/** A success. The request's id comes first, as in the page's examples. */
export function answered(call: Call, body: Body = {}): Answer {
  return { status: 200, body: { RequestId: requestIdOf(call), ...body } }
}

/** Words a refusal, which stands in the place of the call's body. */
export const refusal: Effect<SlbStore> = {
  on: onRefusal,
  perform(call) {
    const { status, code, message } = call.body as Refusal
    const HostId = hostOf(call)
    return {
      status,
      body: { RequestId: requestIdOf(call), HostId, Code: code, Message: message },
    }
  },
}

/** The host that was called, for HostId and RegionEndpoint. */
export function hostOf(call: Call): string {
  return call.headers['host'] ?? 'slb.aliyuncs.com'
}

/**
 * Spells an answer in the format the caller asked for. A body that is text already goes out as it is.
 *
 * The root of an XML answer is `{Action}Response`, that of an XML error `Error`.
 */
export function spell(call: Call, { status, body, headers }: Answer): RawResponse {
  const type = wantsXml(call) ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8'
  const text = typeof body === 'string' ? body : spelled(call, status, body)
  return { status, headers: { 'content-type': type, ...headers }, body: text }
}

function spelled(call: Call, status: number, body: unknown): string {
  if (!wantsXml(call)) return JSON.stringify(body)
  return xmlOf(status < 300 ? `${call.parameters['Action']}Response` : 'Error', body)
}
