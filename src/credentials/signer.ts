/** What every kind of credentials has in common: it signs each attempt of a request. */

import type { HttpRequest } from '../model.ts'

/** A request ready to send. */
export interface Signed {
  readonly request: HttpRequest
  /** Secrets in it besides those of the target file: its signature. */
  readonly secrets: readonly string[]
}

/** Credentials of one kind. `HttpRequest.credentials` says whose are used. */
export interface Signer {
  /** The header or parameter that the credentials go into: `X-Auth-Token`. */
  readonly carrier?: string
  /**
   * The request with credentials; called for every attempt, since a nonce may be used only once.
   *
   * @param deadline - Starts the time limit for credentials that have to be fetched.
   * @throws {NoCredentials} When credentials cannot be obtained.
   * @throws {NotOffered} When this kind cannot do what `request.credentials` asks for.
   */
  sign(request: HttpRequest, deadline: () => AbortSignal): Promise<Signed>
  /**
   * Called when the target did not accept these credentials.
   *
   * @returns whether new ones can be fetched, so that the request can be sent once more.
   */
  renew?(refused: Signed): boolean
}

/** Credentials could not be obtained, so nothing was sent to the target. */
export class NoCredentials extends Error {
  override readonly name = 'NoCredentials'
  /** Is the cause temporary? */
  readonly passing: boolean

  constructor(message: string, passing: boolean) {
    super(message)
    this.passing = passing
  }
}

/** Credentials that belong to no one, for checks that ask with wrong ones. */
export const fakeCredentials = {
  token: 'nobody-has-this-token',
  accessKeyId: 'nobodyhasthiskey',
  accessKeySecret: 'nobody-has-this-secret',
} as const
