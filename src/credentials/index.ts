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
  const lent = (prefix: string) => {
    const key = withPrefix(values, prefix)
    return key['accessKeyId'] === undefined ? undefined : (key as unknown as AccessKey)
  }
  const other = lent('other')
  const readOnly = lent('readOnly')
  return {
    own: values as unknown as AccessKey,
    ...(other ? { other } : {}),
    ...(readOnly ? { readOnly } : {}),
  }
}

/** Whatever `other…` keys leave out is taken from the target's own identity. */
function identitiesOf(values: Values): { own: Identity; other?: Identity } {
  const other = withPrefix(values, 'other')
  const own = values as unknown as Identity
  if (Object.keys(other).length === 0) return { own }
  const { user, userId, project: _project, projectId: _projectId, ...rest } = values
  const who = 'user' in other || 'userId' in other ? {} : { user, userId }
  const all = Object.entries({ ...rest, ...who, ...other }).filter(
    ([, value]) => value !== undefined,
  )
  return { own, other: Object.fromEntries(all) as unknown as Identity }
}

/** With the prefix `other`, `otherToken` as `token`, and so on. */
function withPrefix(values: Values, prefix: string): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => {
        const rest = key.slice(prefix.length)
        return [rest.charAt(0).toLowerCase() + rest.slice(1), value]
      }),
  )
}
