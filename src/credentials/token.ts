/** `elb`: a token that the operator hands over, in `X-Auth-Token`. */

import { NotOffered, type Credentials, type HttpRequest } from '../model.ts'
import { nobodys, type Signed, type Signer } from './signer.ts'

/** The project's token, and another project's where the operator lends one. */
export interface Tokens {
  readonly token: string
  readonly otherToken?: string | undefined
}

/** @see Huawei Cloud, "Token-based authentication"; Keystone, "Identity API v3" */
export function tokenSigner({ token, otherToken = nobodys.token }: Tokens): Signer {
  return {
    sign: (request) =>
      Promise.resolve(withToken(request, request.credentials === 'other' ? otherToken : token)),
  }
}

/** The request with a token, or with none or a wrong one where that is asked for. */
export function withToken(request: HttpRequest, token: string): Signed {
  assertUnsigned(request.credentials)
  if (request.credentials === 'none') return { request, secrets: [] }
  const shown = isWrong(request.credentials) ? nobodys.token : token
  // It is known to be a secret already: from the target file, or since it was fetched.
  return {
    request: { ...request, headers: { ...request.headers, 'X-Auth-Token': shown } },
    secrets: [],
  }
}

/** Does it ask for a token that is none? */
export function isWrong(credentials: Credentials | undefined): boolean {
  return credentials === 'wrong' || credentials === 'unknown'
}

function assertUnsigned(credentials: Credentials | undefined): void {
  if (credentials !== 'altered') return
  throw new NotOffered('A token signs nothing, so nothing can be altered after it was signed.')
}
