import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
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

async function describing(id: number) {
  const { hostname } = await import('node:os')
  return { endpoint, process: { id, host: hostname() } }
}

test('a run is in progress until it takes that back', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  const forget = noteRun(run, await describing(idle()), directory)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
  forget()
  expect(runsInProgress(directory)).toEqual([])
})

test('one whose process is gone is not', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, await describing(2 ** 30), directory)
  expect(runsInProgress(directory)).toEqual([])
})

test('a directory into which others may write is not believed, nor written to', async () => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, await describing(idle()), directory)
  await chmod(directory, 0o777)
  expect(runsInProgress(directory)).toEqual([])
  const forget = noteRun('ffffffff', await describing(idle()), directory)
  await chmod(directory, 0o700)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
  forget()
})

test.each(['', 'null', '{"process":null}', '[]'])('%j is passed over', async (text) => {
  const directory = join(folderForTest('runs'), 'runs')
  noteRun(run, await describing(idle()), directory)
  await writeFile(join(directory, 'ffffffff.json'), text)
  expect(runsInProgress(directory)).toEqual([{ run, endpoint }])
})
