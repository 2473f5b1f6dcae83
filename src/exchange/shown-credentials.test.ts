import { expect, test } from 'vitest'
import type { Credentials } from '../model.ts'
import { recorded } from './evidence.ts'
import { shownCredentials } from './shown-credentials.ts'

test.each<[Credentials | undefined, string]>([
  [undefined, '(redacted)'],
  ['none', '(none)'],
  ['wrong', '(wrong)'],
  ['other', '(redacted, of another account)'],
  ['readOnly', '(redacted, of a key that may only read)'],
  ['cut', '(cut short)'],
  [{ without: 'Timestamp' }, '(redacted, without Timestamp)'],
  [{ aged: 1_200_000 }, '(redacted, made 20 minutes ago)'],
  [{ again: {} }, '(redacted, used before)'],
  [{ noted: {} }, '(redacted)'],
])('%j is shown as %s', (credentials, value) => {
  expect(shownCredentials(credentials, 'X-Auth-Token')).toEqual({ name: 'X-Auth-Token', value })
})

test('three requests that differ only in their token can be told apart in the evidence', () => {
  const shown = (['none', 'wrong', undefined] as const).map((credentials) => {
    const url = 'http://e/pools/1'
    const asked = { method: 'PUT', path: '/pools/1', url, carrier: 'X-Auth-Token' }
    const request = credentials === undefined ? asked : { ...asked, credentials }
    return recorded((text) => text, 'ask', request, {}, 1).request.credentials?.value
  })
  expect(shown).toEqual(['(none)', '(wrong)', '(redacted)'])
})

test('nothing is shown where the signer names no place', () => {
  expect(shownCredentials('none', undefined)).toBeUndefined()
})
