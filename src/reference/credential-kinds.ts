/** Targets at the reference that differ only in their credentials, one for each kind; for tests. */

import { referenceEnvironment, referenceTarget } from './embedded.ts'
import { referenceKeys, referenceProjects, referenceUser } from './elb/given.ts'
import { referenceTemporaryKey } from './slb/given.ts'
import type { ElbTarget, SlbTarget, Target } from '../target.ts'

/** The environment variables that these targets name. */
export const everyEnvironment: Readonly<Record<string, string>> = {
  ...referenceEnvironment,
  PASSWORD: referenceUser.password,
  AK: referenceKeys[0]?.accessKeyId ?? '',
  SK: referenceKeys[0]?.accessKeySecret ?? '',
  OTHER_AK: referenceKeys[1]?.accessKeyId ?? '',
  OTHER_SK: referenceKeys[1]?.accessKeySecret ?? '',
  TEMPORARY_AK: referenceKeys[2]?.accessKeyId ?? '',
  TEMPORARY_SK: referenceKeys[2]?.accessKeySecret ?? '',
  TEMPORARY_TOKEN: referenceKeys[2]?.securityToken ?? '',
  STS_AK: referenceTemporaryKey.accessKeyId,
  STS_SK: referenceTemporaryKey.accessKeySecret,
  STS_TOKEN: referenceTemporaryKey.securityToken,
}

const env = (name: string) => ({ env: name })

/** What `auth` says, by the name of the kind; the identity service is below the endpoint itself. */
export function everyElbAuth(endpoint: string): Readonly<Record<string, ElbTarget['auth']>> {
  const { name: user, id: userId, domain } = referenceUser
  const [own, other] = referenceProjects
  const others = { otherAccessKeyId: env('OTHER_AK'), otherAccessKeySecret: env('OTHER_SK') }
  return {
    token: {
      token: env('POOLPROOF_REFERENCE_TOKEN'),
      otherToken: env('POOLPROOF_REFERENCE_OTHER_TOKEN'),
    },
    'password, by names': {
      iam: `${endpoint}/v3/`,
      user,
      domain,
      password: env('PASSWORD'),
      project: own.name,
      otherProject: other.name,
    },
    'password, by ids': {
      iam: endpoint,
      userId,
      password: env('PASSWORD'),
      projectId: own.id,
      otherProjectId: other.id,
    },
    'access key': { accessKeyId: env('AK'), accessKeySecret: env('SK'), ...others },
    'access key, temporary, for a project': {
      accessKeyId: env('TEMPORARY_AK'),
      accessKeySecret: env('TEMPORARY_SK'),
      securityToken: env('TEMPORARY_TOKEN'),
      projectId: own.id,
      ...others,
    },
  }
}

/** What `auth` says, by the name of the kind. */
export function everySlbAuth(): Readonly<Record<string, SlbTarget['auth']>> {
  const others = {
    otherAccessKeyId: env('POOLPROOF_REFERENCE_OTHER_KEY_ID'),
    otherAccessKeySecret: env('POOLPROOF_REFERENCE_OTHER_KEY_SECRET'),
  }
  const plain = {
    accessKeyId: env('POOLPROOF_REFERENCE_KEY_ID'),
    accessKeySecret: env('POOLPROOF_REFERENCE_KEY_SECRET'),
    ...others,
  }
  const temporary = {
    accessKeyId: env('STS_AK'),
    accessKeySecret: env('STS_SK'),
    securityToken: env('STS_TOKEN'),
    ...others,
  }
  return {
    'HMAC-SHA1': plain,
    'HMAC-SHA1, temporary': { ...temporary, signature: 'HMAC-SHA1' },
    'ACS3-HMAC-SHA256': { ...plain, signature: 'ACS3-HMAC-SHA256' },
    'ACS3-HMAC-SHA256, temporary': { ...temporary, signature: 'ACS3-HMAC-SHA256' },
  }
}

/** Every such target, at the given endpoints. */
export function everyTarget(endpoints: {
  readonly elb: string
  readonly slb: string
}): readonly (readonly [kind: string, target: Target])[] {
  const options = { asynchronousMilliseconds: 0 }
  const [elb, slb] = [
    referenceTarget('elb', endpoints.elb, options),
    referenceTarget('slb', endpoints.slb, options),
  ]
  return [
    ...Object.entries(everyElbAuth(endpoints.elb)).map(
      ([kind, auth]) => [`elb, ${kind}`, { ...elb, auth } as Target] as const,
    ),
    ...Object.entries(everySlbAuth()).map(
      ([kind, auth]) => [`slb, ${kind}`, { ...slb, auth }] as const,
    ),
  ]
}
