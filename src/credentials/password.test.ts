import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../model.ts'
import type { WireRequest, WireResponse } from '../wire/wire.ts'
import { passwordSigner } from './password.ts'
import { NoCredentials } from './signer.ts'

const own = {
  iam: 'https://iam.test/v3/',
  user: 'ops',
  domain: 'd',
  password: 'canary-pw',
  project: 'p',
}
const request: HttpRequest = { method: 'GET', path: '/v2.0/lbaas/pools' }
const never = () => new AbortController().signal
const hour = 3_600_000

/** An identity service that answers as told, in a world whose clock is the test's. */
function service(
  answer: (before: number, asked: WireRequest) => Partial<WireResponse> | Error = () => ({}),
) {
  const asked: WireRequest[] = []
  const learnt: string[] = []
  let now = 0
  const signer = passwordSigner(
    { own, other: { ...own, project: 'q' } },
    {
      wire: async (one) => {
        await Promise.resolve()
        asked.push(one)
        const said = answer(asked.length - 1, one)
        if (said instanceof Error) throw said
        const headers = [['x-subject-token', `token-${asked.length}`]] as const
        const token = { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-01-01T01:00:00Z' }
        return { status: 201, headers, text: JSON.stringify({ token }), ...said }
      },
      requestMilliseconds: 1000,
      learn: (secret) => void learnt.push(secret),
      now: () => now,
    },
  )
  return {
    signer,
    asked,
    learnt,
    wait: (milliseconds: number) => void (now += milliseconds),
    token: async (but: Partial<HttpRequest> = {}) => {
      const { request: signed } = await signer.sign({ ...request, ...but }, never)
      return signed.headers?.['X-Auth-Token']
    },
  }
}

describe('a token', () => {
  test('is requested as Keystone expects, for an address with or without /v3', async () => {
    const { asked, token } = service()
    await token()
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://iam.test/v3/auth/tokens' })
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'ops', domain: { name: 'd' }, password: 'canary-pw' } },
        },
        scope: { project: { name: 'p', domain: { name: 'd' } } },
      },
    })
  })

  test('is fetched once for all requests that wait for it, and is masked from then on', async () => {
    const { asked, learnt, token } = service()
    expect(await Promise.all([token(), token(), token()])).toEqual(Array(3).fill('token-1'))
    expect(await token()).toBe('token-1')
    expect(asked).toHaveLength(1)
    expect(learnt).toEqual(['token-1'])
  })

  test('is replaced before it ends, by the service’s own clock', async () => {
    const { wait, token } = service()
    await token()
    wait(hour * 0.89)
    expect(await token()).toBe('token-1')
    wait(hour * 0.03)
    expect(await token()).toBe('token-2')
  })

  test('is used until it expires when no other can be fetched', async () => {
    const { wait, token } = service((before) => (before === 0 ? {} : { status: 503, headers: [] }))
    await token()
    wait(hour * 0.95)
    expect(await token()).toBe('token-1')
    wait(hour * 0.05)
    await expect(token()).rejects.toMatchObject({ name: 'NoCredentials', passing: true })
  })

  test('belongs to the other project, or to no one, where a check asks for that', async () => {
    const { asked, token } = service()
    expect(await token({ credentials: 'wrong' })).toBe('nobody-has-this-token')
    expect(await token({ credentials: 'none' })).toBeUndefined()
    expect(asked).toHaveLength(0)
    expect(await token({ credentials: 'other' })).toBe('token-1')
    expect(asked[0]?.body).toContain('"project":{"name":"q"')
  })
})

describe('a token that was refused', () => {
  test('is replaced once for all that were refused with it', async () => {
    const { signer, asked, token } = service()
    const [one, two] = [await signer.sign(request, never), await signer.sign(request, never)]
    expect([signer.renew?.(one), signer.renew?.(two)]).toEqual([true, true])
    expect(await Promise.all([token(), token()])).toEqual(['token-2', 'token-2'])
    expect(asked).toHaveLength(2)
  })

  test('is not replaced again when its replacement is refused at once', async () => {
    const { signer, wait, token } = service()
    signer.renew?.(await signer.sign(request, never))
    const second = await signer.sign(request, never)
    expect(signer.renew?.(second)).toBe(false)
    expect(await token()).toBe('token-2')
    wait(hour / 2)
    expect(signer.renew?.(second)).toBe(true)
  })

  test('is not replaced where a wrong one was meant', async () => {
    const { signer } = service()
    const wrong = await signer.sign({ ...request, credentials: 'wrong' }, never)
    expect(signer.renew?.(wrong)).toBe(false)
  })
})

describe('no token', () => {
  test('in an answer that refuses is masked, too: it may be valid', async () => {
    const { learnt, token } = service(() => ({ status: 409, text: '{}' }))
    await expect(token()).rejects.toThrow(/409/)
    expect(learnt).toEqual(['token-1'])
  })

  test('a refused password is not sent again', async () => {
    const text = JSON.stringify({ error: { message: 'The username or password is wrong.' } })
    const { asked, token } = service(() => ({ status: 401, headers: [], text }))
    await expect(token()).rejects.toMatchObject({
      passing: false,
      message:
        'the identity service https://iam.test/v3/ refused the password of ops for the project p: 401 (The username or password is wrong.). Check auth in the target file, and the password',
    })
    await expect(token()).rejects.toBeInstanceOf(NoCredentials)
    expect(asked).toHaveLength(1)
  })

  test.each([
    [{ status: 503, headers: [], text: '' }, true, 'answered 503'],
    [{ status: 429, headers: [], text: '' }, true, 'answered 429'],
    [{ status: 302, headers: [], text: '' }, false, '302'],
    [{ status: 404, headers: [], text: '<html>' }, false, '404'],
    [{ status: 201, headers: [], text: '{}' }, false, 'without a token in X-Subject-Token'],
    [
      { status: 201, headers: [['X-Subject-Token', 'é\u0001'] as const], text: '' },
      false,
      'no header can',
    ],
    [{ status: 401, headers: [], text: '{"error":{"message":{"toString":1}}}' }, false, '401'],
    [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), true, 'ECONNREFUSED'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), true, 'in time'],
  ])('%j: passing %s', async (answer, passing, said) => {
    const { asked, token } = service(() => answer)
    await expect(token()).rejects.toMatchObject({
      passing,
      message: expect.stringContaining(said) as string,
    })
    await expect(token()).rejects.toBeInstanceOf(NoCredentials)
    expect(asked).toHaveLength(passing ? 2 : 1)
  })

  test('is not waited for beyond the deadline of the request', async () => {
    const { signer } = service()
    const over = AbortSignal.abort(new Error('over'))
    await expect(signer.sign(request, () => over)).rejects.toThrow('over')
  })
})
