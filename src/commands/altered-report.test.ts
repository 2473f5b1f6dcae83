/** A report that was changed after the run, through the built program: no command makes it look untouched. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

test('merge refuses a report that was changed', async () => {
  const [[, edit] = ['', (text: string) => text]] = change
  const { folder } = await altered(edit, ['--shard', '1/2'])
  const { exitCode, stdout, stderr } = await started(['merge', 'out', '--report', 'all'], {
    folder,
  })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain(changed)
})

test('baseline makes no waiver from a report that was changed', async () => {
  const [[, edit] = ['', (text: string) => text]] = change
  const { folder, at } = await altered(edit)
  const words = ['baseline', 'out', '--owner', 'me', '--reason', 'r', '--out', 'waivers.json']
  const { exitCode, stderr } = await started(words, { folder })
  expect([exitCode, existsSync(at('waivers.json'))]).toEqual([2, false])
  expect(stderr).toContain(changed)
})
