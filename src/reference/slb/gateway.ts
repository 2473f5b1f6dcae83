/**
 * The rules before every operation: the common parameters, the key and the signature.
 *
 * The pages under test only refer to them (`<CommonParameters>`), so these rules have names of their own.
 * The mutants of `action-required`, `unknown-version` and `credentials-required` change rules by these names.
 *
 * @see Alibaba Cloud SLB, "Common parameters"; RPC gateway, "Signature method"
 */

import type { Call, Refusal, Rule } from '../rule.ts'
import { isHeaderSigned, mandatoryHeaders, refusalOf } from './header-signature.ts'
import { keyById } from './keys.ts'
import * as refusals from './refusals.ts'
import { signatureOf } from './signature.ts'
import type { SlbStore } from './store.ts'

const mandatory = [
  'Action',
  'Version',
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
  'Signature',
]

/** How far a Timestamp may be before or after the clock of the server. */
const toleranceMilliseconds = 15 * 60_000

export const gatewayRules: readonly Rule<SlbStore>[] = [
  {
    keeps: 'slb/gateway/path',
    on: '*',
    refuse: ({ path }) => (path === '/' ? undefined : refusals.pathUnknown),
  },
  {
    keeps: 'slb/gateway/method',
    on: '*',
    refuse: ({ method }) =>
      ['GET', 'POST'].includes(method) ? undefined : refusals.methodUnsupported,
  },
  {
    keeps: 'slb/gateway/mandatory-parameters',
    on: '*',
    refuse({ parameters, headers }) {
      const absent = isHeaderSigned(headers)
        ? mandatoryHeaders.find((name) => !headers[name])
        : mandatory.find((name) => !parameters[name])
      return absent === undefined ? undefined : refusals.missing(absent)
    },
  },
  {
    keeps: 'slb/gateway/format',
    on: '*',
    refuse({ parameters: { Format = 'JSON' } }) {
      if (/^(json|xml)$/i.test(Format)) return undefined
      return refusals.invalid('The specified Format is not valid.')
    },
  },
  {
    keeps: 'slb/gateway/version',
    on: '*',
    refuse: ({ parameters: { Version } }) =>
      Version === '2014-05-15' ? undefined : refusals.versionUnknown,
  },
  {
    keeps: 'slb/gateway/signature-method',
    on: '*',
    refuse({ headers, parameters: { SignatureMethod = '', SignatureVersion } }) {
      if (isHeaderSigned(headers)) return undefined
      if (SignatureMethod.toUpperCase() === 'HMAC-SHA1' && SignatureVersion === '1.0')
        return undefined
      return refusals.invalid('Only HMAC-SHA1, version 1.0 is supported.')
    },
  },
  {
    keeps: 'slb/gateway/access-key',
    on: '*',
    refuse: ({ project }) => (project === undefined ? refusals.keyUnknown : undefined),
  },
  {
    keeps: 'slb/gateway/timestamp',
    on: '*',
    refuse({ parameters: { Timestamp = '' }, now }) {
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(Timestamp)) return refusals.timestampMalformed
      const skewMilliseconds = Math.abs(now - Date.parse(Timestamp))
      return skewMilliseconds <= toleranceMilliseconds ? undefined : refusals.timestampExpired
    },
  },
  {
    keeps: 'slb/gateway/security-token',
    on: '*',
    refuse({ parameters: { AccessKeyId, SecurityToken } }) {
      const key = keyById(AccessKeyId)
      return key?.securityToken === SecurityToken ? undefined : refusals.tokenUnfit
    },
  },
  {
    keeps: 'slb/gateway/signature',
    on: '*',
    refuse(call) {
      const key = keyById(call.parameters['AccessKeyId'])
      if (key && isHeaderSigned(call.headers)) return refusalOf(call, key)
      return call.parameters['Signature'] === expectedSignature(call)
        ? undefined
        : refusals.signatureWrong
    },
  },
  {
    keeps: 'slb/gateway/nonce',
    on: '*',
    refuse({ parameters: { SignatureNonce = '' }, project = '', now }, { nonces }) {
      forgetOldNonces(nonces, now)
      const nonce = `${project}/${SignatureNonce}`
      if (nonces.has(nonce)) return refusals.nonceUsed
      nonces.set(nonce, now) // Used from now on, also when a later rule refuses.
      return undefined
    },
  },
  {
    keeps: 'slb/gateway/authorization',
    on: '*',
    refuse: (call) =>
      call.parameters['Action'] === 'RemoveBackendServers' ? undefined : lacksRight(call),
  },
]

/** The denial of a write whose key may only read. */
export function lacksRight({
  parameters: { AccessKeyId, Action = '' },
}: Call): Refusal | undefined {
  const isWrite = !Action.startsWith('Describe')
  return isWrite && keyById(AccessKeyId)?.mayOnlyRead ? refusals.denied : undefined
}

/** The signature of version 1.0 that a call should have, made with the secret of the key that it names. */
export function expectedSignature({ method, parameters }: Call): string {
  const key = keyById(parameters['AccessKeyId'])
  return signatureOf(method, parameters, key?.accessKeySecret ?? '')
}

/** A nonce is kept for as long as its Timestamp could still be accepted. */
function forgetOldNonces(nonces: Map<string, number>, now: number): void {
  for (const [nonce, arrived] of nonces) {
    if (now - arrived <= 2 * toleranceMilliseconds) return
    nonces.delete(nonce)
  }
}
