/** What exists before any call is made: projects, their tokens and keys, and the user who may use them. */

/** The two projects that the server knows, each with a token that is always valid. */
export const referenceProjects = [
  { id: '3c1f0b6c5e8d4f7f9a2b4d6e8f001a2b', name: 'reference', token: 'tQ7xw4ixOnAhuc8J' },
  { id: '9d2e7a4b1c6f4e0d8b5a3c7f6e112b3c', name: 'other', token: 'pY3sJ8dGfT1qEh5C' },
] as const

/** One user, who may use both projects. */
export const referenceUser = {
  id: '5f0e2d4c6b8a4f1e9d3c7b5a1e2f4d6c',
  name: 'reference-user',
  domain: 'reference-domain',
  password: 'vN6wRt2kXq9zUd4M',
} as const

/** A key for each project; the third is temporary, and is not valid without its token. */
export const referenceKeys: readonly ElbKey[] = [
  {
    accessKeyId: 'AKQ7W2ZX9RT4LM5V',
    accessKeySecret: 'gH5jK2bN8vC4xZ7pL1wS',
    project: referenceProjects[0].id,
  },
  {
    accessKeyId: 'AKD3F8JB6YN1SC9G',
    accessKeySecret: 'rT9yU3eW6qA1oP8iD4fM',
    project: referenceProjects[1].id,
  },
  {
    accessKeyId: 'AKTM5K2PV7HX4QZ8',
    accessKeySecret: 'zX4cV7bN1mQ8wE5rT2yU',
    project: referenceProjects[0].id,
    securityToken: 'uY6tR3eW9qP2oI7aS4dF8gH1jK5lZ0xC',
  },
]

export interface ElbKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly project: string
  readonly securityToken?: string
}

/** The id of a certificate for listeners that terminate HTTPS. */
export const referenceCertificate = '8a6c4e2f0b1d4c3a9e7f5d3b1c0a2e4f'

/** A token that was issued for a password. */
export interface GivenToken {
  readonly project: string
  /** Milliseconds since the epoch. */
  readonly ends: number
}
