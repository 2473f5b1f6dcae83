/** Journals in one directory can be about several endpoints, and an address can be written in several ways. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { isSameEndpoint } from '../session/same-endpoint.ts'
import { directWire } from '../wire/wire.ts'
import { exitCodeOf, sweepTarget } from './sweep-target.ts'
import { sweepText } from './wording.ts'

const options = { asynchronousMilliseconds: 0 }

test.each([
  [true, 'HTTP://Host:80/', 'http://host'],
  [true, 'https://host:443/v2//', 'https://HOST/v2'],
  [true, 'not an address', 'not an address'],
  [false, 'http://host', 'https://host'],
  [false, 'http://host:80', 'http://host:8080'],
  [false, 'http://host/v2', 'http://host/V2'],
  [false, 'http://host/a/v2', 'http://host/v2'],
])('is the same, %s: %s, %s', (is, one, other) => {
  expect(isSameEndpoint(one, other)).toBe(is)
})

/** A sweep of a server that has a load balancer of a run, whose journal is about this endpoint. */
async function swept(written: (endpoint: string) => string, others: readonly string[] = []) {
  const server = reference('elb', options)
  const { endpoint, close } = await listen(server)
  onTestFinished(close)
  const folder = folderForTest('other-endpoints')
  const journal = join(folder, 'journal')
  mkdirSync(journal)
  const name = 'poolproof-0a1b2c3d-lb-1'
  const send = operator('elb', directWire(server))
  const body = { loadbalancer: { name: 'x', vip_subnet_id: 's' } }
  const made = await send(elbRequest('POST', '/loadbalancers', body))
  const { id } = made['loadbalancer'] as { id: string }
  await send(elbRequest('PUT', `/loadbalancers/${id}`, { loadbalancer: { name } }))
  const files = [written(endpoint), ...others].map((about, index) => {
    const run = `0a1b2c3${'def'[index]}`
    const file = join(journal, `${run}-reference-elb.jsonl`)
    const entries = [
      { run, target: 'reference-elb', dialect: 'elb', endpoint: about, began: '' },
      { intent: 1, kind: 'loadbalancers', name },
      { of: 1, made: [`/loadbalancers/${id}`] },
    ]
    writeFileSync(file, entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
    return file
  })
  const target = join(folder, 'target.json')
  const limits = { pollSeconds: 0.01 }
  writeFileSync(target, JSON.stringify({ ...referenceTarget('elb', endpoint, options), limits }))
  const result = await sweepTarget({ target, journal }, referenceEnvironment)
  return { result, files, text: sweepText(result) }
}

test('a journal about the endpoint in another spelling is one about it', async () => {
  const { result, files, text } = await swept((endpoint) => `${endpoint.toUpperCase()}///`)
  expect([result.left, result.removed.length, exitCodeOf(result)]).toEqual([[], 1, 0])
  expect(files.map((one) => existsSync(one))).toEqual([false])
  expect(text).not.toContain('other endpoints')
})

test('journals about other endpoints are said in one line, and left alone', async () => {
  const others = ['https://eu.example.com/v2', 'https://user:pw@eu.example.com/v2?x=y']
  const { result, files, text } = await swept((endpoint) => endpoint, others)
  expect(text).toContain(
    '2 journals are about other endpoints, or of the other dialect, and left alone: https://eu.example.com/v2.\n',
  )
  expect(files.map((one) => existsSync(one))).toEqual([false, true, true])
  expect(exitCodeOf(result)).toBe(0)
})
