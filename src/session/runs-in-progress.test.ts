import { chmod, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import { noteRun, runsInProgress } from './runs-in-progress.ts'

const run = '0a1b2c3d'
const endpoint = 'https://elb.example.com'

/** A process that does nothing until the test is over. */
function idle(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill())
  return child.pid ?? 0
}

function describing(id: number, of = endpoint) {
  return { endpoint: of, process: { id, host: hostname() } }
}

test('a run is in progress until it takes that back', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  const forget = noteRun(run, 'a', describing(idle()), directory)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
  forget()
  expect(runsInProgress(directory)).toEqual([])
})

test('a run has several targets, and each is named', () => {
  const directory = join(folderForTest('runs'), 'runs')
  const [id, other] = [idle(), 'https://slb.example.com']
  noteRun(run, 'a', describing(id), directory)
  noteRun(run, 'b-c', describing(id, other), directory)
  const all = runsInProgress(directory).toSorted((one, two) =>
    one.endpoint.localeCompare(two.endpoint),
  )
  expect(all).toEqual([
    { run, endpoint },
    { run, endpoint: other },
  ])
})

test('what a killed run has left goes with the next run, once its time is over', () => {
  const directory = join(folderForTest('runs'), 'runs')
  const { process: killed } = describing(2 ** 30)
  const at = (until: string) => ({ endpoint, process: { ...killed, until } })
  noteRun('11111111', 'a', at('2026-01-02T03:04:05Z'), directory)
  noteRun('22222222', 'a', at('2999-01-02T03:04:05Z'), directory)
  noteRun(run, 'a', describing(idle()), directory)
  expect(readdirSync(directory).toSorted()).toEqual([`${run}-a.json`, '22222222-a.json'])
})

test('one whose process is gone is not', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, 'a', describing(2 ** 30), directory)
  expect(runsInProgress(directory)).toEqual([])
})

test('a directory into which others may write is not believed, nor written to', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, 'a', describing(idle()), directory)
  await chmod(directory, 0o777)
  expect(runsInProgress(directory)).toEqual([])
  const forget = noteRun('ffffffff', 'a', describing(idle()), directory)
  await chmod(directory, 0o700)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
  forget()
})

test.each(['', 'null', '{"process":null}', '[]'])('%j is passed over', async (text) => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, 'a', describing(idle()), directory)
  await writeFile(join(directory, 'ffffffff-a.json'), text)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
})
