/**
 * Gets a token for a password: one request to the identity service.
 *
 * @see Keystone, "Identity API v3", Password authentication with scoped authorization; Huawei Cloud IAM,
 *   "Obtaining a User Token Through Password Authentication"
 */

import { readJson } from '../wire/parsed-body.ts'
import type { Wire, WireResponse } from '../wire/wire.ts'
import { NoCredentials } from './signer.ts'

/** A user, and the project that the token is for. */
export interface Identity {
  /** Address of the identity service, with or without `/v3`. */
  readonly iam: string
  readonly password: string
  /** The user's name, for which `domain` is needed, or the user's id. */
  readonly user?: string
  readonly userId?: string
  /** The name of the domain (the account) of user and project. */
  readonly domain?: string
  readonly project?: string
  readonly projectId?: string
}

export interface Issued {
  readonly token: string
  /** By the service's own clock, so independent of ours; absent when the service does not say. */
  readonly lifeMilliseconds?: number
}

/**
 * Asks once.
 *
 * @param learn - Called with every token in an answer, also of one that refuses: it may be valid.
 * @throws {NoCredentials} When the service refuses, cannot be reached, or answers without a token.
 */
export async function askForToken(
  identity: Identity,
  wire: Wire,
  requestMilliseconds: number,
  learn: (secret: string) => void,
): Promise<Issued> {
  const url = `${identity.iam.replace(/(?<!\/)\/+$/, '').replace(/\/v3$/, '')}/v3/auth/tokens`
  const request = {
    method: 'POST',
    path: new URL(url).pathname,
    url,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(question(identity)),
  }
  const answer = await wire(request, () => AbortSignal.timeout(requestMilliseconds)).catch(
    (error: unknown) => {
      throw new NoCredentials(`${serviceOf(identity)} ${unreachable(error)}`, true)
    },
  )
  for (const token of tokensIn(answer)) learn(token)
  return issued(answer, identity)
}

function question({ password, user, userId, domain, project, projectId }: Identity): unknown {
  const named = domain === undefined ? {} : { domain: { name: domain } }
  return {
    auth: {
      identity: {
        methods: ['password'],
        password: {
          user:
            userId === undefined ? { name: user, ...named, password } : { id: userId, password },
        },
      },
      scope: { project: projectId === undefined ? { name: project, ...named } : { id: projectId } },
    },
  }
}

function issued(answer: WireResponse, identity: Identity): Issued {
  const { status, text } = answer
  const [token] = tokensIn(answer)
  const who = serviceOf(identity)
  if (status >= 200 && status < 300) {
    if (token !== undefined && fitsIntoHeader.test(token)) return { token, ...lifeOf(text) }
    const fault = token ? 'with a token that no header can carry' : 'without a token'
    throw new NoCredentials(`${who} answered ${status} ${fault} in X-Subject-Token`, false)
  }
  if (status === 429 || status >= 500) {
    throw new NoCredentials(`${who} answered ${status} instead of a token`, true)
  }
  throw new NoCredentials(
    `${who} refused ${userOf(identity)}: ${status}${saidIn(text)}. Check auth in the target file, and the password`,
    false,
  )
}

function tokensIn({ headers }: WireResponse): string[] {
  const named = headers.filter(([name]) => name.toLowerCase() === 'x-subject-token')
  return named.map(([, token]) => token)
}

/** Printable ASCII, of a length that servers accept. */
const fitsIntoHeader = /^[!-~]{1,16384}$/

/** Both times come from the service's clock; only their difference is used. */
function lifeOf(text: string): Pick<Issued, 'lifeMilliseconds'> {
  const token = fieldOf(readJson(text), 'token')
  const life = momentOf(fieldOf(token, 'expires_at')) - momentOf(fieldOf(token, 'issued_at'))
  return life > 0 ? { lifeMilliseconds: life } : {}
}

function momentOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

const mostSaid = 200

function saidIn(text: string): string {
  const message = fieldOf(fieldOf(readJson(text), 'error'), 'message')
  if (typeof message !== 'string' || message === '') return ''
  return ` (${message.length > mostSaid ? `${message.slice(0, mostSaid)}…` : message})`
}

/** A field of a value that may be anything. */
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

function serviceOf({ iam }: Identity): string {
  return `the identity service ${iam}`
}

function userOf({ user, userId, project, projectId }: Identity): string {
  return `the password of ${user ?? userId ?? '(no user)'} for the project ${project ?? projectId ?? '(no project)'}`
}

function unreachable(error: unknown): string {
  if (!(error instanceof Error)) return 'did not answer'
  if (error.name === 'TimeoutError') return 'did not answer in time'
  const { code } = error as NodeJS.ErrnoException
  return `did not answer (${code ?? error.message})`
}
