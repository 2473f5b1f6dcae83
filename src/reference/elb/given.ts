/** What exists before any call is made: projects, their tokens and keys, and the user who may use them. */

/** The two projects that the server knows, each with a token that is always valid. */
export const referenceProjects = [
  { id: '3c1f0b6c5e8d4f7f9a2b4d6e8f001a2b', name: 'reference', token: 'reference-token' },
  { id: '9d2e7a4b1c6f4e0d8b5a3c7f6e112b3c', name: 'other', token: 'other-project-token' },
] as const

/** One user, who may use both projects. */
export const referenceUser = {
  id: '5f0e2d4c6b8a4f1e9d3c7b5a1e2f4d6c',
  name: 'reference-user',
  domain: 'reference-domain',
  password: 'reference-password',
} as const

/** A key for each project; the third is temporary, and is not valid without its token. */
export const referenceKeys: readonly ElbKey[] = [
  {
    accessKeyId: 'REFERENCEKEY',
    accessKeySecret: 'reference-key-secret',
    project: referenceProjects[0].id,
  },
  {
    accessKeyId: 'OTHERKEY',
    accessKeySecret: 'other-key-secret',
    project: referenceProjects[1].id,
  },
  {
    accessKeyId: 'TEMPORARYKEY',
    accessKeySecret: 'temporary-key-secret',
    project: referenceProjects[0].id,
    securityToken: 'temporary-security-token',
  },
]

export interface ElbKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly project: string
  readonly securityToken?: string
}

/** A token that was issued for a password. */
export interface GivenToken {
  readonly project: string
  /** Milliseconds since the epoch. */
  readonly ends: number
}
