import { expect, test } from 'vitest'
import { keeping, recorded } from './evidence.ts'
import type { RecordedExchange } from '../model.ts'

const redact = (text: string) => text.replaceAll('canary', '[redacted]')

function exchangeWith(body: string): RecordedExchange {
  const request = { method: 'GET', path: '/', url: 'http://e/?canary' }
  return recorded(
    redact,
    'ask',
    request,
    { response: { status: 200, headers: [], text: body, body } },
    1,
  )
}

test('a body of any documented size is stored whole', () => {
  const body = 'x'.repeat(60_000)
  expect(exchangeWith(body).response?.body).toBe(body)
  expect(exchangeWith(body).request.url).toBe('http://e/?[redacted]')
})

test('a very large body is cut, and says so', () => {
  const { body = '' } = exchangeWith('x'.repeat(8_000_000)).response ?? {}
  expect(body.length).toBeLessThan(66_000)
  expect(body).toMatch(/x… \(7934464 more characters are not kept\)$/)
})

test('the size of all bodies of a check is limited', () => {
  const kept: RecordedExchange[] = []
  const keep = keeping(kept)
  for (let time = 0; time < 200; time += 1) keep(exchangeWith('x'.repeat(100_000)))
  expect(kept).toHaveLength(200)
  expect(JSON.stringify(kept).length).toBeLessThan(1_200_000)
})
