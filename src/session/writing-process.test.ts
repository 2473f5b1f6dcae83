import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isGoing, readJournals } from './journal-file.ts'
import { isRunning, thisProcess } from './writing-process.ts'

const now = new Date('2027-01-31T12:00:00Z')
const later = new Date('2027-01-31T13:00:00Z')

/** Another process that is running. */
function other(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid ?? 0
}

test('another process that is running is known', () => {
  const { host } = thisProcess(now, 60)
  expect(isRunning({ id: other(), host }, now)).toBe(true)
})

test('a number that belongs to another process by now is not the run', () => {
  const { host, until } = thisProcess(now, 60)
  const id = other()
  if (until === undefined) throw new Error('There is no end.')
  expect(isRunning({ id, host, until }, now)).toBe(true)
  // Where the operating system does not say when a process was started, the time that a run has says it.
  expect(isRunning({ id, host, until }, later)).toBe(false)
  expect(isRunning({ id, host, until: 'never' }, now)).toBe(false)
})

test.runIf(process.platform === 'linux')('a start at another time is another process', () => {
  const { host, started } = thisProcess(now, 60)
  expect(started).toMatch(/^[-0-9a-f]{36} \d+$/)
  expect(isRunning({ id: other(), host, started: 'another boot 1' }, now)).toBe(false)
})

test('neither this process nor one on another machine keeps a journal from being swept', () => {
  expect(isRunning(thisProcess(now))).toBe(false)
  expect(isRunning({ id: other(), host: 'elsewhere.invalid' })).toBe(false)
})

const about = { run: '0a1b2c3d', target: 't', dialect: 'elb', endpoint: 'http://e', began: 'b' }

test.each([
  ['no process', about],
  ['a process without a number', { ...about, process: { host: 'h' } }],
  ['a process that is text', { ...about, process: 'text' }],
  ['a process that is null', { ...about, process: null }],
  ['a negative number', { ...about, process: { id: -1, host: thisProcess(now).host } }],
])('a heading with %s can be read, and stops no sweep', async (_what, heading) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-heading-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'x.jsonl'), `${JSON.stringify(heading)}\n`)
  const journals = await readJournals(folder)
  expect(journals.map((journal) => isGoing(journal))).toEqual([false])
})

test('a file that is not a journal is left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-heading-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'x.jsonl'), '{"run":"0a1b2c3d"}\nnull\n')
  expect(await readJournals(folder)).toEqual([])
})
