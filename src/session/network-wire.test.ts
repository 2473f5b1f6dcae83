import { createPrivateKey } from 'node:crypto'
import { createServer as createPlain, request, type IncomingMessage } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { connect, type AddressInfo, type Server } from 'node:net'
import { generate, type GenerateResult } from 'selfsigned'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import type { Connection } from '../exchange/connection.ts'
import { exchange } from '../exchange/exchange.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { NoAnswer, UsageError } from '../model.ts'
import { socketWire, type WayOut } from '../wire/wire.ts'
import { version } from '../documents/version.ts'
import { networkWire } from './network-wire.ts'
import { target } from './target-for-test.ts'

const list = elbRequest('GET', '/pools')

/** The result of a request to an endpoint, through a given wire. */
async function asked(endpoint: string, out: WayOut): Promise<number | string> {
  const { wire, close } = socketWire(2, out)
  onTestFinished(close)
  const connection: Connection = {
    name: 'staging',
    endpoint,
    wire,
    spelling: elbSpelling,
    signer: tokenSigner({ token: 'canary-token' }),
    redact: (text) => text,
    requestMilliseconds: 600_000,
    patienceMilliseconds: 0,
    pace: () => Promise.resolve(),
  }
  return exchange(connection, 'ask', list).then(
    ({ status }) => status,
    (error: unknown) => {
      if (error instanceof NoAnswer) return error.message
      throw error
    },
  )
}

async function listening(server: Server): Promise<number> {
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const answer = (_request: IncomingMessage, response: Parameters<typeof json>[0]) =>
  json(response, 200, { pools: [] })

async function tlsLoopback(options: ServerOptions): Promise<string> {
  return `https://127.0.0.1:${await listening(createServer(options, answer))}`
}

const here = [
  { type: 7, ip: '127.0.0.1' },
  { type: 2, value: 'localhost' },
] as const

async function issued(commonName: string, by?: GenerateResult, names: object[] = [...here]) {
  const usual = { keyType: 'ec', algorithm: 'sha256' } as const
  return generate([{ name: 'commonName', value: commonName }], {
    ...usual,
    ...(by ? { ca: { key: by.private, cert: by.cert } } : {}),
    extensions: [
      { name: 'basicConstraints', cA: by === undefined, critical: true },
      ...(by ? [{ name: 'subjectAltName' as const, altNames: names as never }] : []),
    ],
  })
}

describe('over TLS', () => {
  let authority: GenerateResult
  let stranger: GenerateResult
  let server: { key: string; cert: string }
  let client: GenerateResult

  beforeAll(async () => {
    authority = await issued('poolproof test authority')
    stranger = await issued('somebody else’s authority')
    const made = await issued('127.0.0.1', authority)
    server = { key: made.private, cert: made.cert }
    client = await issued('poolproof', authority)
  })

  test('an authority of the target’s own is believed when it is named, and only then', async () => {
    const endpoint = await tlsLoopback(server)
    expect(await asked(endpoint, { tls: { ca: authority.cert } })).toBe(200)
    expect(await asked(endpoint, {})).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    expect(await asked(endpoint, { tls: { ca: stranger.cert } })).toMatch(/staging did not answer/)
  })

  test('a certificate for another host is not believed', async () => {
    const made = await issued('other', authority, [{ type: 2, value: 'other.test' }])
    const endpoint = await tlsLoopback({ key: made.private, cert: made.cert })
    expect(await asked(endpoint, { tls: { ca: authority.cert } })).toContain('ALTNAME')
  })

  test('our own certificate is shown where it is wanted', async () => {
    const demanding = { requestCert: true, rejectUnauthorized: true, ca: authority.cert }
    const endpoint = await tlsLoopback({ ...server, ...demanding })
    const own = { ca: authority.cert, certificate: client.cert, key: client.private }
    expect(await asked(endpoint, { tls: own })).toBe(200)
    expect(await asked(endpoint, { tls: { ca: authority.cert } })).toContain('did not answer')
  })

  test('its key may be locked', async () => {
    const passphrase = 'canary phrase'
    const locked = createPrivateKey(client.private).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase,
    })
    const own = { ca: authority.cert, certificate: client.cert, key: String(locked) }
    const endpoint = await tlsLoopback(server)
    expect(await asked(endpoint, { tls: { ...own, passphrase } })).toBe(200)
    expect(() => socketWire(1, { tls: { ...own, passphrase: 'wrong' } })).toThrow(UsageError)
  })

  test.each([
    [
      'a CA that is none',
      () => ({ ca: '-----BEGIN CERTIFICATE-----\nAA\n' }),
      'tls.ca is not a valid certificate',
    ],
    [
      'the key of another certificate',
      () => ({ certificate: client.cert, key: stranger.private }),
      'do not fit each other',
    ],
  ])('%s is reported before anything is sent', (_what, tls, said) => {
    const open = () => socketWire(1, { tls: tls() })
    expect(open).toThrow(UsageError)
    expect(open).toThrow(said)
  })
})

/** A proxy on loopback that notes what it is asked for; with a password, it wants that. */
async function proxying(password?: string): Promise<{ address: string; seen: string[] }> {
  const seen: string[] = []
  const basic = password && `Basic ${Buffer.from(`ops:${password}`).toString('base64')}`
  const refused = ({ headers }: IncomingMessage) =>
    basic !== undefined && headers['proxy-authorization'] !== basic
  const proxy = createPlain((incoming, outgoing) => {
    const { method, url = '', headers } = incoming
    seen.push(`${method} ${url}`)
    if (refused(incoming)) {
      outgoing.writeHead(407).end()
      return
    }
    const onward = request(url, { method, headers }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  proxy.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`)
    if (refused(incoming)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const { hostname, port } = new URL(`http://${incoming.url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  return { address: `127.0.0.1:${await listening(proxy)}`, seen }
}

describe('by a proxy', () => {
  test('that the environment names for the scheme', async () => {
    const { address, seen } = await proxying()
    const { endpoint } = await httpLoopback((response) => json(response, 200, { pools: [] }))
    const environment = { http_proxy: `http://${address}` }
    expect(await asked(endpoint, { environment })).toBe(200)
    expect(seen).toEqual([`GET ${endpoint}/v2.0/lbaas/pools`])
    expect(await asked(endpoint, { environment: { ...environment, no_proxy: '127.0.0.1' } })).toBe(
      200,
    )
    expect(seen).toHaveLength(1)
  })

  test('through which TLS goes unseen', async () => {
    const { address, seen } = await proxying('canary')
    const authority = await issued('poolproof test authority')
    const made = await issued('127.0.0.1', authority)
    const endpoint = await tlsLoopback({ key: made.private, cert: made.cert })
    const tls = { ca: authority.cert }
    const environment = { HTTPS_PROXY: `http://ops:canary@${address}` }
    expect(await asked(endpoint, { tls, environment })).toBe(200)
    expect(seen).toEqual([`CONNECT ${new URL(endpoint).host}`])
  })

  test.each(['http', 'https'])('that wants another password, for %s', async (scheme) => {
    const { address } = await proxying('another')
    const environment = { ALL_PROXY: `http://ops:canary@${address}` }
    const said = await asked(`${scheme}://127.0.0.1:9`, { environment })
    expect(said).toContain('407')
    expect(said).not.toContain('canary')
  })

  test('that is not there', async () => {
    const environment = { ALL_PROXY: 'http://ops:canary@127.0.0.1:9' }
    expect(await asked('http://elb.test', { environment })).toContain('ECONNREFUSED')
    expect(await asked('https://elb.test', { environment })).toContain('ECONNREFUSED')
  })
})

test('every request says which program asks', async () => {
  const server = await httpLoopback((response) => json(response, 200, {}))
  const { wire, close } = networkWire(target, 1, { TOKEN: 't' })
  onTestFinished(close)
  await wire({ ...list, url: `${server.endpoint}/pools` }, () => AbortSignal.timeout(60_000))
  expect(server.arrived[0]?.headers['user-agent']).toBe(`poolproof/${version()}`)
})
