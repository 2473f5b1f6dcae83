import { expect, test } from 'vitest'
import { UsageError } from '../model.ts'
import type { Target } from '../target.ts'
import { hasLoopbackNetwork } from './embedded.ts'
import { serveReference, type ServeFlags } from './serve.ts'

/** What is printed for these flags. */
async function served(flags: Partial<ServeFlags>) {
  const printed = { stdout: '', stderr: '' }
  const close = await serveReference(
    { dialect: 'elb', port: 0, host: '127.0.0.1', asynchronous: 0, ...flags },
    {
      stdout: (text) => void (printed.stdout += text),
      stderr: (text) => void (printed.stderr += text),
    },
  )
  await close()
  return { ...printed, target: JSON.parse(printed.stdout) as Target }
}

test('on loopback, serve says where it listens, and warns of nothing', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const { target, stderr } = await served({ host })
    expect(new URL(target.endpoint).hostname).toMatch(/^127\.|^\[::1\]$/)
    expect(stderr).not.toContain('Warning')
  }
})

test('beyond loopback, serve warns that others can reach it', async () => {
  const { target, stderr } = await served({ host: '0.0.0.0' })
  expect(new URL(target.endpoint).hostname).toBe('127.0.0.1')
  expect(stderr).toMatch(/^Warning: with --host 0\.0\.0\.0 other machines can reach this server/)
})

test('an address of another machine is a mistake of the caller', async () => {
  const refused = served({ host: '192.0.2.1' })
  await expect(refused).rejects.toBeInstanceOf(UsageError)
  await expect(refused).rejects.toThrow('192.0.2.1 is not an address of this machine')
})

test.runIf(hasLoopbackNetwork)('traffic is lent where it is asked for', async () => {
  expect((await served({})).target.given.traffic).toBeUndefined()
  expect((await served({ traffic: true })).target.given.traffic?.entry).toMatch(/^127\./)
})

test.runIf(hasLoopbackNetwork)('traffic is refused where it cannot be carried', async () => {
  await expect(served({ traffic: true, host: '0.0.0.0' })).rejects.toThrow('on loopback only')
  const unseen = served({ traffic: true, mutant: ['cascades-to-members'] })
  await expect(unseen).rejects.toThrow('does not show in traffic')
})

test('a mutant that is nearly named is suggested, another one is not', async () => {
  await expect(served({ mutant: ['cascade-to-members'] })).rejects.toThrow(
    'There is no mutant cascade-to-members. Did you mean cascades-to-members?',
  )
  for (const mutant of ['foo', 'something-else-altogether']) {
    await expect(served({ mutant: [mutant] })).rejects.toThrow(
      new RegExp(`There is no mutant ${mutant}\\.$`),
    )
  }
})
