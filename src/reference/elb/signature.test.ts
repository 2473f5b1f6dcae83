import { describe, expect, test } from 'vitest'
import { sdkHmacSigner } from '../../credentials/sdk-hmac.ts'
import { elbRequest } from '../../dialects/elb.ts'
import type { HttpRequest } from '../../model.ts'
import { percentEncodePairs } from '../../wire/percent-encoding.ts'
import { referenceKeys, referenceProjects, referenceUser } from './given.ts'
import { elbReference } from './reference.ts'

const [own, other, temporary] = referenceKeys
const now = Date.UTC(2026, 1, 3, 4, 5, 6)
const quarterHour = 15 * 60_000
const list = elbRequest('GET', '/pools', undefined, [['name', 'a b*~']])
const create = elbRequest('POST', '/loadbalancers', { loadbalancer: { vip_subnet_id: 's' } })

async function signed(request: HttpRequest, key: object = own ?? {}, at = now) {
  const keys = { own: key as { accessKeyId: string; accessKeySecret: string } }
  const signer = sdkHmacSigner(keys, 'http://elb.test', () => new Date(at))
  const { request: sent } = await signer.sign(request, () => new AbortController().signal)
  const { method, path, query = [], headers = {}, body = '' } = sent
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  const all: Readonly<Record<string, string>> = { host: 'elb.test', ...Object.fromEntries(lower) }
  return { method, url: `${path}?${percentEncodePairs(query)}`, headers: all, body }
}

type Raw = Awaited<ReturnType<typeof signed>>

function answer(request: Raw, options = {}) {
  const { status, body } = elbReference({ now: () => now, ...options }).handle(request)
  return { status, said: body }
}

const withHeader = (name: string, value?: string) => (request: Raw) => {
  const { [name]: _before, ...headers } = request.headers
  return { headers: value === undefined ? headers : { ...headers, [name]: value } }
}

describe('a signed request', () => {
  test('is accepted, with a query and with a body', async () => {
    expect(answer(await signed(list)).status).toBe(200)
    expect(answer(await signed(create)).status).toBe(201)
  })

  test.each([
    ['another query', () => ({ url: '/v2.0/lbaas/pools?name=b' }), 'does not fit'],
    ['another path', () => ({ url: '/v2.0/lbaas/listeners' }), 'does not fit'],
    ['another host', withHeader('host', 'other.test'), 'does not fit'],
    ['another date', withHeader('x-sdk-date', '20260203T040507Z'), 'does not fit'],
    ['no date', withHeader('x-sdk-date'), 'X-Sdk-Date is not a date'],
    ['a date in another notation', withHeader('x-sdk-date', '2026-02-03T04:05:06Z'), 'not a date'],
    ['no host', withHeader('host'), 'host is signed and was not sent'],
    ['a project that is not signed', withHeader('x-project-id', own?.project), 'is not signed'],
    ['no signature', withHeader('authorization'), 'is required'],
    ['half a signature', withHeader('authorization', 'SDK-HMAC-SHA256 Access=x'), 'is required'],
  ] as const)('is refused with %s', async (_what, change, reason) => {
    const request = await signed(list)
    const { status, said } = answer({ ...request, ...change(request) })
    expect([status, said]).toEqual([401, expect.stringContaining(reason)])
  })

  test('is refused with another body', async () => {
    const request = await signed(create)
    const body = request.body.replace('"s"', '"t"')
    expect(answer({ ...request, body }).said).toContain('does not fit')
  })

  test.each([
    [quarterHour, 200],
    [quarterHour + 1000, 401],
    [-quarterHour, 200],
    [-quarterHour - 1000, 401],
  ])('whose clock is %i ms off is answered %i', async (skew, status) => {
    expect(answer(await signed(list, own, now + skew)).status).toBe(status)
  })

  test.each([
    ['another project than the key’s', { ...own, projectId: other?.project }, 'The project is not'],
    ['a token that is not the key’s', { ...temporary, securityToken: 'x' }, 'The security token'],
    ['a token where the key has none', { ...own, securityToken: 'x' }, 'The security token'],
    ['a wrong secret', { ...own, accessKeySecret: 'x' }, 'does not fit'],
  ])('is refused for %s', async (_what, key, reason) => {
    expect(answer(await signed(list, key)).said).toContain(reason)
  })
})

/** What the identity service of a fresh reference says to a user. */
function asking(user: object, scope: object, options = {}) {
  const reference = elbReference({ now: () => now, ...options })
  const auth = { identity: { methods: ['password'], password: { user } }, scope }
  const body = JSON.stringify({ auth })
  const ask = { method: 'POST', url: '/v3/auth/tokens', headers: {}, body }
  return { reference, ...reference.handle(ask) }
}

describe('the identity service', () => {
  const { id, name, domain, password } = referenceUser
  const [project] = referenceProjects

  test.each([
    [{ id, password }, { project: { id: project.id } }],
    [{ name, domain: { name: domain }, password }, { project: { name: project.name } }],
  ])('gives a token for %j', (user, scope) => {
    const { reference, status, headers, body } = asking(user, scope)
    expect(status).toBe(201)
    expect(JSON.parse(body)).toMatchObject({
      token: {
        issued_at: '2026-02-03T04:05:06.000000Z',
        expires_at: '2026-02-04T04:05:06.000000Z',
      },
    })
    const token = headers['X-Subject-Token'] ?? ''
    const ask = { method: 'GET', url: '/v2.0/lbaas/pools', body: '' }
    expect(reference.handle({ ...ask, headers: { 'x-auth-token': token } }).status).toBe(200)
  })

  test.each([
    [{ id, password: 'wrong' }, { project: { id: project.id } }],
    [{ name, password }, { project: { id: project.id } }],
    [{ id: 'nobody', password }, { project: { id: project.id } }],
    [{ id, password }, { project: { id: 'no-project' } }],
    [{ id, password }, { project: { name: project.name, domain: { name: 'elsewhere' } } }],
    [{ id, password }, {}],
  ])('gives no token for %j in %j', (user, scope) => {
    const { status, headers, body } = asking(user, scope)
    expect(status).toBe(401)
    expect(headers).not.toHaveProperty('X-Subject-Token')
    expect(JSON.parse(body)).toMatchObject({ error: { code: 401, title: 'Unauthorized' } })
  })

  test('its tokens expire', () => {
    let time = now
    const options = { now: () => time, tokenMilliseconds: 1000 }
    const { reference, headers } = asking(
      { id, password },
      { project: { id: project.id } },
      options,
    )
    const token = headers['X-Subject-Token'] ?? ''
    const ask = { method: 'GET', url: '/v2.0/lbaas/pools', body: '' }
    const status = () => reference.handle({ ...ask, headers: { 'x-auth-token': token } }).status
    time = now + 999
    expect(status()).toBe(200)
    time = now + 1000
    expect(status()).toBe(401)
  })
})
