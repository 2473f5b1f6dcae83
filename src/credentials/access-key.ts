/** Which access key signs a request, by what the check asks for. */

import type { Credentials } from '../model.ts'
import { fakeCredentials } from './signer.ts'

/** An access key; a temporary one has a security token that is sent with each request. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
  /** `elb`: the project to use, where the key has access to several. */
  readonly projectId?: string
}

/** The target's own key, and what the operator lends: another project's or account's, and one that may only read. */
export interface AccessKeys {
  readonly own: AccessKey
  readonly other?: AccessKey
  readonly readOnly?: AccessKey
}

/**
 * The key to sign with; `undefined` for none.
 *
 * `wrong` is the target's own key id with a wrong secret, so that the signature is wrong; requests that are
 * altered or incomplete, or whose signature is changed afterwards, are signed with the right one.
 */
export function keyFor(
  credentials: Credentials | undefined,
  { own, other, readOnly }: AccessKeys,
): AccessKey | undefined {
  if (credentials === 'none') return undefined
  if (credentials === 'other') return other ?? fakeCredentials
  if (credentials === 'readOnly') return readOnly ?? fakeCredentials
  if (credentials === 'unknown') return { ...own, accessKeyId: fakeCredentials.accessKeyId }
  return credentials === 'wrong'
    ? { ...own, accessKeySecret: fakeCredentials.accessKeySecret }
    : own
}
