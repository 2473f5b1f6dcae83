/**
 * Which project a request claims to be from, and the rules that verify the claim.
 *
 * Three kinds of credentials are known: a fixed token, a token that this server issued for a password,
 * and a signature made with an access key.
 *
 * @see Keystone, "Identity API v3", Password authentication with scoped authorization
 */

import { randomBytes } from 'node:crypto'
import type { Answer, Call, Rule } from '../rule.ts'
import type { ElbStore } from './store.ts'
import { referenceKeys, referenceProjects, referenceUser, type ElbKey } from './given.ts'
import { claimOf, complaintAbout } from './signature.ts'

/** The project that a request claims to be from. The rules verify it. */
export function claimedProject(
  headers: Readonly<Record<string, string>>,
  { tokens }: ElbStore,
): string | undefined {
  const token = headers['x-auth-token']
  if (token === undefined) return keyOf(headers)?.project
  const always = referenceProjects.find((project) => project.token === token)
  return always?.id ?? tokens.get(token)?.project
}

function keyOf(headers: Readonly<Record<string, string>>): ElbKey | undefined {
  const id = claimOf(headers)?.access
  return referenceKeys.find(({ accessKeyId }) => accessKeyId === id)
}

function unauthorized(message: string) {
  return { status: 401, code: 'Unauthorized', message }
}

/** Checked before all other rules. */
export const identityRules: readonly Rule<ElbStore>[] = [
  {
    keeps: 'elb/set-up/token-required',
    on: '*',
    refuse({ project }) {
      if (project !== undefined) return undefined
      return unauthorized('A valid X-Auth-Token or a signature is required.')
    },
  },
  {
    keeps: 'elb/set-up/token-alive',
    on: '*',
    refuse({ headers, now }, { tokens }) {
      const given = tokens.get(headers['x-auth-token'] ?? '')
      if (!given || now < given.ends) return undefined
      return unauthorized('The token has expired.')
    },
  },
  {
    keeps: 'elb/set-up/signature',
    on: '*',
    refuse(call) {
      const key = call.headers['x-auth-token'] === undefined ? keyOf(call.headers) : undefined
      const complaint = key && complaintAbout(call, key)
      return complaint === undefined ? undefined : unauthorized(complaint)
    },
  },
]

/** What the identity service answers to `POST /v3/auth/tokens`. */
export function giveToken(call: Call, store: ElbStore): Answer {
  const asked = (call.body ?? {}) as Asked
  const project = projectOf(asked.auth?.scope?.project)
  if (!isUser(asked.auth?.identity) || !project) {
    const message = 'The username or password is wrong, or the user may not use the project.'
    return { status: 401, body: { error: { code: 401, title: 'Unauthorized', message } } }
  }
  const token = `gAAAAAB${randomBytes(48).toString('base64url')}`
  const ends = call.now + store.tokenMilliseconds
  store.tokens.set(token, { project: project.id, ends })
  return {
    status: 201,
    headers: { 'X-Subject-Token': token },
    body: {
      token: {
        methods: ['password'],
        issued_at: moment(call.now),
        expires_at: moment(ends),
        project: { id: project.id, name: project.name },
      },
    },
  }
}

/** Keystone prints microseconds. */
function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z')
}

interface Named {
  readonly id?: string
  readonly name?: string
  readonly domain?: { readonly id?: string; readonly name?: string }
}

interface Asked {
  readonly auth?: {
    readonly identity?: {
      readonly methods?: readonly string[]
      readonly password?: { readonly user?: Named & { readonly password?: string } }
    }
    readonly scope?: { readonly project?: Named }
  }
}

function isUser(identity: NonNullable<Asked['auth']>['identity']): boolean {
  const { user } = identity?.password ?? {}
  if (!identity?.methods?.includes('password') || user?.password !== referenceUser.password) {
    return false
  }
  if (user.id !== undefined) return user.id === referenceUser.id
  return user.name === referenceUser.name && user.domain?.name === referenceUser.domain
}

/** A project name is unique only within a domain; a service with one domain need not ask for it. */
function projectOf(asked: Named | undefined) {
  const { id, name, domain = { name: referenceUser.domain } } = asked ?? {}
  if (id !== undefined) return referenceProjects.find((project) => project.id === id)
  if (domain.name !== referenceUser.domain) return undefined
  return referenceProjects.find((project) => project.name === name)
}
