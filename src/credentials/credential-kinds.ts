/** Rules of `auth` that a schema cannot explain well: the kind of credentials, and which keys belong together. */

import type { Dialect } from '../model.ts'

/** The key that identifies each kind. */
const kinds: Readonly<Record<Dialect, readonly string[]>> = {
  elb: ['token', 'password', 'accessKeyId'],
  slb: ['accessKeyId'],
}

/** Problems, one sentence each; none when it is exactly one kind, and complete. */
export function authProblems(auth: unknown, dialect: unknown): string[] {
  if (typeof auth !== 'object' || auth === null) return []
  if (dialect !== 'elb' && dialect !== 'slb') return []
  const known = kinds[dialect]
  const keys = Object.keys(auth)
  const found = known.filter((key) => keys.includes(key))
  const [kind, rival] = found
  if (kind === undefined) return [`auth names no credentials: ${dialect} takes ${listed(known)}.`]
  if (rival !== undefined) {
    return [
      `auth names ${found.map(quoted).join(' and ')}, which are two kinds of credentials: give one.`,
    ]
  }
  return kind === 'password' ? passwordProblems(keys) : []
}

function passwordProblems(keys: readonly string[]): string[] {
  const has = (key: string) => keys.includes(key)
  const others = keys.filter((key) => key.startsWith('other'))
  const lacking = [
    ...oneOf('user', 'userId', keys),
    ...oneOf('project', 'projectId', keys),
    ...(has('user') && !has('domain')
      ? ['auth has a "user" by name, but not the "domain" of the user.']
      : []),
  ]
  if (others.length === 0) return lacking
  return [
    ...lacking,
    ...oneOf('otherProject', 'otherProjectId', keys),
    ...(has('otherUser') || has('otherUserId') ? otherUserProblems(keys) : []),
  ]
}

function otherUserProblems(keys: readonly string[]): string[] {
  const twice = keys.includes('otherUser') && keys.includes('otherUserId')
  return [
    ...(twice ? oneOf('otherUser', 'otherUserId', keys) : []),
    ...(keys.includes('otherPassword') ? [] : ['auth has another user, but no "otherPassword".']),
  ]
}

function oneOf(one: string, other: string, keys: readonly string[]): string[] {
  const count = [one, other].filter((key) => keys.includes(key)).length
  if (count === 1) return []
  return [
    count === 0
      ? `auth has neither "${one}" nor "${other}".`
      : `auth has both "${one}" and "${other}": give one.`,
  ]
}

function listed(keys: readonly string[]): string {
  return keys.map(quoted).join(' or ')
}

function quoted(key: string): string {
  return `"${key}"`
}
