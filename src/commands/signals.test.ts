/** Signals end a run of the built program: what it created is removed, or listed. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elbReference } from '../reference/elb/reference.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import type { Report } from '../report/report.ts'
import { httpLoopback } from '../wire/loopback.ts'
import { atLoad, builtProgram, started } from './started-program.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolproof-signals-'))
})
afterAll(() => rm(folder, { recursive: true }))

const token = { T: 'tQ7xw4ixOnAhuc8J' }

/** Writes a target file for an `elb` server on loopback; the token is in `T`. */
async function targetFile(name: string, endpoint: string, but: object): Promise<string> {
  const target = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
  const content = { ...target, auth: { token: { env: 'T' } }, ...but }
  await writeFile(join(folder, name), JSON.stringify(content))
  return name
}

async function reportIn(directory: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, directory, 'conformance.json'), 'utf8')) as Report
}

function held(server: ReturnType<typeof elbReference>): number {
  return Object.values(server.inventory()).reduce((sum, count) => sum + count, 0)
}

const holding = 'await new Promise((resolve) => setTimeout(resolve, 1e9))'

/**
 * Starts the program, and sends a signal when a module begins to be loaded: no clock says when that is.
 *
 * @param then - What the loader does after that; `holding` lets it wait for ever.
 * @returns the exit code, and the signal that ended the program without being heard.
 */
async function signalledAtLoad(
  words: readonly string[],
  file: string,
  signal: NodeJS.Signals,
  then = '',
): Promise<readonly [number | null, NodeJS.Signals | null]> {
  const environment = { ...token, ...atLoad(file, `writeSync(2, 'It loads.'); ${then}`) }
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [builtProgram, ...words], {
    cwd: folder,
    env: { PATH, ...environment },
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    const before = stderr
    stderr += chunk.toString()
    if (stderr.includes('It loads.') && !before.includes('It loads.')) child.kill(signal)
  })
  child.stdout.resume()
  const ended = await once(child, 'close')
  expect(stderr).toContain('It loads.')
  return ended as [number | null, NodeJS.Signals | null]
}

describe.concurrent('Ctrl-C', () => {
  const only = ['--only', 'elb/delete-pool']

  /** A run that is sent a signal when it has made something, and again when it said that it heard. */
  async function pressed(
    words: readonly string[],
    signals: number,
    ready: () => boolean,
    signal: NodeJS.Signals = 'SIGINT',
    second: NodeJS.Signals = 'SIGINT',
  ) {
    const { PATH = '' } = process.env
    const child = spawn(process.execPath, [builtProgram, 'run', ...words, ...only], {
      cwd: folder,
      env: { PATH, ...token },
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      const before = stderr
      stderr += chunk.toString()
      if (signals > 1 && stderr.includes('Stopping') && !before.includes('Stopping')) {
        child.kill(second)
      }
    })
    const looking = setInterval(() => {
      if (!ready()) return
      clearInterval(looking)
      child.kill(signal)
    }, 20)
    const exitCode = await new Promise((resolve) => child.on('close', resolve))
    clearInterval(looking)
    return { exitCode, stderr }
  }

  test('pressed once removes what the run made, and reports what it has asked', async () => {
    const server = elbReference({ asynchronousMilliseconds: 100 })
    const { endpoint, close } = await listen(server)
    const name = await targetFile('stopped.json', endpoint, { profile: {}, hooks: {} })
    const ready = () => held(server) > 20
    const { exitCode, stderr } = await pressed(['-t', name, '--report', 'stopped'], 1, ready)
    await close()
    expect([exitCode, held(server), stderr]).toEqual([130, 0, expect.stringContaining('Stopping')])
    expect(existsSync(join(folder, 'stopped', 'journal'))).toBe(false)
    const { counts, leftovers } = await reportIn('stopped')
    expect(leftovers).toEqual([])
    expect(counts.inconclusive).toBeGreaterThan(0)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s does the same, with exit code %i', async (signal, code) => {
    const server = elbReference({ asynchronousMilliseconds: 100 })
    const { endpoint, close } = await listen(server)
    const name = await targetFile(`${signal}.json`, endpoint, { profile: {}, hooks: {} })
    const ready = () => held(server) > 20
    const { exitCode } = await pressed(['-t', name, '--report', signal], 1, ready, signal)
    await close()
    expect([exitCode, held(server)]).toEqual([code, 0])
    expect((await reportIn(signal)).leftovers).toEqual([])
  })

  test('a second signal that a supervisor sends at once leaves nothing either', async () => {
    const server = elbReference({ asynchronousMilliseconds: 100 })
    const { endpoint, close } = await listen(server)
    const name = await targetFile('both.json', endpoint, { profile: {}, hooks: {} })
    const words = ['-t', name, '--report', 'both']
    const ready = () => held(server) > 20
    const { exitCode, stderr } = await pressed(words, 2, ready, 'SIGTERM', 'SIGHUP')
    await close()
    expect([exitCode, held(server), stderr]).toEqual([143, 0, expect.stringContaining('Stopping')])
  })

  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s is heard before the program loads anything that takes time',
    async (signal) => {
      const words = ['run', '--report', `loading-${signal}`, ...only]
      const ended = await signalledAtLoad(words, '/dist/src/commands/program.js', signal, holding)
      expect(ended).toEqual([codes[signal], null])
    },
  )

  test('SIGINT before that ends the program by the signal itself, and nothing was sent', async () => {
    let requests = 0
    const server = elbReference()
    const handle: typeof server.handle = (request) => {
      requests += 1
      return server.handle(request)
    }
    const { endpoint, close } = await listen({ ...server, handle })
    const target = await targetFile('early.json', endpoint, {})
    const words = ['run', '-t', target, '--report', 'early', ...only]
    const ended = await signalledAtLoad(words, '/dist/src/cli.js', 'SIGINT', holding)
    await close()
    expect([...ended, requests]).toEqual([null, 'SIGINT', 0])
  })

  test.each([
    ['SIGINT', '/dist/src/run/run.js'],
    ['SIGTERM', '/dist/src/session/probe.js'],
    ['SIGHUP', '/vitest/dist/node.js'],
    ['SIGINT', '/dist/src/run/vitest-worker.js'],
    ['SIGHUP', '/dist/suites/index.js'],
  ] as const)('%s leaves nothing when the program loads %s', async (signal, file) => {
    const server = elbReference()
    const { endpoint, close } = await listen(server)
    const name = `${signal}-${basename(file)}`
    const target = await targetFile(`${name}.json`, endpoint, {})
    const words = ['run', '-t', target, '--report', name, ...only]
    const ended = await signalledAtLoad(words, file, signal)
    await close()
    expect([...ended, held(server)]).toEqual([codes[signal], null, 0])
  })

  test.each(['SIGPIPE', 'SIGUSR1'] as const)(
    '%s does not end a run, and opens no debugger',
    async (signal) => {
      const server = elbReference({ asynchronousMilliseconds: 20 })
      const { endpoint, close } = await listen(server)
      const name = await targetFile(`${signal}.json`, endpoint, { profile: {}, hooks: {} })
      const words = ['-t', name, '--report', signal]
      const ready = () => held(server) > 5
      const { exitCode, stderr } = await pressed(words, 1, ready, signal)
      await close()
      expect([0, 3]).toContain(exitCode)
      expect(held(server)).toBe(0)
      expect(stderr).not.toMatch(/debugger/i)
    },
  )

  // The checks run in vitest, which takes over SIGINT, SIGTERM and SIGHUP; of the others one is tried there, above.
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGQUIT', 131],
    ['SIGUSR2', 140],
    ['SIGALRM', 142],
    ['SIGVTALRM', 154],
    ['SIGXCPU', 152],
  ] as const)(
    '%s before the first answer is said to be what ended the run, with exit code %i',
    async (signal, code) => {
      let asked = false
      const silent = await httpLoopback(() => (asked = true))
      const name = await targetFile(`silent-${signal}.json`, silent.endpoint, {})
      const words = ['-t', name, '--report', `silent-${signal}`]
      const { exitCode, stderr } = await pressed(words, 1, () => asked, signal)
      expect(exitCode).toBe(code)
      expect(stderr).toContain(`the run was ended by ${signal}. Nothing was asked.`)
      expect(stderr).not.toContain('time limit')
    },
  )

  test('pressed twice leaves at once, tells what is left and how to remove it', async () => {
    const server = elbReference({ asynchronousMilliseconds: 400 })
    const { endpoint, close } = await listen(server)
    const name = await targetFile('left.json', endpoint, { profile: {}, hooks: {} })
    const ready = () => held(server) > 10
    const { exitCode: ended, stderr } = await pressed(['-t', name, '--report', 'left'], 2, ready)
    expect(ended).toBe(130)
    expect(held(server)).toBeGreaterThan(0)
    expect(stderr).toMatch(/loadbalancers poolproof-[0-9a-f]{8}-lb-\d+: \/loadbalancers\//)
    const [, words = ''] = /^ {2}poolproof (sweep .*)$/m.exec(stderr) ?? []
    const swept = await started(words.split(' '), { folder, environment: token })
    await close()
    // What was on its way may still come, for all that the sweep knows.
    const left = swept.stdout.split('\n').filter((one) => one.startsWith('LEFT'))
    const other = left.filter((one) => !one.includes('no answer to its creation came'))
    const exitCode = left.length > 0 ? 3 : 0
    expect([other, swept.exitCode, held(server)]).toEqual([[], exitCode, 0])
  })
})
