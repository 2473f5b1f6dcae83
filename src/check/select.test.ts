import { describe, expect, test } from 'vitest'
import { unobservable, type Fixtures, type Suite } from './check.ts'
import { UsageError, type Operation } from '../model.ts'
import { nearest, select, selected, selects } from './select.ts'

const fixtures = {} as Fixtures

function suite(operation: Operation, ...names: readonly string[]): Suite {
  const entries = names.map((name) =>
    unobservable(
      { id: `elb/${operation}/${name}`, level: 'must', text: 't', source: 's' },
      'It cannot be seen.',
    ),
  )
  return { dialect: 'elb', operation, fixtures, entries }
}

const suites = [
  suite('delete-pool', 'members-first', 'members-first-of-all', 'gone'),
  suite('update-pool', 'request.pool.name.max-length', 'request.pool.name'),
]

const idsOf = (only: readonly string[]) =>
  selected(suites, only).flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))

describe('selects', () => {
  test.each([
    ['elb', 'elb/delete-pool/gone', true],
    ['elb/', 'elb/delete-pool/gone', true],
    ['elb/delete-pool', 'elb/delete-pool/gone', true],
    ['elb/delete-pool/gone', 'elb/delete-pool/gone', true],
    ['elb/update-pool/request.pool', 'elb/update-pool/request.pool.name', true],
    ['el', 'elb/delete-pool/gone', false],
    ['elb/delete', 'elb/delete-pool/gone', false],
    ['elb/delete-pool', 'elb/delete-pools/gone', false],
    ['elb/delete-pool/members-first', 'elb/delete-pool/members-first-of-all', false],
    ['elb/update-pool/request.pool.na', 'elb/update-pool/request.pool.name', false],
    ['delete-pool', 'elb/delete-pool/gone', false],
    ['elb/delete-pool/gone/', 'elb/delete-pool/gone', false],
    ['', 'elb/delete-pool/gone', false],
  ])('%j and %s: %s', (prefix, id, expected) => {
    expect(selects(prefix, id)).toBe(expected)
  })
})

describe('selected', () => {
  test('is everything without a prefix', () => {
    expect(selected(suites, [])).toEqual(suites)
  })

  test('keeps only what a prefix selects, and no empty suite', () => {
    expect(idsOf(['elb/delete-pool/members-first'])).toEqual(['elb/delete-pool/members-first'])
    expect(selected(suites, ['elb/update-pool'])).toHaveLength(1)
  })

  test('joins several prefixes, each requirement once and in the order of the suites', () => {
    expect(
      idsOf(['elb/update-pool/request.pool.name', 'elb/delete-pool/gone', 'elb/delete-pool']),
    ).toEqual(suites.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id)))
  })

  test.each([
    ['elb/delete', ['members-first', 'members-first-of-all', 'gone']],
    ['elb/delete-pool/members', ['members-first', 'members-first-of-all']],
    ['elb/delete-pool/members-first', ['members-first']],
    ['elb/*/members-*', ['members-first', 'members-first-of-all']],
    [
      'elb/*',
      [
        'members-first',
        'members-first-of-all',
        'gone',
        'request.pool.name.max-length',
        'request.pool.name',
      ],
    ],
    ['**.max-length', ['request.pool.name.max-length']],
    ['**/request.pool.name', ['request.pool.name.max-length', 'request.pool.name']],
    ['elb/*/*first', ['members-first']],
  ])('%s selects %j', (pattern, names) => {
    expect(idsOf([pattern]).map((id) => id.split('/')[2])).toEqual(names)
  })

  test('leaves out what is skipped, and says what that was', () => {
    const { suites: left, skipped } = select(suites, {
      only: ['elb/delete-pool'],
      skip: ['elb/*/members-*', 'elb/update-pool'],
    })
    expect(left.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))).toEqual(
      ['elb/delete-pool/gone'],
    )
    expect(skipped.map(({ requirement }) => requirement.id)).toEqual([
      'elb/delete-pool/members-first',
      'elb/delete-pool/members-first-of-all',
    ])
    expect(() => select(suites, { only: [], skip: ['elb/gone'] })).toThrow(
      '--skip elb/gone selects',
    )
  })

  test('keeps only the levels that are named', () => {
    expect(select(suites, { only: [], levels: ['must'] }).suites).toEqual(suites)
    expect(select(suites, { only: [], levels: ['implied', 'reading'] }).suites).toEqual([])
  })

  test('says of a pattern that selects nothing only that', () => {
    expect(() => selected(suites, ['elb/*/x*'])).toThrow(/begins like it\. `poolproof list`/)
  })

  test.each([
    ['elb/delet-pool', 'elb/delete-pool'],
    ['elb/delete-pool/member-first', 'elb/delete-pool/members-first'],
    ['elb/update-pools', 'elb/update-pool'],
  ])('%s selects nothing, and %s is suggested', (wrong, near) => {
    const select = () => selected(suites, ['elb/delete-pool/gone', wrong])
    expect(select).toThrow(UsageError)
    expect(select).toThrow(
      `--only ${wrong} selects nothing: no requirement has this id or begins like it. Did you mean ${near}?`,
    )
  })
})

test('nearest suggests ids and their first two words', () => {
  const ids = ['elb/delete-pool/gone', 'slb/remove-backend-servers/gone']
  expect(nearest('slb/remove-backend-server', ids)).toBe('slb/remove-backend-servers')
  expect(nearest('elb/delete-pool/gon', ids)).toBe('elb/delete-pool/gone')
})
