/** The keys that a call can name, in a parameter or, with signature version 3, in a header. */

import { referenceAccounts, referenceReadOnlyKey, referenceTemporaryKey } from './given.ts'

/** A key with its secret and its account. */
export interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** The account of the key, named by the id of that account's own key. */
  readonly account: string
  /** The token that a temporary key needs. */
  readonly securityToken?: string
  /** `true` if the user may not write. */
  readonly mayOnlyRead?: true
}

const keys: readonly Key[] = [
  ...referenceAccounts.map((account) => ({ ...account, account: account.accessKeyId })),
  referenceTemporaryKey,
  referenceReadOnlyKey,
]

/** The key of that id, if there is one. */
export function keyById(id: string | undefined): Key | undefined {
  return keys.find(({ accessKeyId }) => accessKeyId === id)
}
