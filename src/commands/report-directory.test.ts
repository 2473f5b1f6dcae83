import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import { claimDirectory, markFile } from '../documents/own-directory.ts'
import { elbReference } from '../reference/elb/reference.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { started } from './started-program.ts'

let folder: string
beforeEach(() => {
  folder = folderForTest('report-directory')
})

const at = (name: string) => join(folder, name)
const words = ['run', '--only', 'elb/delete-pool/status-204', '--report', 'out']
const kept = 'The one requirement that was asked is kept'

describe("a user's own files", () => {
  const names = ['allure-results', 'conformance.json', 'index.html', 'junit.xml', 'summary.md']

  test('are not touched by a run, nor through a link', async () => {
    mkdirSync(at('theirs'))
    for (const name of names) writeFileSync(at(`theirs/${name}`), 'theirs')
    symlinkSync(at('theirs'), at('out'))
    const { exitCode, stdout, stderr } = await started(words, { folder })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(
      'has files that Poolproof did not write (allure-results, conformance.json, index.html and 2 more)',
    )
    expect(stderr).toContain('Name a new or an empty directory with --report.')
    expect(readdirSync(at('theirs')).toSorted()).toEqual(names)
    expect(names.map((name) => readFileSync(at(`theirs/${name}`), 'utf8'))).toEqual(
      names.map(() => 'theirs'),
    )
  })

  // The summary of a pipeline, which cannot be written either, costs no verdict.
  test('are not touched through a link in our directory', async () => {
    claimDirectory(at('out'), '--report').release()
    mkdirSync(at('theirs'))
    for (const name of names) symlinkSync(at('theirs'), at(`out/${name}`))
    const environment = { GITHUB_STEP_SUMMARY: folder }
    const { exitCode, stdout, stderr } = await started(words, { folder, environment })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(kept)])
    expect(stderr).toContain('allure-results cannot be written')
    expect(stderr).toContain('which GITHUB_STEP_SUMMARY names')
    expect(readdirSync(at('theirs'))).toEqual([])
    expect(lstatSync(at('out/index.html')).isFile()).toBe(true)
  })

  test('are not touched by prove', async () => {
    mkdirSync(at('out'))
    writeFileSync(at('out/matrix.md'), 'theirs')
    const proving = ['prove', '--only', 'elb/delete-pool/status-204', '--report', 'out']
    const { exitCode, stderr } = await started(proving, { folder })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('did not write (matrix.md)')
    expect(readdirSync(at('out'))).toEqual(['matrix.md'])
  })

  test('are not touched by report, which can write elsewhere', async () => {
    // As a run writes it, but without the mark that the directory is ours.
    mkdirSync(at('out'))
    cpSync(
      new URL('../../docs/example/conformance.json', import.meta.url),
      at('out/conformance.json'),
    )
    const refused = await started(['report', 'out'], { folder })
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain('Name a new or an empty directory with --out.')
    const { exitCode, stdout } = await started(['report', 'out', '--out', 'pages'], { folder })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Report: pages/index.html')])
    expect(existsSync(at('pages/index.html'))).toBe(true)
  })
})

/** Of what is in the directory. */
function assertOwnersOnly(): void {
  const files = readdirSync(at('out'), { recursive: true, encoding: 'utf8' })
  const modes = files.map((file) => ({ file, mode: statSync(at(`out/${file}`)).mode & 0o077 }))
  expect(files.length).toBeGreaterThan(5)
  expect(modes.filter(({ mode }) => mode !== 0)).toEqual([])
}

test('a second run is refused while the first goes on; what it writes later is readable by the owner only', async () => {
  const first = claimDirectory(at('out'), '--report')
  const { exitCode, stdout, stderr } = await started(words, { folder })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`process ${process.pid} on the machine`)
  expect(stderr).toContain('is writing to it.')
  first.release()
  expect((await started(words, { folder })).exitCode).toBe(0)
  assertOwnersOnly()
})

test('a directory that is removed during the run is made again', async () => {
  let removed = false
  const during = () => {
    if (removed || !existsSync(join(at('out'), markFile))) return
    removed = true
    rmSync(at('out'), { recursive: true })
  }
  const { exitCode, stderr } = await started(words, { folder, during })
  expect([removed, exitCode, stderr]).toEqual([true, 0, '1 of 1 requirements asked\n'])
  expect(existsSync(at('out/conformance.json'))).toBe(true)
})

test('a full disk at the end costs no verdict: it is printed, and the exit code is its own', async () => {
  // As on a full disk, no file can grow: here beyond 16 blocks.
  const shell = 'ulimit -f 16; exec "$@"'
  const { exitCode, stdout, stderr } = await started(words, { folder, shell })
  expect(stderr).toMatch(/poolproof: .*out.* cannot be written: the file would be too large/)
  expect(stdout).toContain(kept)
  expect(stdout).toContain('The report could not be written.')
  expect(exitCode).toBe(0)
  expect(existsSync(at('out/conformance.json'))).toBe(false)
})

test('a disk that is full during the run leaves nothing on the target, and is said', async () => {
  const server = elbReference({ asynchronousMilliseconds: 0 })
  const { endpoint, close } = await listen(server)
  const target = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
  writeFileSync(at('full.json'), JSON.stringify({ ...target, auth: { token: { env: 'T' } } }))
  // The journal of all these checks is longer than the two blocks that a file may have.
  const shell = 'ulimit -f 2; exec "$@"'
  const asked = ['run', '-t', 'full.json', '--only', 'elb/delete-pool', '--report', 'out']
  const environment = { T: 'tQ7xw4ixOnAhuc8J' }
  const { exitCode, stdout, stderr } = await started(asked, { folder, shell, environment })
  await close()
  expect(Object.values(server.inventory()).filter((count) => count > 0)).toEqual([])
  expect(stdout + stderr).toContain('cannot be written any more (EFBIG), and without it nothing is')
  expect(exitCode).toBe(3)
})
