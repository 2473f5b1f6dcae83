import { expect, test } from 'vitest'
import { accountOf, compared } from './account.ts'
import { target } from './target-for-test.ts'

const environment = { PASSWORD: 'canary-password' }

function of(domain: string | undefined, project: string) {
  const auth = {
    iam: 'http://127.0.0.1/v3',
    userId: 'user-1',
    password: { env: 'PASSWORD' },
    project,
    ...(domain === undefined ? {} : { domain }),
  }
  return accountOf({ ...target, auth }, environment)
}

test('the name of a project says whose it is only with its domain', () => {
  expect(compared(of('acme', 'eu-de'), of('acme', 'eu-de'))).toBe('same')
  expect(compared(of('acme', 'eu-de'), of('other', 'eu-de'))).toBe('other')
  expect(compared(of(undefined, 'eu-de'), of(undefined, 'eu-de'))).toBe('unknown')
})

test('names that are joined cannot be mistaken for others', () => {
  expect(compared(of('a/b', 'c'), of('a', 'b/c'))).toBe('other')
})
