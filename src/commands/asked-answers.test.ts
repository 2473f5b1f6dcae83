import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { UsageError } from '../model.ts'
import { askedAnswers } from './asked-answers.ts'

afterEach(() => vi.restoreAllMocks())

/** A person who types one of these after each question. */
async function typing(keys: readonly string[], given: Readonly<Record<string, string>> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const due = [...keys]
  let shown = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    if (text.endsWith(': ')) setImmediate(() => input.write(due.shift() ?? '\u0004'))
  })
  const answers = await askedAnswers(given, { input, output }).catch((error: unknown) => error)
  return { answers, shown, untyped: due }
}

test('elb: what is open is asked for, with the usual answers', async () => {
  const { answers, untyped } = await typing([
    'elb\r',
    '\r',
    'https://a.example\r',
    '\r',
    's-1\r',
    '\r',
  ])
  expect(answers).toEqual({
    dialect: 'elb',
    name: 'staging',
    endpoint: 'https://a.example',
    auth: 'token',
    'subnet-id': 's-1',
    addresses: '192.0.2.10,192.0.2.11',
  })
  expect(untyped).toEqual([])
})

test('slb: flags are not asked for, and what may be empty is left out', async () => {
  const given = { dialect: 'slb', name: 'x', endpoint: 'https://a.example', region: 'r' }
  const { answers, shown } = await typing(['i-1, i-2\r', '\r'], given)
  expect(answers).toEqual({ ...given, 'server-ids': 'i-1, i-2' })
  expect(shown).not.toContain('Which API')
})

test('what cannot be an answer is asked for again, and told why', async () => {
  const keys = [
    'foo\r',
    'slb\r',
    '\r',
    '\r',
    'ftp://a\r',
    'http://a\r',
    '\r',
    ' , \r',
    'i-1\r',
    '\r',
  ]
  const { answers, shown } = await typing(keys)
  expect(answers).toMatchObject({ dialect: 'slb', endpoint: 'http://a', 'server-ids': 'i-1' })
  for (const why of [
    'That is not one of elb, slb.',
    'An answer is needed. Ctrl-C leaves.',
    'That is not an address that begins with https:// or http://.',
    'That is not a list with anything in it.',
  ]) {
    expect(shown).toContain(`${why}\n`)
  }
})

test('a password: the identity service and the user are asked for', async () => {
  const given = { dialect: 'elb', name: 'x', endpoint: 'https://a', addresses: '192.0.2.1' }
  const keys = ['password\r', 's\r', 'https://iam/v3\r', 'u\r', 'd\r', 'p\r']
  const { answers } = await typing(keys, given)
  expect(answers).toMatchObject({ iam: 'https://iam/v3', user: 'u', domain: 'd', project: 'p' })
})

test('Ctrl-D leaves without a file', async () => {
  const { answers } = await typing(['elb\r', '\u0004'])
  expect(answers).toEqual(new UsageError('The questions were left. No file was written.'))
})

test('Ctrl-C is the signal that it is', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  await typing(['\u0003\u0004'])
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGINT')
})

test('without a terminal, what is missing is named', async () => {
  await expect(askedAnswers({ dialect: 'slb' })).rejects.toThrow(
    'Standard input is not a terminal. Pass these options: --endpoint, --server-ids. See poolproof init --help.',
  )
})
