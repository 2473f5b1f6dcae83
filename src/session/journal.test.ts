import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import { directWire } from '../wire/wire.ts'
import { elb, run } from './canned-server.ts'
import { openSession } from './session.ts'
import { forcedIn, notRemovedIn, openJournal } from './journal.ts'
import { isGoing, leftOf, readJournals } from './journal-file.ts'
import { Denied, Unarranged, type HttpResponse } from '../model.ts'

const about = { run: '0a1b2c3d', target: 'staging', dialect: 'elb', endpoint: 'http://e' } as const
const create = elbRequest('POST', '/pools', { pool: { name: 'poolproof-0a1b2c3d-pool-1' } })

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'poolproof-journal-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

function answer(status: number, body?: unknown): HttpResponse {
  return { status, headers: [], text: '', body }
}

test('an intent is in the file before anything is answered, without a secret', async () => {
  const directory = join(await folder(), 'journal')
  const journal = openJournal(directory, about)
  const note = journal.note(elbSpelling)
  expect(existsSync(directory)).toBe(false)
  note('arrange', create)
  const text = await readFile(journal.file, 'utf8')
  expect(text).toContain('"intent":1,"kind":"pools","name":"poolproof-0a1b2c3d-pool-1"')
  expect(text).not.toContain('canary')
  expect(notRemovedIn(journal.entries)).toEqual([
    { kind: 'pools', names: ['poolproof-0a1b2c3d-pool-1'] },
  ])
  journal.close(false)
  expect(existsSync(directory)).toBe(false)
})

test('what was made stands until clean-up removed it; what was refused never stood', async () => {
  const journal = openJournal(await folder(), about)
  const note = journal.note(elbSpelling)
  note('arrange', create)(answer(201, { pool: { id: 'p-1' } }))
  note('arrange', create)(answer(409))
  expect(notRemovedIn(journal.entries)).toMatchObject([{ key: '/pools/p-1' }])
  note('ask', elbRequest('DELETE', '/pools/p-1'))(answer(204))
  expect(notRemovedIn(journal.entries)).toHaveLength(1)
  note('clean-up', elbRequest('DELETE', '/pools/p-1'))(answer(404))
  expect(notRemovedIn(journal.entries)).toEqual([])
})

test('a creation that a policy denies never stood', async () => {
  const journal = openJournal(await folder(), about)
  const body =
    '{"code":"ELB.9802","message":"Policy does not allow elb:pools:create to be performed."}'
  const handle = () => ({ status: 403, headers: { 'Content-Type': 'application/json' }, body })
  const session = openSession(elb, run, {
    wire: directWire({ handle }),
    environment: { TOKEN: 'canary-token' },
    journal,
  })
  await expect(exchange(session.connection, 'arrange', create)).rejects.toThrow(Denied)
  expect(journal.entries).toMatchObject([{ intent: 1 }, { of: 1, refused: 403 }])
  expect(notRemovedIn(journal.entries)).toEqual([])
})

test('what the answer to was lost may stand, and what a hook forced is remembered', async () => {
  const journal = openJournal(await folder(), about)
  const note = journal.note(elbSpelling)
  note('arrange', create)()
  note('arrange', create)(answer(502))
  journal.forcing('lb-1', 'ERROR')
  journal.forcing('lb-2', 'ERROR')
  journal.forcing('lb-2', 'ACTIVE')
  expect(notRemovedIn(journal.entries)).toHaveLength(2)
  expect(forcedIn(journal.entries)).toEqual(['lb-1'])
})

test('slb: listeners and servers of a default group are known by their load balancer', async () => {
  const journal = openJournal(await folder(), about)
  const note = journal.note(slbSpelling)
  const BackendServers = '[{"ServerId":"i-1"},{"ServerId":"i-2"}]'
  note('arrange', slbCall('AddBackendServers', { LoadBalancerId: 'lb-1', BackendServers }))()
  note(
    'arrange',
    slbCall('CreateVServerGroup', { VServerGroupName: 'n' }),
  )(answer(200, { VServerGroupId: 'rsp-1', RequestId: 'r' }))
  const keys = notRemovedIn(journal.entries).map(({ key }) => key)
  expect(keys).toEqual(['BackendServer/lb-1/i-1', 'BackendServer/lb-1/i-2', 'VServerGroup/rsp-1'])
})

test('a journal is read again, its last line cut off or not', async () => {
  const directory = await folder()
  const journal = openJournal(directory, about)
  journal.note(elbSpelling)('arrange', create)(answer(201, { pool: { id: 'p-1' } }))
  journal.close(true)
  await appendFile(journal.file, '{"removed":["/poo')
  const [read, ...more] = await readJournals(directory)
  expect([read?.heading.run, read && isGoing(read), more]).toEqual(['0a1b2c3d', false, []])
  expect(await leftOf(directory, '0a1b2c3d')).toEqual([
    'pools poolproof-0a1b2c3d-pool-1: /pools/p-1',
  ])
  expect(await leftOf(directory, 'ffffffff')).toEqual([])
})

test('a line that no run writes is no entry, and its number is known', async () => {
  const directory = await folder()
  const journal = openJournal(directory, about)
  journal.note(elbSpelling)('arrange', create)(answer(201, { pool: { id: 'p-1' } }))
  journal.close(true)
  const odd = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"of":1,"made":"/pools/x"}',
    '{"removed":3}',
    '{"intent":"1","kind":"pools"}',
  ]
  await appendFile(journal.file, `${odd.join('\n')}\n`)
  const [read] = await readJournals(directory)
  expect(read?.odd).toEqual(odd.map((_line, index) => 4 + index))
  expect(read?.entries).toEqual(journal.entries)
})

test('a line after one that was cut off is read, also where it does not begin a line', async () => {
  const directory = await folder()
  const journal = openJournal(directory, about)
  const note = journal.note(elbSpelling)('arrange', create)
  await appendFile(journal.file, '{"intent":2,"kind":"pools","name":"poolpr')
  note(answer(201, { pool: { id: 'p-1' } }))
  await appendFile(journal.file, '{"intent":3,"ki')
  journal.removed('/pools/p-1')
  journal.close(true)
  const [read] = await readJournals(directory)
  expect(read).toMatchObject({ entries: journal.entries, odd: [] })
  expect(await leftOf(directory, about.run)).toEqual([])
})

/** What a program does that may make files of no more than one block: as on a disk that is full, then not any more. */
function onFullDisk(directory: string, code: string): string {
  const built = new URL('../../dist/src/', import.meta.url).href
  const program = `
    const { openJournal } = await import(${JSON.stringify(`${built}session/journal.js`)})
    const journal = openJournal(${JSON.stringify(directory)}, ${JSON.stringify(about)})
    ${code}`
  const words = ['--input-type=module', '--eval', program]
  const shell = ['-c', 'ulimit -f 1; exec "$@"', 'sh', process.execPath, ...words]
  return spawnSync('sh', shell, { encoding: 'utf8' }).stdout
}

test.runIf(process.platform === 'linux')(
  'an entry for which the disk has no room does not hide the next one',
  async () => {
    const directory = await folder()
    const code = `
      journal.removed('/pools/p-1')
      try { journal.renaming('/pools/p-2', 'x'.repeat(4_000)) } catch ({ message }) { console.log(message) }
      journal.removed('/pools/p-2')`
    expect(onFullDisk(directory, code)).toContain('cannot be written any more (EFBIG)')
    const [read] = await readJournals(directory)
    const entries = [{ removed: ['/pools/p-1'] }, { removed: ['/pools/p-2'] }]
    expect(read).toMatchObject({ entries, odd: [] })
  },
)

test.runIf(process.platform === 'linux')(
  'a journal whose heading cannot be written leaves no file',
  async () => {
    const directory = join(await folder(), 'journal')
    const code = `
      const long = openJournal(${JSON.stringify(directory)}, { ...${JSON.stringify(about)}, endpoint: 'x'.repeat(4_000) })
      try { long.removed('/pools/p-1') } catch ({ message }) { console.log(message) }`
    expect(onFullDisk(directory, code)).toContain('cannot be written to')
    expect(existsSync(directory)).toBe(false)
  },
)

test('a directory that becomes a file before the first creation is said, and nothing is created', async () => {
  const directory = join(await folder(), 'journal')
  const journal = openJournal(directory, about)
  writeFileSync(directory, '')
  const note = journal.note(elbSpelling)
  const asking = () => note('arrange', create)
  expect(asking).toThrow(Unarranged)
  expect(asking).toThrow(/cannot be written to .+ \(EEXIST\)/)
  journal.close(false)
})

test('a directory that becomes a file later ends nothing: what is noted goes on, and its end is quiet', async () => {
  const directory = join(await folder(), 'journal')
  const journal = openJournal(directory, about)
  const note = journal.note(elbSpelling)
  note('arrange', create)
  renameSync(directory, `${directory}.old`)
  writeFileSync(directory, '')
  note('arrange', create)
  expect(journal.entries).toHaveLength(2)
  journal.close(false)
  const [read] = await readJournals(`${directory}.old`)
  expect(read?.entries).toHaveLength(2)
})

test.each([
  [400, false],
  [404, false],
  [408, true],
  [409, false],
  [429, false],
  [499, true],
  [500, true],
  [504, true],
])('a creation that is answered %i may have been carried out: %s', async (status, mayBe) => {
  const journal = openJournal(join(await folder(), 'journal'), about)
  journal.note(elbSpelling)('arrange', create)(answer(status))
  expect(notRemovedIn(journal.entries)).toHaveLength(mayBe ? 1 : 0)
  journal.close(false)
})

test('no text of the file has a secret, and what is in memory is as it was', async () => {
  const directory = join(await folder(), 'journal')
  const journal = openJournal(directory, about)
  journal.mask((text) => text.replaceAll('canary', '[redacted]'))
  const note = journal.note(elbSpelling)
  const fields = { name: 'poolproof-0a1b2c3d-pool-1', loadbalancer_id: 'canary.1' }
  const made = answer(201, { pool: { id: 'canary.2' } })
  note('arrange', elbRequest('POST', '/pools', { pool: fields }))(made)
  journal.renaming('/pools/canary.2', 'canary')
  journal.forcing('canary.1', 'ERROR')
  journal.removed('/pools/canary.2')
  const text = await readFile(journal.file, 'utf8')
  expect(text).toContain('/pools/[redacted].2')
  expect(text).not.toContain('canary')
  expect(JSON.stringify(journal.entries)).toContain('/loadbalancers/canary.1')
  journal.close(false)
})
