import { describe, expect, test } from 'vitest'
import { acs3HmacSigner } from '../../credentials/acs3-hmac.ts'
import { slbCall, type CallForm } from '../../dialects/slb.ts'
import type { HttpRequest } from '../../model.ts'
import { percentEncodePairs } from '../../wire/percent-encoding.ts'
import { referenceAccounts, referenceTemporaryKey, slbReference } from './index.ts'
import { answerOf } from './signed-call.ts'

const [own] = referenceAccounts
const quarterHour = 15 * 60_000
let nonces = 0

async function signed(key: object = own, form: CallForm = {}, now = 0, nonce?: string) {
  const signer = acs3HmacSigner(
    { own: key as typeof own },
    'http://slb.test',
    () => new Date(now),
    () => nonce ?? `nonce-${(nonces += 1)}`,
  )
  const call = slbCall('DescribeLoadBalancers', { RegionId: 'cn-hangzhou' }, form)
  return (await signer.sign(call, () => new AbortController().signal)).request
}

function raw({ method, query = [], headers = {}, body = '' }: HttpRequest) {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  const all: Readonly<Record<string, string>> = { host: 'slb.test', ...Object.fromEntries(lower) }
  return { method, url: `/?${percentEncodePairs(query)}`, headers: all, body }
}

const server = (now = 0) => slbReference({ now: () => now })

/** The error code for a request that was changed after it was signed. */
async function codeFor(change: (request: ReturnType<typeof raw>) => object, form: CallForm = {}) {
  const request = raw(await signed(own, form))
  return answerOf(server().handle({ ...request, ...change(request) })).body['Code']
}

const withHeader = (name: string, value?: string) => (request: ReturnType<typeof raw>) => {
  const { [name]: _before, ...headers } = request.headers
  return { headers: value === undefined ? headers : { ...headers, [name]: value } }
}

describe('a call signed in headers', () => {
  test.each(['GET', 'POST', 'form'] as const)('is accepted by %s', async (method) => {
    const { status, body } = answerOf(server().handle(raw(await signed(own, { method }))))
    expect([status, body['TotalCount']]).toEqual([200, 0])
  })

  test.each([
    [
      'another query',
      () => ({ url: '/?RegionId=cn-shanghai&Format=JSON' }),
      'SignatureDoesNotMatch',
    ],
    ['another method', () => ({ method: 'POST' }), 'SignatureDoesNotMatch'],
    ['another host', withHeader('host', 'other.test'), 'SignatureDoesNotMatch'],
    ['another action', withHeader('x-acs-action', 'DescribeRegions'), 'SignatureDoesNotMatch'],
    ['a body that is not in the hash', () => ({ body: 'A=b' }), 'SignatureDoesNotMatch'],
    ['a header that is not signed', withHeader('x-acs-extra', 'x'), 'IncompleteSignature'],
    ['no date', withHeader('x-acs-date'), 'MissingParameter'],
    ['no nonce', withHeader('x-acs-signature-nonce'), 'MissingParameter'],
    ['no hash', withHeader('x-acs-content-sha256'), 'MissingParameter'],
    ['no action', withHeader('x-acs-action'), 'MissingParameter'],
    ['no host', withHeader('host'), 'IncompleteSignature'],
    [
      'a token that no key has',
      withHeader('x-acs-security-token', 'x'),
      'InvalidSecurityToken.NotFound',
    ],
    [
      'a truncated header',
      withHeader('authorization', 'ACS3-HMAC-SHA256 Credential=LTAI4kQ9AZ7xR2mT'),
      'InvalidAccessKeyId.NotFound',
    ],
    ['no header', withHeader('authorization'), 'MissingParameter'],
  ] as const)('is refused with %s', async (_what, change, code) => {
    expect(await codeFor(change)).toBe(code)
  })

  test('is refused with another form than the hashed one', async () => {
    const code = await codeFor(() => ({ body: 'RegionId=cn-shanghai&Format=JSON' }), {
      method: 'form',
    })
    expect(code).toBe('SignatureDoesNotMatch')
  })

  test.each([
    [quarterHour, 200],
    [quarterHour + 1000, 400],
    [-quarterHour, 200],
    [-quarterHour - 1000, 400],
  ])('whose clock is %i ms off is answered %i', async (skew, status) => {
    const now = 10 * quarterHour
    const request = raw(await signed(own, {}, now + skew))
    expect(server(now).handle(request).status).toBe(status)
  })

  test('is accepted once', async () => {
    const reference = server()
    const request = raw(await signed(own, {}, 0, 'used'))
    expect(reference.handle(request).status).toBe(200)
    expect(answerOf(reference.handle(request)).body['Code']).toBe('SignatureNonceUsed')
  })

  test('with a temporary key needs the token of that key', async () => {
    const { securityToken: _token, ...bare } = referenceTemporaryKey
    const [without, with_] = [await signed(bare), await signed(referenceTemporaryKey)]
    expect(answerOf(server().handle(raw(without))).body['Code']).toBe(
      'InvalidSecurityToken.NotFound',
    )
    expect(server().handle(raw(with_)).status).toBe(200)
  })
})
