/** Whose key a call names, in a parameter or, with signature version 3, in a header. */

import { referenceAccounts, referenceTemporaryKey } from './given.ts'

/** A key as the service knows it. */
export interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** The account that it acts for: the id of that account's own key. */
  readonly account: string
  /** What a temporary key has to come with. */
  readonly securityToken?: string
}

const keys: readonly Key[] = [
  ...referenceAccounts.map((account) => ({ ...account, account: account.accessKeyId })),
  referenceTemporaryKey,
]

/** The key of that id, if there is one. */
export function keyById(id: string | undefined): Key | undefined {
  return keys.find(({ accessKeyId }) => accessKeyId === id)
}
