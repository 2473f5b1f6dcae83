/** `elb`: a token that the operator provides, sent in `X-Auth-Token`. */

import { NotOffered, type Credentials, type HttpRequest } from '../model.ts'
import { fakeCredentials, type Signed, type Signer } from './signer.ts'

export const tokenHeader = 'X-Auth-Token'

/** The project's token, and another project's if the operator provides one. */
export interface Tokens {
  readonly token: string
  readonly otherToken?: string | undefined
}

/** @see Huawei Cloud, "Token-based authentication"; Keystone, "Identity API v3" */
export function tokenSigner({ token, otherToken = fakeCredentials.token }: Tokens): Signer {
  return {
    carrier: tokenHeader,
    sign: (request) =>
      Promise.resolve(withToken(request, request.credentials === 'other' ? otherToken : token)),
  }
}

/** The request with a token, or with none or a wrong one where the check asks for that. */
export function withToken(request: HttpRequest, token: string): Signed {
  assertUnsigned(request.credentials)
  if (request.credentials === 'none') return { request, secrets: [] }
  const shown = isWrong(request.credentials) ? fakeCredentials.token : token
  // The token is masked already: since the target file was read, or since it was fetched.
  return {
    request: { ...request, headers: { ...request.headers, [tokenHeader]: shown } },
    secrets: [],
  }
}

/** Does the check ask for a token that is not valid? */
export function isWrong(credentials: Credentials | undefined): boolean {
  return credentials === 'wrong' || credentials === 'unknown'
}

function assertUnsigned(credentials: Credentials | undefined): void {
  if (credentials !== 'altered') return
  throw new NotOffered('A token signs nothing, so there is no signed request to alter.')
}
