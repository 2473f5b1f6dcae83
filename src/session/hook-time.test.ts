/** Hooks that do not end: they get no more time than any request, and nothing of them stays behind. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Unarranged } from '../model.ts'
import type { Hook } from '../target.ts'
import { httpLoopback } from '../wire/loopback.ts'
import { socketWire } from '../wire/wire.ts'
import { openSession, type SessionOptions } from './session.ts'
import { around, noHook, run, target } from './target-for-test.ts'

/** The hook of a target whose requests may take 0.3 s, or so many seconds. */
function hooked(hook: Hook, but: Partial<SessionOptions> = {}, requestSeconds = 0.3) {
  const { wire, close } = socketWire(1)
  onTestFinished(close)
  const asked = { ...target, hooks: { setProvisioningStatus: hook }, limits: { requestSeconds } }
  const session = openSession(asked, run, { ...around, wire, ...but })
  return session.setProvisioningStatus ?? noHook
}

const stubborn = "process.on('SIGTERM',()=>{});setInterval(()=>{},1e3);"

/**
 * A command that ignores SIGTERM, starts another one that does so too, and writes the numbers of both into a file.
 */
async function endless() {
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-hook-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'processes')
  const script =
    `${stubborn}const c=require('child_process').spawn(process.execPath,['-e',process.argv[2]],{stdio:'inherit'});` +
    "require('fs').writeFileSync(process.argv[1],process.pid+' '+c.pid)"
  const numbers = async () => (await readFile(file, 'utf8')).split(' ').map(Number)
  return { hook: [process.execPath, '-e', script, file, stubborn], numbers }
}

function isRunning(number: number): boolean {
  try {
    return process.kill(number, 0)
  } catch {
    return false
  }
}

/** Whoever inherits an ended process may take a moment to notice. */
async function gone(numbers: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(numbers.filter((one) => isRunning(one))).toEqual([]), 5_000)
}

describe('a command that never ends', () => {
  test.each(['ERROR', 'ACTIVE'])('gets as long as a request, once: %s', async (status) => {
    const set = hooked([process.execPath, '-e', 'setInterval(()=>{},1e3)'])('lb-1', status)
    await expect(set).rejects.toBeInstanceOf(Unarranged)
    await expect(set).rejects.toThrow(
      'The hook setProvisioningStatus failed: it had not ended after 0.3 s (limits.requestSeconds), and was stopped.',
    )
  })

  test('is ended with what it has started, also when they ignore SIGTERM', async () => {
    const { hook, numbers } = await endless()
    await expect(hooked(hook, {}, 8)('lb-1', 'ERROR')).rejects.toThrow('after 8 s')
    const both = await numbers()
    expect(both).toHaveLength(2)
    await gone(both)
  })

  test('is ended when the run is stopped, and no other is started', async () => {
    const running = new AbortController()
    const { hook, numbers } = await endless()
    const force = hooked(hook, { over: running.signal }, 60)
    const [both] = await Promise.all([
      vi.waitFor(numbers, 10_000).finally(() => {
        running.abort(new Error('the run was ended by SIGTERM'))
      }),
      expect(force('lb-1', 'ERROR')).rejects.toThrow(
        'the run was ended by SIGTERM before it had ended.',
      ),
    ])
    await gone(both)
    await expect(force('lb-1', 'ERROR')).rejects.toThrow('the run was ended by SIGTERM')
    expect(await numbers()).toEqual(both)
  })

  test('that releases a load balancer goes on until clean-up has to end', async () => {
    const [running, cleanUp] = [new AbortController(), new AbortController()]
    running.abort()
    const ends = { over: running.signal, end: cleanUp.signal }
    await hooked([process.execPath, '-e', ''], ends, 30)('lb-1', 'ACTIVE')
    cleanUp.abort()
    const late = hooked([process.execPath, '-e', ''], ends, 30)('lb-1', 'ACTIVE')
    await expect(late).rejects.toThrow('the time limit of the run was reached')
  })
})

test('a command is over when it ends, though something that it started goes on', async () => {
  const script =
    "require('child_process').spawn(process.execPath,['-e','setTimeout(()=>{},2e4)'],{stdio:'inherit'}).unref()"
  await hooked([process.execPath, '-e', script], {}, 15)('lb-1', 'ERROR')
  const failing = hooked([process.execPath, '-e', `${script};process.exitCode=3`], {}, 15)
  await expect(failing('lb-1', 'ERROR')).rejects.toThrow('ended with 3.')
})

test('a request that is never answered gets as long as any request, once', async () => {
  const server = await httpLoopback(() => undefined)
  const set = hooked({ url: `${server.endpoint}/{loadbalancer_id}` })('lb-1', 'ACTIVE')
  await expect(set).rejects.toThrow('it had not ended after 0.3 s')
  // On a busy machine not even the first may arrive in that time.
  expect(server.arrived.length).toBeLessThan(2)
})
