/** Lawful differences below the rules: in how an answer is spelled or carried, whoever gives it. */

import type { Carry, RawRequest, RawResponse, Reference } from './server.ts'

/** A variant of every dialect that it suits, at the edge of the server. */
export interface DeliveryVariant {
  readonly id: string
  readonly allowedBy: string
  /** The reference behind another front. A front that remembers is made anew for each. */
  readonly front?: (reference: Reference) => Reference
  /** Its answers, carried otherwise. What is seen only on a socket is asked over one. */
  readonly carry?: () => Carry
}

/** A front that spells answers otherwise. */
export function respelling(
  respell: (response: RawResponse, request: RawRequest) => RawResponse,
): (reference: Reference) => Reference {
  return (reference) => ({
    ...reference,
    handle: (request) => respell(reference.handle(request), request),
  })
}

/** Every how many calls somebody is sent away. */
const everySoMany = 40

/**
 * A front that sends some callers away before the server has seen what they want, and lets them in
 * when they have come often enough.
 *
 * @param times - How often the same caller is sent away.
 */
export function sendingAway(
  times: number,
  answer: RawResponse,
  concerns: (request: RawRequest) => boolean = () => true,
): (reference: Reference) => Reference {
  return (reference) => {
    const sentAway = new Map<string, number>()
    let calls = 0
    const isSentAway = (request: RawRequest): boolean => {
      const caller = withoutSignature(request)
      const before = sentAway.get(caller) ?? 0
      const again = before > 0 ? before < times : (calls += 1) % everySoMany === 0
      sentAway.set(caller, again ? before + 1 : 0)
      return again
    }
    return {
      ...reference,
      handle: (request) =>
        concerns(request) && isSentAway(request) ? answer : reference.handle(request),
    }
  }
}

/** What stays the same when a request is sent again: all but nonce, time and signature. */
function withoutSignature({ method, url, body }: RawRequest): string {
  return `${method} ${url} ${body}`.replaceAll(
    /(?:SignatureNonce|Timestamp|Signature)=[^&\s]*/g,
    '',
  )
}

/** Edits a body that is JSON; any other goes out as it is. */
export function respellingJson(
  respell: (body: unknown) => string,
): (reference: Reference) => Reference {
  return respelling((response) =>
    isJson(response) ? { ...response, body: respell(JSON.parse(response.body)) } : response,
  )
}

/** Edits every object in a body that is JSON, innermost first. */
export function editingObjects(
  edit: (object: Readonly<Record<string, unknown>>) => unknown,
): (reference: Reference) => Reference {
  const edited = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? edit(value as Readonly<Record<string, unknown>>)
      : value
  return respellingJson((body) => JSON.stringify(JSON.parse(JSON.stringify(body), edited)))
}

function isJson({ body }: RawResponse): boolean {
  return body.startsWith('{') || body.startsWith('[')
}
