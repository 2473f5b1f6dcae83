/** The pair that signs: whose it is to be, by what a check asks for. */

import type { Credentials } from '../model.ts'
import { nobodys } from './signer.ts'

/** An access key; a temporary one comes with a token that goes along with each request. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
  /** `elb`: the project that is asked, where the key may use several. */
  readonly projectId?: string
}

/** The target's own key, and that of another project or account where the operator lends one. */
export interface AccessKeys {
  readonly own: AccessKey
  readonly other?: AccessKey
}

/**
 * The key to sign with; `undefined` for none at all.
 *
 * `wrong` is the target's own key with a secret that is not its own, so that the signature cannot fit;
 * what is altered, spoilt or incomplete is signed with the right one.
 */
export function keyFor(
  credentials: Credentials | undefined,
  { own, other }: AccessKeys,
): AccessKey | undefined {
  if (credentials === 'none') return undefined
  if (credentials === 'other') return other ?? nobodys
  if (credentials === 'unknown') return { ...own, accessKeyId: nobodys.accessKeyId }
  return credentials === 'wrong' ? { ...own, accessKeySecret: nobodys.accessKeySecret } : own
}
