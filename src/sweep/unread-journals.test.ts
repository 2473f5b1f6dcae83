import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { UsageError } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { exitCodeOf, sweepTarget } from './sweep-target.ts'
import { sweepText } from './wording.ts'

const options = { asynchronousMilliseconds: 0 }
const run = '0a1b2c3d'
const heading = { run, target: 'reference', dialect: 'elb', endpoint: '', began: '' }

/** A directory of journals, and the sweep of a reference that holds nothing. */
async function swept() {
  const listening = await listen(reference('elb', options))
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-unread-'))
  onTestFinished(async () => {
    await listening.close()
    await rm(folder, { recursive: true })
  })
  const target = join(folder, 'target.json')
  const journal = join(folder, 'journal')
  await writeFile(target, JSON.stringify(referenceTarget('elb', listening.endpoint, options)))
  const go = (id?: string) =>
    sweepTarget({ target, journal, ...(id === undefined ? {} : { run: id }) }, referenceEnvironment)
  return {
    endpoint: listening.endpoint,
    journal,
    go,
    first: JSON.stringify({ ...heading, endpoint: listening.endpoint }),
  }
}

const text = (contents: string) => (file: string) => writeFile(file, contents)

const unreadable: readonly [string, (file: string, first: string) => unknown, RegExp][] = [
  ['garbage', text('{\nnull\n[]\n\0\0\n'), /first line is not that of a journal/],
  ['nothing', text(''), /it is empty/],
  ['a heading without a run', text('{"target":"x","endpoint":"y"}\n'), /first line is not/],
  ['a heading that is cut off', text('{"run":"0a1b2c3d","tar'), /first line is not/],
  ['a directory', (file) => mkdir(file), /it is a directory/],
  [
    'lines of no run',
    (file, first) => writeFile(file, `${first}\n{\n{"of":1}\n`),
    /line 2 and 1 more hold/,
  ],
]

test.each(unreadable)('a journal that holds %s is named, and kept', async (_what, put, why) => {
  const { journal, go, first } = await swept()
  await mkdir(journal)
  const file = join(journal, `${run}-reference.jsonl`)
  await put(file, first)
  const result = await go()
  expect(result.left).toEqual([expect.stringMatching(why)])
  expect(result.left.join()).toContain(file)
  expect(existsSync(file)).toBe(true)
  const other = await go('ffffffff')
  expect([other.left, (await go(run)).left.length]).toEqual([[], 1])
})

test('a journal stays while something that it names is there under the name of somebody else', async () => {
  const { endpoint, journal, go, first } = await swept()
  const made = await fetch(`${endpoint}/v2.0/lbaas/loadbalancers`, {
    method: 'POST',
    headers: { 'X-Auth-Token': referenceEnvironment['POOLPROOF_REFERENCE_TOKEN'] ?? '' },
    body: JSON.stringify({ loadbalancer: { name: 'production', vip_subnet_id: 's' } }),
  })
  const { loadbalancer } = (await made.json()) as { loadbalancer: { id: string } }
  const key = `/loadbalancers/${loadbalancer.id}`
  const intent = { intent: 1, kind: 'loadbalancers', name: `poolproof-${run}-lb-1` }
  await mkdir(journal)
  const file = join(journal, `${run}-reference.jsonl`)
  const lines = [first, JSON.stringify(intent), JSON.stringify({ of: 1, made: [key] }), '']
  await writeFile(file, lines.join('\n'))
  const result = await go()
  expect([result.removed, result.left, result.doubted]).toEqual([[], [], []])
  expect(result.notOurs).toEqual([expect.stringContaining(loadbalancer.id)])
  expect(exitCodeOf(result)).toBe(3)
  expect(sweepText(result)).toContain('0 removed, 0 left, 1 not touched.')
  expect(existsSync(file)).toBe(true)
})

test.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
  const { journal, go } = await swept()
  await mkdir(journal)
  execFileSync('mkfifo', [join(journal, 'x.jsonl')])
  expect((await go()).left).toEqual([expect.stringContaining('not a regular file')])
})

test('a whole journal that names nothing goes, also with a last line that is cut off', async () => {
  const { journal, go, first } = await swept()
  await mkdir(journal)
  const file = join(journal, `${run}-reference.jsonl`)
  await writeFile(file, `${first}\n{"removed":["/po`)
  expect((await go()).left).toEqual([])
  expect(existsSync(file)).toBe(false)
})

test('a directory that is not there is said; a file in its place cannot be read', async () => {
  const { journal, go } = await swept()
  expect(sweepText(await go())).toContain(`There is no directory ${journal} with journals`)
  await writeFile(journal, '')
  await expect(go()).rejects.toThrow(UsageError)
})
