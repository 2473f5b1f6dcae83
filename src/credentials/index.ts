/** From `auth` in a target file to the signer of its requests. */

import type { Target } from '../target.ts'
import type { AccessKey, AccessKeys } from './access-key.ts'
import { acs3HmacSigner } from './acs3-hmac.ts'
import type { Identity } from './keystone.ts'
import { passwordSigner, type Surroundings } from './password.ts'
import { rpcHmacSigner } from './rpc-hmac.ts'
import { sdkHmacSigner } from './sdk-hmac.ts'
import type { Signer } from './signer.ts'
import { tokenSigner } from './token.ts'

type Values = Readonly<Record<string, string>>

/** @param values - The keys of `auth` with their values, secrets looked up. */
export function signerOf(target: Target, values: Values, around: Surroundings): Signer {
  const { token, password, signature } = values
  if (token !== undefined) return tokenSigner({ token, otherToken: values['otherToken'] })
  if (password !== undefined) return passwordSigner(identitiesOf(values), around)
  if (target.dialect === 'elb') return sdkHmacSigner(keysOf(values), target.endpoint)
  return signature === 'ACS3-HMAC-SHA256'
    ? acs3HmacSigner(keysOf(values), target.endpoint)
    : rpcHmacSigner(keysOf(values))
}

function keysOf(values: Values): AccessKeys {
  const other = others(values)
  const own = values as unknown as AccessKey
  return other['accessKeyId'] === undefined
    ? { own }
    : { own, other: other as unknown as AccessKey }
}

/** Whatever `other…` keys leave out is taken from the target's own identity. */
function identitiesOf(values: Values): { own: Identity; other?: Identity } {
  const other = others(values)
  const own = values as unknown as Identity
  if (Object.keys(other).length === 0) return { own }
  const { user, userId, project: _project, projectId: _projectId, ...rest } = values
  const who = 'user' in other || 'userId' in other ? {} : { user, userId }
  const all = Object.entries({ ...rest, ...who, ...other }).filter(
    ([, value]) => value !== undefined,
  )
  return { own, other: Object.fromEntries(all) as unknown as Identity }
}

/** `otherToken` as `token`, and so on. */
function others(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith('other'))
      .map(([key, value]) => [key.charAt(5).toLowerCase() + key.slice(6), value]),
  )
}
