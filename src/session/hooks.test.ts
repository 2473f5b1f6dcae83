import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Unarranged } from '../model.ts'
import type { ElbTarget } from '../target.ts'
import { httpLoopback } from '../wire/loopback.ts'
import { socketWire } from '../wire/wire.ts'
import type { SetProvisioningStatus } from './hooks.ts'
import { openSession, type SessionOptions } from './session.ts'

const target: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1',
  auth: { token: { env: 'TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
}

const around: SessionOptions = {
  wire: () => Promise.reject(new Error('nothing is sent here')),
  environment: { TOKEN: 'canary-token' },
}

const run = { id: '0a1b2c3d', seed: 1 }

const noHook: SetProvisioningStatus = () => Promise.resolve()

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
    'a b',
    '"; exit 1; "',
    "' || true '",
    '$(exit 1)',
    '$& $1 $$',
    '*',
    'a\nb',
    '{status}',
    '%PATH% \\',
  ])('given an odd id, passes it on as it is: %j', async (id) => {
    for (const command of [asWords, asLine]) {
      expect(await words(command, id, 'ERROR')).toEqual([
        `--id=${id}`,
        'ERROR',
        `${id}/ERROR/${id}`,
        '{other}',
      ])
    }
  })

  test('given an id with a command in it, does not run that', async () => {
    const touched = join(folder, 'touched')
    for (const id of [`x; touch '${touched}'`, `$(touch '${touched}')`, `\`touch ${touched}\``]) {
      await words(asLine, id, 'ERROR')
    }
    expect(existsSync(touched)).toBe(false)
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
    await set('../a b?c#{status}', 'PENDING_UPDATE')
    expect(server.arrived).toMatchObject([
      { method: 'PUT', url: '/force/..%2Fa%20b%3Fc%23%7Bstatus%7D?to=PENDING_UPDATE' },
    ])
    expect(server.arrived[0]?.headers).not.toHaveProperty('x-auth-token')
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
})
