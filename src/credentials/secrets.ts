/** From the names in a target file to the secrets themselves. */

import { readFileSync } from 'node:fs'
import { UsageError } from '../model.ts'
import type { Secret, Target } from '../target.ts'

/** What the keys of a group say, and which of it must never be told. */
export interface Told {
  readonly values: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Everything that `auth` and `tls` of a target say, secrets looked up.
 *
 * @throws {UsageError} When a variable is unset or empty, a file cannot be read, or what is in them is
 *   no secret of its kind; names the variable or the file, and never what is in it.
 */
export function secretsOf(
  target: Target,
  environment: Environment,
): { readonly auth: Told; readonly tls: Told } {
  return {
    auth: told('auth', target.auth, target, environment),
    tls: told('tls', target.tls ?? {}, target, environment),
  }
}

function told(group: string, said: object, target: Target, environment: Environment): Told {
  const entries = Object.entries(said) as [string, Secret | string][]
  const looked = entries.map(([key, value]) => {
    if (typeof value === 'string') return { key, value, secret: false }
    const place = `${target.file ?? target.name} names it as ${group}.${key}`
    const found = lookUp(value, place, environment)
    assertSendable(key, found, value, place)
    return { key, value: found, secret: !isPublic(group, key) }
  })
  return {
    values: Object.fromEntries(looked.map(({ key, value }) => [key, value])),
    secrets: looked.filter(({ secret }) => secret).map(({ value }) => value),
  }
}

/** Certificates are shown to everybody. */
function isPublic(group: string, key: string): boolean {
  return group === 'tls' && (key === 'ca' || key === 'certificate')
}

function lookUp(secret: Secret, place: string, environment: Environment): string {
  if ('file' in secret) return fromFile(secret.file, place)
  const value = environment[secret.env]
  if (value) return value
  const trouble = value === undefined ? 'is not set' : 'is empty'
  throw new UsageError(
    `The environment variable ${secret.env} ${trouble}. ${place}; ` +
      `set it before the run: export ${secret.env}=…`,
  )
}

/** Editors and `echo` end a file with a line break that is no part of the secret. */
function fromFile(file: string, place: string): string {
  const value = read(file, place).replace(/[\r\n]+$/, '')
  if (value !== '') return value
  throw new UsageError(
    `The file ${file} is empty. ${place}; put the secret into it, and nothing else.`,
  )
}

function read(file: string, place: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const trouble =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a directory'
          : `cannot be read (${code ?? 'for no reason known'})`
    throw new UsageError(
      `The file ${file} ${trouble}. ${place}; a relative path starts at the target file.`,
    )
  }
}

/** Printable ASCII, with nothing blank at either end: what a header takes, and what a key looks like. */
const inHeaders = { fits: /^[!-~](?:[ -~]*[!-~])?$/, unfit: 'a letter beyond ASCII' }
/** Goes into JSON, where it may be in any script. */
const inJson = { fits: /^[^\p{Cc}]+$/u, unfit: 'a control character' }
const inPem = { fits: /^\s*-----BEGIN [A-Z0-9 ]+-----/, unfit: 'no PEM block (-----BEGIN …)' }

const passwords = ['password', 'otherPassword', 'user', 'otherUser', 'domain', 'otherDomain']
const pems = ['ca', 'certificate', 'key']

function assertSendable(key: string, value: string, secret: Secret, place: string): void {
  const kind = pems.includes(key) ? inPem : passwords.includes(key) ? inJson : inHeaders
  if (kind.fits.test(value)) return
  const source =
    'file' in secret ? `The file ${secret.file}` : `The environment variable ${secret.env}`
  const holds =
    kind === inPem
      ? kind.unfit
      : `a line break, ${kind === inJson ? '' : 'a blank at an end, '}or ${kind.unfit}`
  const again =
    'file' in secret ? 'write it again without' : `set it again without: export ${secret.env}=…`
  throw new UsageError(
    `${source} holds ${holds}. ${place}; ${kind === inPem ? 'it must hold a certificate or a key in PEM' : again}.`,
  )
}
