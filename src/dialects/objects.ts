/** Objects of a target by their keys: where each is looked at, how it is removed, what shows its name. */

import type { HttpRequest, HttpResponse } from '../model.ts'

/**
 * What an answer shows of one object.
 *
 * A key is the name under which the journal knows an object: `/pools/{id}`, `VServerGroup/{id}`.
 */
export interface Sighting {
  readonly key: string
  /** Empty where the answer says that there is none; absent where it says nothing of it. */
  readonly name?: string
  /** The key of the object that it belongs to, where the answer says it. */
  readonly parent?: string
  /** Keys of what the answer shows in it, which may go with it. */
  readonly holds?: readonly string[]
  /** It was asked for by its key, and does not exist. */
  readonly gone?: true
  /** It was asked for by its key, and something with another id was shown. */
  readonly isAnother?: true
  /** It was one of a list, and not asked for by its key. */
  readonly listed?: true
}

/** What a request would do to objects that exist. */
export interface Changes {
  /** Keys of all objects that the request names, parents before children. */
  readonly changed: readonly string[]
  /** Keys of those among them that it takes away. */
  readonly removed: readonly string[]
  /** The name that it gives to one of them. */
  readonly renamed?: { readonly key: string; readonly name: string }
}

/** The objects of one dialect. */
export interface Objects {
  /** Asks for what shows the object of this key. */
  look(key: string): HttpRequest
  /** Each may show the name of an object of this key, which its look may leave out; none for most kinds. */
  nameLooks(key: string): readonly HttpRequest[]
  /**
   * Lists what hangs on an object, is not shown by its look, and may go with it; nothing for most kinds.
   *
   * `keys` returns what the answer lists, and nothing where it is no list.
   */
  hanging(
    key: string,
  ):
    | { readonly request: HttpRequest; keys(response: HttpResponse): readonly string[] | undefined }
    | undefined
  /** One request for each group of objects that one call can remove. */
  removals(keys: readonly string[]): readonly Removal[]
  /** Did this answer say that nothing is left of what was to be removed? */
  isGone(response: HttpResponse): boolean
  /** What the answer to a read shows; nothing when it cannot be understood. */
  shown(request: HttpRequest, response: HttpResponse): readonly Sighting[]
  changes(request: HttpRequest): Changes
  /**
   * Lists all that a request could reach that names no object; nothing where it names one, or only reads.
   *
   * `isWhole` tells whether the answer is such a list, to its end.
   */
  everything(
    request: HttpRequest,
  ): { readonly request: HttpRequest; isWhole(response: HttpResponse): boolean } | undefined
  /** The key of the object that holds this one, where the key says it. */
  parent(key: string): string | undefined
  /** The ids in a key. */
  ids(key: string): readonly string[]
  /** In the vendor's words: `pools`, `VServerGroup`. */
  kind(key: string): string
  /** Is it the whole key of one object of a known kind, written as this dialect writes it, with plausible ids? */
  isKey(key: string): boolean
  /** Can objects of this kind be without a name? Then their parent says whose they are. */
  mayBeNameless(key: string): boolean
}

export interface Removal {
  readonly request: HttpRequest
  readonly keys: readonly string[]
}

/** Is it the kind of load balancers, in the words of either vendor? They cost money while they exist. */
export function isLoadBalancer(kind: string): boolean {
  return kind === 'loadbalancers' || kind === 'LoadBalancer'
}

/** Do others put things into objects of this kind that its look shows, and that go with it, as members with their pool? */
export function holdsOthers(kind: string): boolean {
  return isLoadBalancer(kind) || kind === 'pools' || kind === 'VServerGroup'
}

/** What fits into a column of a database and a segment of a path. */
export const longestId = 255

/**
 * Can this be the id of an object? Letters, digits and `-._:~@+=`, the first a letter or a digit, at most `longestId`
 * characters: such an id is one segment of a path, and neither an option nor a part of a query.
 */
export function isPlausibleId(id: string): boolean {
  return id.length <= longestId && /^[0-9A-Za-z][-0-9A-Za-z._:~@+=]*$/.test(id)
}

/**
 * An id as one segment of a path: a plausible one as it is, so that a path is the same whoever writes it.
 *
 * @see RFC 3986, section 3.3: `:`, `@`, `+` and `=` need no encoding in a segment
 * @throws {Error} For what no encoding makes a segment: nothing, `.` and `..`.
 */
export function segment(id: string): string {
  if (!isSegment(id)) throw new Error(`${JSON.stringify(id)} is not an id.`)
  // Half of a surrogate pair cannot be encoded.
  const encoded = encodeURIComponent(id.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
  return encoded.replaceAll(/%(?:3A|40|2B|3D)/g, decodeURIComponent)
}

/** Can this be encoded as one segment of a path? */
export function isSegment(id: unknown): id is string {
  return typeof id === 'string' && !['', '.', '..'].includes(id)
}
