/**
 * What an operator would lend: accounts, regions and servers that exist before any call.
 *
 * A live service accepts only servers that exist, so a client cannot invent ids. The reference does the same.
 */

export interface Account {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/** Two accounts; neither sees what the other owns. */
export const referenceAccounts: readonly [Account, Account] = [
  { accessKeyId: 'reference-key', accessKeySecret: 'reference-secret' },
  { accessKeyId: 'other-key', accessKeySecret: 'other-secret' },
]

/** A key of the first account that is valid only with its token. */
export const referenceTemporaryKey = {
  accessKeyId: 'STS.reference-key',
  accessKeySecret: 'temporary-secret',
  securityToken: 'temporary-security-token',
  account: referenceAccounts[0].accessKeyId,
} as const

/** The region that clients work in. */
export const referenceRegion = 'cn-hangzhou'

/** All regions. */
export const referenceRegions: readonly string[] = [referenceRegion, 'cn-shanghai']

/** The servers that run: thirty instances, and three network interfaces to be added as `eni`. */
export const referenceServers: readonly string[] = [
  ...numbered('i-reference', 30),
  ...numbered('eni-reference', 3),
]

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => name + String(index + 1).padStart(2, '0'))
}
