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
  { accessKeyId: 'LTAI4kQ9AZ7xR2mT', accessKeySecret: 'bV5nM8kJ3hG6fD1sA9pa' },
  { accessKeyId: 'LTAI7pL2vC5jN8yB', accessKeySecret: 'wE4rT7yU1iO5pAFsD2fG' },
]

/** A key of the first account that is valid only with its token. */
export const referenceTemporaryKey = {
  accessKeyId: 'STS.NT6uH3kW8qZ2vX5c',
  accessKeySecret: 'mK7jH4gF1dS9aP6oI3uY',
  securityToken: 'uY6tR3eW9qP2oI7aS4dF8gH1jK5lZ0xC',
  account: referenceAccounts[0].accessKeyId,
} as const

/** A key of the first account whose user may read, and may not write. */
export const referenceReadOnlyKey = {
  accessKeyId: 'LTAI2dR6nX9cM4hW',
  accessKeySecret: 'qL3sX8eF5jT2yB7uN4kH',
  account: referenceAccounts[0].accessKeyId,
  mayOnlyRead: true,
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

/** Where a server listens, so that a data plane can reach it: `i-reference07` at 127.1.0.7. Loopback only. */
export function addressOfServer(id: string): string | undefined {
  const number = /^i-reference(\d\d)$/.exec(id)?.[1]
  return number === undefined ? undefined : `127.1.0.${Number(number)}`
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => name + String(index + 1).padStart(2, '0'))
}
