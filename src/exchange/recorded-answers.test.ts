import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import type { HttpRequest, Purpose, RecordedExchange } from '../model.ts'
import { inTimeOf, pause } from './clock.ts'
import { RecordedAnswers } from './recorded-answers.ts'
import { virtualClock } from './virtual-clock.ts'

const url = 'http://elb'

/** An exchange of the evidence, answered with this status. */
function recorded(purpose: Purpose, request: HttpRequest, status: number): RecordedExchange {
  const { method, path, headers = {}, body } = request
  return {
    purpose,
    request: {
      method,
      url: url + path,
      headers: Object.entries(headers),
      ...(body === undefined ? {} : { body }),
      credentials: { name: 'X-Auth-Token', value: '(redacted)' },
    },
    response: { status, headers: [], body: '' },
    milliseconds: 1,
  }
}

const show = elbRequest('GET', '/pools/1')
const update = elbRequest('PUT', '/pools/1', { pool: { name: 'a' } })
const other = elbRequest('PUT', '/pools/1', { pool: { name: 'b' } })

const answersOf = (...all: RecordedExchange[]) =>
  new RecordedAnswers(all, ({ request }) => request.method === 'GET')

/** The status of the next answer. */
function next(answers: RecordedAnswers, purpose: Purpose, request: HttpRequest) {
  return answers.take(purpose, request, url + request.path)?.response?.status
}

test('answers a request by purpose, address, body and credentials, each exchange once', () => {
  const answers = answersOf(recorded('ask', update, 200), recorded('look', show, 201))
  expect(next(answers, 'ask', other)).toBeUndefined()
  expect(next(answers, 'arrange', update)).toBeUndefined()
  expect(next(answers, 'ask', { ...update, credentials: 'wrong' })).toBeUndefined()
  expect([next(answers, 'ask', update), next(answers, 'ask', update)]).toEqual([200, undefined])
  expect(answers.unused.map(({ purpose }) => purpose)).toEqual(['look'])
})

test('a look is answered as it was after the write before it', () => {
  const answers = answersOf(
    recorded('look', show, 201),
    recorded('look', show, 202),
    recorded('ask', update, 200),
    recorded('look', show, 203),
  )
  expect(next(answers, 'look', show)).toBe(201)
  expect(next(answers, 'ask', update)).toBe(200)
  expect(next(answers, 'look', show)).toBe(203)
})

test('a look that is made more often than then shows what it showed last, but only later', async () => {
  const answers = answersOf(recorded('look', show, 201), recorded('ask', update, 200))
  await inTimeOf(virtualClock(), async () => {
    expect([next(answers, 'look', show), next(answers, 'look', show)]).toEqual([201, undefined])
    await pause(10)
    expect(next(answers, 'look', show)).toBe(201)
    expect(next(answers, 'ask', update)).toBe(200)
    await pause(10)
    expect(next(answers, 'look', show)).toBeUndefined()
  })
})

test('knows whether what was asked last was asked once more before anything else was written', () => {
  const twice = answersOf(recorded('ask', update, 409), recorded('ask', update, 200))
  next(twice, 'ask', update)
  expect(twice.wasRepeated).toBe(true)
  next(twice, 'ask', update)
  expect(twice.wasRepeated).toBe(false)
  const later = answersOf(
    recorded('look', show, 200),
    recorded('ask', update, 200),
    recorded('look', show, 200),
  )
  next(later, 'look', show)
  expect(later.wasRepeated).toBe(false)
})

test('a look of the guard is right before its write, and takes no answer from the check', () => {
  const answers = answersOf(
    recorded('arrange', show, 201),
    recorded('arrange', show, 202),
    recorded('ask', update, 200),
  )
  next(answers, 'arrange', show)
  const place = answers.placeOf('ask', update, url + update.path)
  const look = () => answers.takeBefore(place, 'arrange', show, url + show.path)?.response?.status
  expect([place, look(), look()]).toEqual([2, 202, undefined])
})
