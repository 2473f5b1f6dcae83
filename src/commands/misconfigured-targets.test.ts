/** Target files that do not fit their target, of each dialect, through the started program; see `exit-codes.test.ts` for more of `elb`. */

import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import type { Dialect } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import type { Report } from '../report/report.ts'
import { started } from './started-program.ts'

const questions = {
  elb: 'elb/delete-pool/status-204',
  slb: 'slb/remove-backend-servers/empties',
} as const
const options = { asynchronousMilliseconds: 0 }

/** What a run says of such a target, after a look at everything that it leaves. */
async function told(
  dialect: Dialect,
  endpoint: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = folderForTest('misconfigured')
  const target = {
    ...referenceTarget(dialect, endpoint, options),
    limits: { patienceSeconds: 0.5 },
  }
  writeFileSync(join(folder, 'target.json'), JSON.stringify(target))
  const words = ['run', '-t', 'target.json', '--report', 'out', '--only', questions[dialect]]
  const variables = { ...referenceEnvironment, ...environment }
  const ended = await started(words, { folder, environment: variables })
  const sentence = ended.stderr.replace(/^poolproof: /, '').trimEnd()
  expect([ended.exitCode, ended.stdout, ended.stderr]).toEqual([
    2,
    'Nothing was asked.\nReport: out/index.html\n',
    expect.stringMatching(/^poolproof: [^\n]+\n$/),
  ])
  const read = (file: string) => readFileSync(join(folder, 'out', file), 'utf8')
  const { exitCode, notAsked, findings } = JSON.parse(read('conformance.json')) as Report
  expect([exitCode, notAsked, findings.length]).toEqual([2, sentence, 1])
  expect(read('junit.xml')).toMatch(/<testsuites[^>]* errors="1"/)
  expect(read('index.html')).toContain('Nothing was asked')
  return sentence
}

/** A server that is closed after the test. */
async function serving(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function tlsServer(answer: RequestListener) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return createTlsServer({ cert, key }, answer)
}

/** A server for TLS that answers plain requests, too, as some do. */
async function withPlainRefusal(): Promise<Server> {
  const behind = await serving(await tlsServer((_, response) => response.end('{}')))
  const words = 'Client sent an HTTP request to an HTTPS server.'
  const refusal = `HTTP/1.1 400 Bad Request\r\nContent-Length: ${words.length}\r\nConnection: close\r\n\r\n${words}`
  return createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (first) => {
      if (first[0] !== handshake) {
        socket.end(refusal)
        return
      }
      const onwards = connect(behind, '127.0.0.1').on('error', () => undefined)
      onwards.write(first)
      socket.pipe(onwards).pipe(socket)
    })
  })
}

/** The first byte of a TLS connection. */
const handshake = 0x16

/** The endpoint of a reference on loopback. */
async function referenceAt(dialect: Dialect): Promise<string> {
  const { endpoint, close } = await listen(reference(dialect, options))
  onTestFinished(close)
  return endpoint
}

describe('slb', () => {
  test.each([
    [
      'a wrong key',
      { POOLPROOF_REFERENCE_KEY_ID: 'LTAIcanary4711xy' },
      /answered 40\d .* Its words: \{.*"Code":"InvalidAccessKeyId/,
    ],
    [
      'a wrong secret',
      { POOLPROOF_REFERENCE_KEY_SECRET: 'canary4711canary4711' },
      /answered 40\d .* Its words: \{.*"Code":"SignatureDoesNotMatch"/,
    ],
  ])('%s', async (_what, environment, words) => {
    const sentence = await told('slb', await referenceAt('slb'), environment)
    expect(sentence).toMatch(words)
    expect(sentence).toContain('auth in target.json')
    expect(sentence).toContain('POOLPROOF_REFERENCE_KEY_SECRET in the environment')
    expect(sentence).not.toContain('canary')
  })

  test('an answer in HTML', async () => {
    const port = await serving(
      createHttpServer((_, response) => {
        response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Sign in</title>')
      }),
    )
    const sentence = await told('slb', `http://127.0.0.1:${port}`)
    expect(sentence).toContain('It answered with a web page: "Sign in".')
    expect(sentence).toContain('Check endpoint and dialect in target.json')
  })

  test('an endpoint at which the API is not, because of its path', async () => {
    const port = await serving(
      createHttpServer((_, response) => {
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"no route"}')
      }),
    )
    const sentence = await told('slb', `http://127.0.0.1:${port}/slb/v1`)
    expect(sentence).toContain('Its words: {"error":"no route"}')
    expect(sentence).toContain('the documented path / is appended to endpoint')
  })

  test('the API of the other dialect', async () => {
    expect(await told('slb', await referenceAt('elb'))).toContain('an slb API must answer there')
  })

  test('a self-signed certificate', async () => {
    const port = await serving(await tlsServer((_, response) => response.end('{"RequestId":"x"}')))
    const sentence = await told('slb', `https://127.0.0.1:${port}`)
    expect(sentence).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(sentence).toContain('as tls.ca in target.json')
  })

  test('nothing that listens', async () => {
    expect(await told('slb', 'http://127.0.0.1:9')).toContain(
      'Nothing can be reached at 127.0.0.1:9. Check endpoint in target.json',
    )
  })

  test('a name that cannot be resolved', async () => {
    expect(await told('slb', 'http://no-such-host.invalid')).toContain(
      'The name no-such-host.invalid cannot be resolved.',
    )
  })
})

describe.each(['elb', 'slb'] as const)('%s', (dialect) => {
  test('http:// for a port that speaks TLS', async () => {
    const port = await serving(await tlsServer((_, response) => response.end('{}')))
    const sentence = await told(dialect, `http://127.0.0.1:${port}`)
    expect(sentence).toContain(
      `127.0.0.1:${port} speaks TLS: write https:// in endpoint in target.json.`,
    )
  })

  test('http:// for a port that speaks TLS and answers plain requests with 400', async () => {
    const port = await serving(await withPlainRefusal())
    const sentence = await told(dialect, `http://127.0.0.1:${port}`)
    expect(sentence).toContain('Its words: Client sent an HTTP request to an HTTPS server.')
    expect(sentence).toContain('write https:// in endpoint in target.json.')
  })

  test('https:// for a port that speaks plain HTTP', async () => {
    const endpoint = (await referenceAt(dialect)).replace('http:', 'https:')
    const sentence = await told(dialect, endpoint)
    expect(sentence).toContain('does not speak TLS. If it serves plain HTTP, write http:// in')
  })
})
