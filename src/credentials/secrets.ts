/** Looks up the secrets that a target file names. */

import { basename } from 'node:path'
import { textOfFile } from '../documents/regular-file.ts'
import { looksSecret, shownVariable } from '../documents/shown-text.ts'
import { UsageError } from '../model.ts'
import type { Secret, Target } from '../target.ts'

/** The values of a group of keys, and which of them are secrets. */
export interface LookedUp {
  readonly values: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * All values of `auth` and `tls` of a target, and the secret of its backend servers, looked up.
 *
 * @throws {UsageError} When a variable is unset or empty, a file cannot be read, or a value cannot be a
 *   secret of its kind. The message names the variable or the file, never its contents.
 */
export function secretsOf(
  target: Target,
  environment: Environment,
): { readonly auth: LookedUp; readonly tls: LookedUp; readonly traffic: LookedUp } {
  const { secret } = target.given.traffic ?? {}
  return {
    auth: lookUpGroup('auth', target.auth, target, environment),
    tls: lookUpGroup('tls', target.tls ?? {}, target, environment),
    traffic: lookUpGroup('given.traffic', secret ? { secret } : {}, target, environment),
  }
}

function lookUpGroup(
  group: string,
  said: object,
  target: Target,
  environment: Environment,
): LookedUp {
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

/** Certificates are public. */
function isPublic(group: string, key: string): boolean {
  return group === 'tls' && (key === 'ca' || key === 'certificate')
}

function lookUp(secret: Secret, place: string, environment: Environment): string {
  if ('file' in secret) return fromFile(secret.file, place)
  const value = environment[secret.env]
  if (value) return value
  const trouble = value === undefined ? 'is not set' : 'is empty'
  throw new UsageError(
    `${called(secret)} ${trouble}. ${place}; set it before the run${exported(secret.env)}`,
  )
}

/** Without its name where that may be a secret, which was put in the place of its name. */
function called(secret: Secret): string {
  const isFile = 'file' in secret
  const what = isFile ? 'The file' : 'The environment variable'
  const name = isFile ? shownPath(secret.file) : shownVariable(secret.env)
  return name === undefined
    ? `${what}, whose name is not repeated because it may be a secret,`
    : `${what} ${name}`
}

function shownPath(path: string): string | undefined {
  return looksSecret(basename(path)) ? undefined : path
}

function exported(variable: string): string {
  const name = shownVariable(variable)
  return name === undefined ? '.' : `: export ${name}=…`
}

/** Editors and `echo` end a file with a line break, which is not part of the secret. */
function fromFile(file: string, place: string): string {
  const value = read(file, place).replace(/(?<![\r\n])[\r\n]+$/, '')
  if (value !== '') return value
  throw new UsageError(
    `${called({ file })} is empty. ${place}; put the secret into it, and nothing else.`,
  )
}

function read(file: string, place: string): string {
  try {
    return textOfFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const trouble =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a directory'
          : `cannot be read (${code ?? 'unknown cause'})`
    throw new UsageError(
      `${called({ file })} ${trouble}. ${place}; a relative path starts at the target file.`,
    )
  }
}

/** Printable ASCII without a blank at either end: what a header can carry. */
const inHeaders = { fits: /^[!-~](?:[ -~]*[!-~])?$/, unfit: 'a character outside ASCII' }
/** Sent in JSON, so any character but control characters. */
const inJson = { fits: /^[^\p{Cc}]+$/u, unfit: 'a control character' }
const inPem = { fits: /^\s*-----BEGIN [A-Z0-9 ]+-----/, unfit: 'no PEM block (-----BEGIN …)' }

const passwords = ['password', 'otherPassword', 'user', 'otherUser', 'domain', 'otherDomain']
const pems = ['ca', 'certificate', 'key']

function assertSendable(key: string, value: string, secret: Secret, place: string): void {
  const kind = pems.includes(key) ? inPem : passwords.includes(key) ? inJson : inHeaders
  if (kind.fits.test(value)) return
  const holds =
    kind === inPem
      ? kind.unfit
      : `a line break, ${kind === inJson ? '' : 'a blank at an end, '}or ${kind.unfit}`
  const again =
    'file' in secret ? 'write it again without.' : `set it again without${exported(secret.env)}`
  throw new UsageError(
    `${called(secret)} contains ${holds}. ${place}; ${kind === inPem ? 'it must hold a certificate or a key in PEM.' : again}`,
  )
}
