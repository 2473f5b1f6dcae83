import { spawn, spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { isRunning, thisProcess } from './running-process.ts'

test('this process runs', () => {
  expect(isRunning(thisProcess())).toBe(true)
})

test('another that runs does, and does not once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  const described = { id: child.pid ?? 0, host: hostname() }
  expect(isRunning(described)).toBe(true)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
  expect(isRunning(described)).toBe(false)
})

test('a process that ended long ago does not', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  expect(isRunning({ id: pid, host: hostname() })).toBe(false)
})

test.runIf(process.platform === 'linux')('a later process with the same number is another', () => {
  expect(isRunning({ ...thisProcess(), started: '1' })).toBe(false)
})

test.each([
  [{}],
  [{ id: 0, host: hostname() }],
  [{ id: -1, host: hostname() }],
  [{ id: 1.5, host: hostname() }],
  [{ id: 1, host: 'another-machine' }],
])('of %j nothing is known', (described) => {
  expect(isRunning(described)).toBe('unknown')
})
