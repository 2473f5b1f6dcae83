import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Unarranged } from '../model.ts'
import { httpLoopback } from '../wire/loopback.ts'
import { socketWire } from '../wire/wire.ts'
import type { SetProvisioningStatus } from './hooks.ts'
import { openSession } from './session.ts'
import { around, noHook, run, target } from './target-for-test.ts'

describe('a hook', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolproof hook '))
  })

  afterAll(() => rm(folder, { recursive: true }))

  /** A command that writes the words it was given into a file. */
  const script =
    "require('fs').writeFileSync(process.argv[1],JSON.stringify(process.argv.slice(2)))"

  let files = 0

  async function words(
    command: (file: string) => string | readonly string[],
    ...given: Parameters<SetProvisioningStatus>
  ): Promise<unknown> {
    const file = join(folder, `words-${(files += 1)}.json`)
    const hooks = { setProvisioningStatus: command(file) }
    await openSession({ ...target, hooks }, run, around).setProvisioningStatus?.(...given)
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  }

  const asWords = (file: string) => [
    process.execPath,
    '-e',
    script,
    file,
    '--id={loadbalancer_id}',
    '{status}',
    '{loadbalancer_id}/{status}/{loadbalancer_id}',
    '{other}',
  ]

  const asLine = (file: string) =>
    `"${process.execPath}" -e "${script}" '${file}' --id={loadbalancer_id} "{status}" '{loadbalancer_id}/{status}/{loadbalancer_id}' {other}`

  test.each([
    ['an array', asWords],
    ['a line', asLine],
  ])('given as %s has its words replaced one by one', async (_form, command) => {
    expect(await words(command, 'lb-1', 'PENDING_UPDATE')).toEqual([
      '--id=lb-1',
      'PENDING_UPDATE',
      'lb-1/PENDING_UPDATE/lb-1',
      '{other}',
    ])
  })

  test.each([
    '',
    '.',
    '..',
    '../users/victim',
    '--force',
    'a b',
    'x;id',
    '$(exit 1)',
    '*',
    'a\nb',
    '{status}',
    'lb-1?x=',
    'lb-1#',
    'lb%2F1',
    'a\\b',
    'ä',
    'x'.repeat(256),
  ])('is not used for what cannot be an id: %j', async (id) => {
    for (const command of [asWords, asLine]) {
      await expect(words(command, id, 'ERROR')).rejects.toBeInstanceOf(Unarranged)
    }
    expect(existsSync(join(folder, `words-${files}.json`))).toBe(false)
  })

  const failing: readonly [string, string | readonly string[]][] = [
    ['says no', [process.execPath, '-e', "console.error('no such lb');process.exit(3)"]],
    ['is not there', '/no/such/command {loadbalancer_id}'],
    ['is empty', ['']],
  ]

  test.each(failing)(
    'that %s leaves the question unasked',
    async (_what, setProvisioningStatus) => {
      const session = openSession({ ...target, hooks: { setProvisioningStatus } }, run, around)
      const set = session.setProvisioningStatus?.('lb-1', 'ERROR')
      await expect(set).rejects.toBeInstanceOf(Unarranged)
      await expect(set).rejects.toThrow(/^The hook setProvisioningStatus failed: ./)
    },
  )

  test('that says why has its words in the sentence', async () => {
    const setProvisioningStatus = failing[0]?.[1] ?? ''
    const session = openSession({ ...target, hooks: { setProvisioningStatus } }, run, around)
    await expect(session.setProvisioningStatus?.('lb-1', 'ERROR')).rejects.toThrow('no such lb')
  })
})

async function answering(status: number, url: string, method?: 'POST') {
  const { wire, close } = socketWire(1)
  onTestFinished(close)
  const server = await httpLoopback((response) => response.writeHead(status).end('no'))
  const hook = { url: server.endpoint + url, ...(method ? { method } : {}) }
  const hooked = { ...target, hooks: { setProvisioningStatus: hook } }
  const session = openSession(hooked, run, { ...around, wire })
  return { server, set: session.setProvisioningStatus ?? noHook }
}

describe('a hook that is a request', () => {
  test('is sent without credentials, what it carries encoded', async () => {
    const { server, set } = await answering(204, '/force/{loadbalancer_id}?to={status}')
    await set('lb:1+2=3', 'PENDING_UPDATE')
    expect(server.arrived).toMatchObject([
      { method: 'PUT', url: '/force/lb%3A1%2B2%3D3?to=PENDING_UPDATE' },
    ])
    expect(server.arrived[0]?.headers).not.toHaveProperty('x-auth-token')
  })

  test('is not sent for what cannot be an id', async () => {
    const { server, set } = await answering(204, '/force/{loadbalancer_id}/{status}')
    for (const id of ['..', '../admin', '%2e%2e', 'a/b', '--force']) {
      await expect(set(id, 'ERROR')).rejects.toBeInstanceOf(Unarranged)
    }
    expect(server.arrived).toEqual([])
  })

  test('may have another method', async () => {
    const { server, set } = await answering(200, '/{loadbalancer_id}', 'POST')
    await set('lb-1', 'ERROR')
    expect(server.arrived).toMatchObject([{ method: 'POST', url: '/lb-1' }])
  })

  test.each([302, 404, 500])('and answers %i leaves the question unasked', async (status) => {
    const { server, set } = await answering(status, '/{loadbalancer_id}')
    const done = set('lb-1', 'ERROR')
    await expect(done).rejects.toBeInstanceOf(Unarranged)
    await expect(done).rejects.toThrow(`PUT ${server.endpoint}/lb-1 answered ${status}.`)
  })

  test('and is turned away for a moment is sent again, most often where it releases', async () => {
    const { wire, close } = socketWire(1)
    onTestFinished(close)
    let calls = 0
    const server = await httpLoopback((response) =>
      response.writeHead((calls += 1) % 4 === 0 ? 204 : 429).end(),
    )
    const hooks = { setProvisioningStatus: { url: `${server.endpoint}/{status}` } }
    const { setProvisioningStatus = noHook } = openSession({ ...target, hooks }, run, {
      ...around,
      wire,
    })
    await setProvisioningStatus('lb-1', 'ACTIVE')
    expect(calls).toBe(4)
    await expect(setProvisioningStatus('lb-1', 'ERROR')).rejects.toThrow('answered 429')
    expect(calls).toBe(6)
  })
})
