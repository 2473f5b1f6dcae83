import { describe, expect, test } from 'vitest'
import type { HttpResponse } from '../model.ts'
import { deletePool, elbRequest, elbSpelling, removeMember, updatePool } from './elb.ts'

const spelling = elbSpelling

/** A write: of a read a lock is no answer either. */
const update = updatePool('p', {})

function answered(status: number, text = '', type = 'application/json'): HttpResponse {
  const headers = type === '' ? [] : ([['Content-TYPE', type]] as const)
  return { status, headers, text, body: spelling.read(text, type) }
}

describe('requests', () => {
  test('carry JSON where there is a body, and say so', () => {
    expect(elbRequest('POST', '/pools', { pool: { name: 'é' } })).toEqual({
      method: 'POST',
      path: '/v2.0/lbaas/pools',
      headers: { 'Content-Type': 'application/json' },
      body: '{"pool":{"name":"é"}}',
    })
  })

  test('carry nothing else', () => {
    expect(elbRequest('GET', '/pools')).toEqual({ method: 'GET', path: '/v2.0/lbaas/pools' })
    expect(elbRequest('GET', '/pools', undefined, [['name', 'a b']])).toEqual({
      method: 'GET',
      path: '/v2.0/lbaas/pools',
      query: [['name', 'a b']],
    })
  })

  test('carry null as a body', () => {
    expect(elbRequest('PUT', '/pools/1', null).body).toBe('null')
  })

  test('are those of the three pages', () => {
    expect(updatePool('p', { pool: {} })).toMatchObject({
      method: 'PUT',
      path: '/v2.0/lbaas/pools/p',
      body: '{"pool":{}}',
    })
    expect(deletePool('p')).toEqual({ method: 'DELETE', path: '/v2.0/lbaas/pools/p' })
    expect(removeMember('p', 'm')).toEqual({
      method: 'DELETE',
      path: '/v2.0/lbaas/pools/p/members/m',
    })
  })

  test('write what a segment may have as it is, so that each object has one path', () => {
    expect(removeMember('lb~1:2', 'm.3@=+_-').path).toBe(
      '/v2.0/lbaas/pools/lb~1:2/members/m.3@=+_-',
    )
  })

  test('keep an odd id within its segment of the path', () => {
    expect(removeMember('a/../b', 'c?d#e f').path).toBe(
      '/v2.0/lbaas/pools/a%2F..%2Fb/members/c%3Fd%23e%20f',
    )
  })
})

describe('reading', () => {
  test.each([
    ['{"pools": []}', 'application/json', { pools: [] }],
    ['{"pools": []}', '', { pools: [] }],
    [' [1]\n', 'text/plain', [1]],
    ['null', 'application/json', null],
    ['', 'application/json', undefined],
    ['{"pools": [', 'application/json', undefined],
    ['Not found', 'text/plain', undefined],
    ['{"a":1}', 'text/html; charset=utf-8', undefined],
  ])('%j as %j', (text, type, body) => {
    expect(spelling.read(text, type)).toEqual(body)
  })
})

describe('what says nothing about the question', () => {
  test.each([429, 502, 503, 504])('status %i, with whatever body', (status) => {
    expect(spelling.busy(answered(status), update)).toContain(String(status))
    expect(spelling.busy(answered(status, '{"error":"x"}'), update)).toContain(String(status))
  })

  const page = '\n<!DOCTYPE html><html><p>Sign in</html>'

  test.each([
    [200, page, 'text/html'],
    [200, page, ''],
    [200, '<HTML>', 'text/plain'],
    [200, 'Welcome', 'text/html'],
    [500, page, 'text/html'],
    [500, '<html>', 'application/json'],
  ])('a web page: %i %j as %j', (status, text, type) => {
    expect(spelling.busy(answered(status, text, type), update)).toContain('web page')
  })

  test.each([
    [200, '{"pools":[]}', 'application/json'],
    [204, '', ''],
    [400, page, 'text/html'],
    [404, page, 'text/html'],
    [409, '{"message":"immutable"}', 'application/json'],
    [500, '{"message":"oops"}', 'application/json'],
    [500, '', ''],
    [501, 'no', 'text/plain'],
  ])('but not an answer: %i %j as %j', (status, text, type) => {
    expect(spelling.busy(answered(status, text, type), update)).toBeUndefined()
  })

  test('a lock, of what only looks', () => {
    const locked = answered(409, '{"NeutronError":{"type":"StateInvalid"}}')
    expect(spelling.busy(locked, elbRequest('GET', '/pools'))).toContain('lock')
    expect(spelling.busy(locked, update)).toBeUndefined()
    expect(spelling.busy(answered(409, '{}'), elbRequest('GET', '/pools'))).toBeUndefined()
  })
})

test.each([
  [401, true],
  [400, false],
  [403, false],
  [404, false],
  [200, false],
])('with %i the credentials were not taken: %s', (status, expected) => {
  expect(spelling.unauthenticated(answered(status))).toBe(expected)
})

test.each([
  ['GET', true],
  ['PUT', false],
  ['POST', false],
  ['DELETE', false],
])('a lost answer to %s may be asked for again: %s', (method, expected) => {
  expect(spelling.repeatable({ method, path: '/' })).toBe(expected)
})

test.each([
  ['/pools/4f1c-9', 'GET /pools/{id}'],
  ['/l7policies/4f1c-9/rules', 'GET /l7policies/{id}/rules'],
])('a denied access to %s names the kind of what was asked for', (path, said) => {
  const denial = answered(403, '{"code":"ELB.9802","message":"Policy does not allow it."}')
  expect(spelling.denied?.(denial, elbRequest('GET', path))).toBe(
    `The credentials lack a right: ${said} answered 403 with "ELB.9802".`,
  )
})
