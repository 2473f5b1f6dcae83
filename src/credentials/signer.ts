/** What every kind of credentials does: it puts itself on a request, anew for each attempt. */

import type { HttpRequest } from '../model.ts'

/** A request as it goes out. */
export interface Signed {
  readonly request: HttpRequest
  /** What in it must never be told, beside the secrets that the target file names: a signature. */
  readonly secrets: readonly string[]
}

/** Credentials of one kind, ready to be used. `HttpRequest.credentials` says whose are asked for. */
export interface Signer {
  /**
   * The request with credentials; made anew for every attempt, since nonces may be used once.
   *
   * @param deadline - Starts the clock that ends the wait for credentials that have to be fetched.
   * @throws {NoCredentials} When there are none to be had.
   * @throws {NotOffered} When this kind cannot do what `request.credentials` asks for.
   */
  sign(request: HttpRequest, deadline: () => AbortSignal): Promise<Signed>
  /**
   * Told that the target did not take these credentials.
   *
   * @returns whether others can be had, so that asking once more makes sense.
   */
  renew?(refused: Signed): boolean
}

/** Credentials could not be had, so nothing was sent to the target. */
export class NoCredentials extends Error {
  override readonly name = 'NoCredentials'
  /** May it go better next time? */
  readonly passing: boolean

  constructor(message: string, passing: boolean) {
    super(message)
    this.passing = passing
  }
}

/** What stands in for credentials that are to be wrong. Nobody has them. */
export const nobodys = {
  token: 'nobody-has-this-token',
  accessKeyId: 'nobodyhasthiskey',
  accessKeySecret: 'nobody-has-this-secret',
} as const
