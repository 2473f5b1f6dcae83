/** Lawful differences outside the rules: in the form of an answer, or in its transport. */

import type { Variant } from './mutant.ts'
import type { Carry, RawRequest, RawResponse, Reference } from './server.ts'

/** A variant at the edge of the server, for every dialect. */
export interface DeliveryVariant {
  readonly id: string
  readonly allowedBy: string
  /** As in `Variant`. */
  readonly unasked?: readonly string[]
  /** The reference behind another front. A front with a state is created anew for each server. */
  readonly front?: (reference: Reference) => Reference
  /** Another transport of its answers. It is visible only on a socket, and so is asked over one. */
  readonly carry?: () => Carry
}

/** Several differences of a service at once: in its rules, in when its writes are complete, and at its edge. */
export interface CombinedVariant<Store> extends Variant<Store> {
  readonly settleMilliseconds?: number
  readonly front?: (reference: Reference) => Reference
}

/** Several fronts, the first of them closest to the server. */
export function chained(
  ...fronts: readonly ((reference: Reference) => Reference)[]
): (reference: Reference) => Reference {
  return (reference) => fronts.reduce((behind, front) => front(behind), reference)
}

/** A front that gives answers another form. */
export function respelling(
  respell: (response: RawResponse, request: RawRequest) => RawResponse,
): (reference: Reference) => Reference {
  return (reference) => ({
    ...reference,
    handle: (request) => respell(reference.handle(request), request),
  })
}

/** One of this many calls is answered as busy. */
const everySoMany = 40

/**
 * A front that answers some calls as if the server were busy, before the server sees them; repeated often
 * enough, the call gets through.
 *
 * @param times - How often the same call is answered as busy.
 * @param every - One of so many calls is.
 */
export function temporarilyBusy(
  times: number,
  answer: RawResponse,
  concerns: (request: RawRequest) => boolean = () => true,
  every = everySoMany,
): (reference: Reference) => Reference {
  return (reference) => {
    const answeredBusy = new Map<string, number>()
    let calls = 0
    const isBusy = (request: RawRequest): boolean => {
      const caller = withoutSignature(request)
      const before = answeredBusy.get(caller) ?? 0
      const again = before > 0 ? before < times : (calls += 1) % every === 0
      answeredBusy.set(caller, again ? before + 1 : 0)
      return again
    }
    return {
      ...reference,
      handle: (request) =>
        concerns(request) && isBusy(request) ? answer : reference.handle(request),
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
