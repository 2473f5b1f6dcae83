/** Writes the answer of an effect as JSON or XML, for a success or an error. */

import { wantsXml, requestIdOf } from './request.ts'
import type { Answer, Call, Effect, Refusal } from '../rule.ts'
import type { RawResponse } from '../server.ts'
import type { SlbStore } from './store.ts'
import { xmlOf } from './xml.ts'

/** The body of an answer before it is written as JSON or XML. A list is an object with one key. */
export type Body = Readonly<Record<string, unknown>>

/** The name of the effect that writes refusals. */
export const onRefusal = '(refusal)'

/** A success. The request's id comes first, as in the page's examples. */
export function answered(call: Call, body: Body = {}): Answer {
  return { status: 200, body: { RequestId: requestIdOf(call), ...body } }
}

/** Writes a refusal, which is passed as the body of the call. */
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
 * Writes an answer in the format that the caller requested. A body that is already text is sent as it is.
 *
 * The root of an XML answer is `{Action}Response`, that of an XML error `Error`.
 */
export function writeAnswer(call: Call, { status, body, headers }: Answer): RawResponse {
  const type = wantsXml(call) ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8'
  const text = typeof body === 'string' ? body : written(call, status, body)
  return { status, headers: { 'content-type': type, ...headers }, body: text }
}

function written(call: Call, status: number, body: unknown): string {
  if (!wantsXml(call)) return JSON.stringify(body)
  return xmlOf(status < 300 ? `${call.parameters['Action']}Response` : 'Error', body)
}
