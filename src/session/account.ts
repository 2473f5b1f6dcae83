/**
 * Whose credentials a run works with, so that a sweep with those of somebody else does not take "not found" for gone.
 *
 * No secret is told: what a target file says in words stays as it is, everything else is a short hash.
 */

import { sha256 } from '../credentials/canonical.ts'
import { secretsOf } from '../credentials/secrets.ts'
import type { Target } from '../target.ts'

/** What is known of an account. A token says nothing: it changes, and does not show what it is for. */
export interface Account {
  /** `elb`: the id of the project. */
  readonly projectId?: string
  /** Its name, after that of its domain. Without that it says little: every account may have an `eu-de`. */
  readonly project?: string
  /** A hash of the id of an access key, never of its secret. A temporary key is another one each time. */
  readonly accessKey?: string
  readonly region?: string
}

/**
 * What a target file and its secrets show of their account.
 *
 * @throws {UsageError} When a secret is not there.
 */
export function accountOf(
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
): Account {
  const { values } = secretsOf(target, environment).auth
  const said = (key: string) => {
    const value = values[key]
    const isInWords = typeof Object.entries(target.auth).find(([one]) => one === key)?.[1]
    return value === undefined || isInWords === 'string' ? value : hashed(value)
  }
  const projectId = said('projectId')
  const [domain, named] = [said('domain'), said('project')]
  const { accessKeyId, securityToken } = values
  return {
    ...(projectId === undefined ? {} : { projectId }),
    ...(domain === undefined || named === undefined
      ? {}
      : { project: [domain, named].map((one) => encodeURIComponent(one)).join('/') }),
    ...(accessKeyId === undefined || securityToken !== undefined
      ? {}
      : { accessKey: hashed(accessKeyId) }),
    ...('region' in target.given ? { region: target.given.region } : {}),
  }
}

/** Are they the same account, as far as both are known? Who is in the same project sees the same with any key. */
export function compared(one: Account, other: Account): 'same' | 'other' | 'unknown' {
  if (one.region !== other.region && one.region !== undefined && other.region !== undefined)
    return 'other'
  for (const what of ['projectId', 'project', 'accessKey'] as const) {
    const [first, second] = [one[what], other[what]]
    if (first !== undefined && second !== undefined) return first === second ? 'same' : 'other'
    if (first !== undefined || second !== undefined) return 'unknown'
  }
  return 'unknown'
}

/** Continues a sentence: `is of …`. */
export function inWords({ projectId, project, accessKey, region }: Account): string {
  const known = [
    projectId === undefined ? '' : `project ${projectId}`,
    project === undefined ? '' : `project ${project}`,
    accessKey === undefined ? '' : `access key ${accessKey}`,
    region === undefined ? '' : `region ${region}`,
  ]
  return known.filter((one) => one !== '').join(', ') || 'an account that is not known'
}

/** So many digits tell accounts apart, and nobody can make an id of them. */
const digits = 8

function hashed(text: string): string {
  return `sha256:${sha256(text).slice(0, digits)}…`
}
