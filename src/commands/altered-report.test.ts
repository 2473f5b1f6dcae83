/** A report that was changed after the run, through the built program: no command makes it look untouched. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import { started } from './started-program.ts'

const changed = 'is not as it was written: its digest does not fit, or is missing.'
const change: readonly [string, (text: string) => string][] = [
  ['a verdict', (text) => text.replace('"seed": 1', '"seed": 2')],
  ['the digest', (text) => text.replace(/^ {2}"digest": .*\n/m, '')],
]

/** The report of a small run, of which something was changed. */
async function altered(edit: (text: string) => string, more: readonly string[] = []) {
  const folder = folderForTest('altered')
  const only = ['--only', 'elb/delete-pool/status-204', '--only', 'elb/delete-pool/members-first']
  const ran = await started(['run', '--report', 'out', ...only, ...more], { folder })
  expect(ran.exitCode).toBe(0)
  const at = (file: string) => join(folder, file)
  const before = readFileSync(at('out/conformance.json'), 'utf8')
  const after = edit(before)
  writeFileSync(at('out/conformance.json'), after)
  const verified = async (directory: string) =>
    (await started(['verify', directory], { folder })).stdout
  return { folder, at, before, after, verified }
}

test.each(change)(
  'report says that %s was changed, and verify says so afterwards',
  async (_, edit) => {
    const { folder, at, before, after, verified } = await altered(edit)
    expect(after).not.toBe(before)
    for (const [directory, more] of [
      ['out', []],
      ['pages', ['--out', 'pages']],
    ] as const) {
      const { exitCode, stderr } = await started(['report', 'out', ...more], { folder })
      expect([exitCode, stderr]).toEqual([
        0,
        expect.stringMatching(/^poolproof: The conformance\.json of out is not as it was .*\n$/),
      ])
      expect(readFileSync(at(`${directory}/conformance.json`), 'utf8')).toBe(after)
      for (const page of ['index.html', 'summary.md']) {
        expect(readFileSync(at(`${directory}/${page}`), 'utf8')).toContain(
          'Not as the run wrote it',
        )
      }
      const told = await verified(directory)
      expect(told).toContain(changed)
      expect(told).not.toContain('evidence')
    }
  },
)

test('of a report as it was written nothing is said, and what is written again holds', async () => {
  const { folder, at, before, verified } = await altered((text) => text)
  const { exitCode, stderr } = await started(['report', 'out'], { folder })
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(readFileSync(at('out/conformance.json'), 'utf8')).toBe(before)
  expect(readFileSync(at('out/index.html'), 'utf8')).not.toContain('Not as the run wrote it')
  expect(await verified('out')).toContain('The digests match.')
})

test('merge makes one report of all shards, and refuses when one of them was changed', async () => {
  const folder = folderForTest('altered-shard')
  const ids = ['elb/delete-pool/status-204', 'elb/delete-pool/members-first']
  const only = ids.flatMap((id) => ['--only', id])
  for (const shard of ['1', '2']) {
    const words = ['run', '--report', shard, '--shard', `${shard}/2`, ...only]
    expect((await started(words, { folder })).exitCode).toBe(0)
  }
  const merged = (into: string) => started(['merge', '1', '2', '--report', into], { folder })
  expect(await merged('whole')).toMatchObject({ exitCode: 0, stderr: '' })
  const file = join(folder, '2', 'conformance.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"milliseconds": ', '"milliseconds": 1'))
  const { exitCode, stdout, stderr } = await merged('all')
  expect([exitCode, stdout, existsSync(join(folder, 'all'))]).toEqual([2, '', false])
  expect(stderr).toMatch(
    /^poolproof: The conformance\.json of 2 is not as it was written: .* It is not merged\. .*\n$/,
  )
})

test('baseline makes no waiver from a report that was changed', async () => {
  const [[, edit] = ['', (text: string) => text]] = change
  const { folder, at } = await altered(edit)
  const words = ['baseline', 'out', '--owner', 'me', '--reason', 'r', '--out', 'waivers.json']
  const { exitCode, stderr } = await started(words, { folder })
  expect([exitCode, existsSync(at('waivers.json'))]).toEqual([2, false])
  expect(stderr).toContain(changed)
})

test('show and report --history say it in one line, and show what is there', async () => {
  const [[, edit] = ['', (text: string) => text]] = change
  const { folder } = await altered(edit)
  const said = expect.stringMatching(/^poolproof: The conformance\.json of out is not as it .*\n$/)
  const shown = await started(['show', 'out', 'elb/delete-pool/status-204'], { folder })
  expect(shown).toMatchObject({ exitCode: 0, stderr: said as string })
  expect(shown.stdout).toContain('elb/delete-pool/status-204')
  const only = ['--only', 'elb/delete-pool/status-204']
  expect((await started(['run', '--report', 'new', ...only], { folder })).exitCode).toBe(0)
  const again = await started(['report', 'new', '--history', 'out'], { folder })
  expect(again).toMatchObject({ exitCode: 0, stderr: said as string })
})

test('--last-failed says it, and asks what the report says', async () => {
  const { folder } = await altered((text) => text.replace('"verdict": "pass"', '"verdict": "fail"'))
  const { exitCode, stderr, stdout } = await started(
    ['run', '--report', 'out', '--last-failed', '--quiet'],
    { folder },
  )
  expect(stderr).toMatch(/^poolproof: The conformance\.json of out is not as it was written/)
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringContaining('The one requirement that was asked'),
  ])
})

test('compare refuses, because its exit code is a verdict', async () => {
  const [[, edit] = ['', (text: string) => text]] = change
  const { folder, at, before } = await altered(edit)
  mkdirSync(at('sound'))
  writeFileSync(at('sound/conformance.json'), before)
  for (const words of [
    ['sound', 'out'],
    ['out', 'sound'],
  ]) {
    const { exitCode, stdout, stderr } = await started(['compare', ...words], { folder })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(changed)
  }
  expect(await started(['compare', 'sound', 'sound'], { folder })).toMatchObject({
    exitCode: 0,
    stderr: '',
  })
})
