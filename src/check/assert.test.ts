import { describe, expect, test } from 'vitest'
import {
  requestLine,
  assertAccepted,
  assertNotFound,
  assertRefused,
  assertSame,
  assertStatus,
  assertThat,
  assertUnchanged,
  assertUnchangedIf,
  differences,
  isAccepted,
  isRefused,
  misfits,
  readingOf,
} from './assert.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import type { Exchange, HttpRequest } from '../model.ts'

const remove = elbRequest('DELETE', '/pools/5a9a')

function answered(status: number, body?: unknown, request: HttpRequest = remove): Exchange {
  const text = body === undefined ? '' : JSON.stringify(body)
  return { purpose: 'ask', request, status, headers: [], text, body }
}

/** The message of an assertion that fails; `''` when it holds. */
function messageOf(assertion: () => unknown): string {
  try {
    assertion()
    return ''
  } catch (error) {
    if ((error as Error).name !== 'AssertionError') throw error
    return (error as Error).message
  }
}

const statuses = [200, 201, 202, 204, 301, 304, 400, 401, 404, 409, 429, 499, 500, 503]

describe('accepted and refused', () => {
  test.each(statuses)('%i is one, the other or neither', (status) => {
    const accepted = status < 300
    const refused = status >= 400 && status < 500
    const exchange = answered(status)
    expect([isAccepted(exchange), isRefused(exchange)]).toEqual([accepted, refused])
    expect(messageOf(() => assertAccepted(exchange)) === '').toBe(accepted)
    expect(messageOf(() => assertRefused(exchange)) === '').toBe(refused)
  })

  test('200 with a Code of an error is neither', () => {
    const exchange = answered(200, { Code: 'InvalidParameter', RequestId: '1' })
    expect([isAccepted(exchange), isRefused(exchange)]).toEqual([false, false])
    expect(messageOf(() => assertAccepted(exchange))).toContain('expected it to be accepted')
    expect(messageOf(() => assertRefused(exchange))).toContain('expected a refusal')
  })

  test('the message names the request, the answer and what was expected', () => {
    expect(messageOf(() => assertRefused(answered(204)))).toBe(
      'DELETE /v2.0/lbaas/pools/5a9a answered 204 without a body, expected a refusal (4xx).',
    )
    const why = 'A pool that still has backend servers is not deleted.'
    expect(messageOf(() => assertRefused(answered(500, { a: 1 }), why))).toBe(
      'DELETE /v2.0/lbaas/pools/5a9a answered 500 with {"a":1}, expected a refusal (4xx). A pool that still has backend servers is not deleted.',
    )
    expect(messageOf(() => assertAccepted(answered(409)))).toBe(
      'DELETE /v2.0/lbaas/pools/5a9a answered 409 without a body, expected it to be accepted (2xx).',
    )
  })

  test('only the beginning of a long body is shown, on one line', () => {
    const exchange = { ...answered(500), text: `<html>\n\n  ${'x'.repeat(1000)}` }
    const sentence = messageOf(() => assertRefused(exchange))
    expect(sentence).toContain('with <html> xxx')
    expect(sentence).toContain('…, expected')
    expect(sentence.length).toBeLessThan(320)
    expect(sentence).not.toContain('\n')
  })
})

describe('assertNotFound', () => {
  test.each(statuses)('%i', (status) => {
    expect(messageOf(() => assertNotFound(answered(status))) === '').toBe(
      [400, 404].includes(status),
    )
  })

  test('accepts 403 and 410 as well, and says what it expected', () => {
    expect(messageOf(() => assertNotFound(answered(410)))).toBe('')
    expect(messageOf(() => assertNotFound(answered(403)))).toBe('')
    expect(messageOf(() => assertNotFound(answered(200, {}), 'It was deleted.'))).toBe(
      'DELETE /v2.0/lbaas/pools/5a9a answered 200 with {}, expected not to find it (404). It was deleted.',
    )
  })
})

test('assertStatus accepts each of the given statuses', () => {
  expect(messageOf(() => assertStatus(answered(204), 200, 204))).toBe('')
  expect(messageOf(() => assertStatus(answered(202), 200, 204))).toBe(
    'DELETE /v2.0/lbaas/pools/5a9a answered 202 without a body, expected status 200 or 204.',
  )
})

describe('requestLine', () => {
  const parameters = { LoadBalancerId: 'lb-1' }

  test.each([
    [remove, 'DELETE /v2.0/lbaas/pools/5a9a'],
    [elbRequest('GET', '/pools', undefined, [['name', 'a']]), 'GET /v2.0/lbaas/pools'],
    [elbRequest('POST', '/pools', { Action: 'x' }), 'POST /v2.0/lbaas/pools'],
    [slbCall('RemoveBackendServers', parameters), 'RemoveBackendServers (GET)'],
    [
      slbCall('RemoveBackendServers', parameters, { method: 'POST' }),
      'RemoveBackendServers (POST)',
    ],
    [
      slbCall('RemoveBackendServers', parameters, { method: 'form' }),
      'RemoveBackendServers (POST)',
    ],
    [{ method: 'GET', path: '/' }, 'GET /'],
  ] as const)('%j', (request, name) => {
    expect(requestLine(answered(200, undefined, request))).toBe(name)
  })
})

const many = (value: number) => Array.from({ length: 12 }, () => value)

describe('differences', () => {
  test.each([
    ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['the same in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a value', { a: 1 }, { a: 2 }, ['a was 1, is 2']],
    ['a type', { a: 1 }, { a: '1' }, ['a was 1, is "1"']],
    [
      'a nested place',
      { pools: [{ name: 'a' }, { name: 'b', up: true }] },
      { pools: [{ name: 'a' }, { name: 'c', up: true }] },
      ['pools.1.name was "b", is "c"'],
    ],
    [
      'the first of a list of servers',
      [
        { ServerId: 'i-1', Port: 80 },
        { ServerId: 'i-1', Port: 81 },
      ],
      [{ ServerId: 'i-1', Port: 81 }],
      ['i-1:80 is gone (it was {"ServerId":"i-1","Port":80})'],
    ],
    [
      'an element with an id',
      [{ id: 'a' }, { id: 'b', n: 1 }],
      [{ id: 'b', n: 2 }],
      ['a is gone (it was {"id":"a"})', 'b.n was 1, is 2'],
    ],
    [
      'elements with one name',
      [
        { id: 'a', n: 1 },
        { id: 'a', n: 2 },
      ],
      [{ id: 'a', n: 1 }],
      ['1 is gone (it was {"id":"a","n":2})'],
    ],
    ['a key that was removed', { a: 1, b: 2 }, { a: 1 }, ['b is gone (it was 2)']],
    ['a key that was added', {}, { b: null }, ['b is new (null)']],
    ['a list that grew', [1], [1, { id: 'x' }], ['1 is new ({"id":"x"})']],
    ['null for an object', { a: {} }, { a: null }, ['a was {}, is null']],
    ['an object for a list', { a: [] }, { a: {} }, ['a was [], is {}']],
    ['all of it', 'a', undefined, ['the value is gone (it was "a")']],
  ])('name the place: %s', (_what, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected)
  })

  test('are never empty for values that differ', () => {
    expect(differences({ a: { b: undefined } }, { a: {} })).toHaveLength(1)
    expect(differences([], {})).toHaveLength(1)
  })

  test('are five at most, with the number of the others, also in nested values', () => {
    for (const wrap of [(all: unknown) => all, (all: unknown) => ({ a: { b: all } })]) {
      const found = differences(wrap(many(1)), wrap(many(2)))
      expect(found).toHaveLength(6)
      expect(found.at(-1)).toBe('and 7 more')
    }
    const spread = (value: number) => ({ a: many(value), b: many(value) })
    expect(differences(spread(1), spread(2)).at(-1)).toBe('and 19 more')
    expect(differences(many(1).slice(0, 5), many(2).slice(0, 5))).toHaveLength(5)
  })

  test('show only the beginning of a long value', () => {
    const [sentence = ''] = differences({ a: 'x'.repeat(500) }, { a: 1 })
    expect(sentence).toMatch(/^a was "x+…, is 1$/)
    expect(sentence.length).toBeLessThan(150)
  })
})

describe('misfits', () => {
  test.each([
    ['the same', { a: [1] }, { a: [1] }, []],
    ['a nested place', [{ name: 'a' }], [{ name: 'b' }], ['0.name: expected "a", got "b"']],
    ['a key that is missing', { a: 1, b: 2 }, { a: 1 }, ['b is missing (expected 2)']],
    ['a key that is unexpected', {}, { b: null }, ['b is unexpected (null)']],
    ['all of it', 3, 7, ['expected 3, got 7']],
  ])('name the place: %s', (_what, expected, actual, found) => {
    expect(misfits(expected, actual)).toEqual(found)
  })

  test('are five at most, with the number of the others', () => {
    expect(misfits(many(1), many(2)).at(-1)).toBe('and 7 more')
  })
})

describe('assertions about values', () => {
  test('assertSame names the value, the place, the expected value and the actual one', () => {
    expect(messageOf(() => assertSame({ a: 1 }, { a: 1 }, 'The pool'))).toBe('')
    expect(messageOf(() => assertSame({ name: 'b' }, { name: 'a' }, 'The pool'))).toMatch(
      /^The pool .*: name: expected "a", got "b"\.$/,
    )
    expect(messageOf(() => assertSame(7, 3, 'The number of members'))).toBe(
      'The number of members is not as expected: expected 3, got 7.',
    )
    expect(messageOf(() => assertSame(undefined, 'a', 'The name'))).toBe(
      'The name is not as expected: it is missing (expected "a").',
    )
  })

  test('assertUnchanged says what changed', () => {
    expect(messageOf(() => assertUnchanged([1], [1]))).toBe('')
    expect(
      messageOf(() =>
        assertUnchanged({ name: 'a' }, { name: 'b' }, 'The request had been refused.'),
      ),
    ).toBe(
      'Something changed that should not have: name was "a", is "b". The request had been refused.',
    )
  })

  test('assertUnchangedIf compares only after a refusal', () => {
    expect(messageOf(() => assertUnchangedIf(false, 1, 2))).toBe('')
    expect(messageOf(() => assertUnchangedIf(true, 1, 1))).toBe('')
    expect(messageOf(() => assertUnchangedIf(true, 1, 2))).toContain(
      'The request had been refused.',
    )
  })

  test('assertThat throws the given sentence', () => {
    expect(messageOf(() => assertThat(true, 'No.'))).toBe('')
    expect(messageOf(() => assertThat(false, 'No pool is left.'))).toBe('No pool is left.')
  })

  test('readingOf returns the first reading that holds, and throws if none does', () => {
    expect(readingOf({ kept: false, gone: true, both: true }, 'Neither.')).toBe('gone')
    expect(messageOf(() => readingOf({ kept: false, gone: false }, 'Neither kept nor gone.'))).toBe(
      'Neither kept nor gone.',
    )
  })
})
