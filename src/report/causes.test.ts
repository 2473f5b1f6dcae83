import { describe, expect, it, test } from 'vitest'
import { causesOf, requestIn, withoutValues } from './causes.ts'
import type { Finding } from './report.ts'
import { deletionOf, slbRemoval } from './sample-exchanges.ts'
import { sampleReport } from './sample-report.ts'

const sample = sampleReport(2).findings[1] as Finding

function failing(id: string, reason: string, evidence = sample.evidence): Finding {
  return { ...sample, id: `elb/delete-pool/${id}`, reason, evidence }
}

/** An answer to a deletion, whose path has another id each time. */
function answered(seed: number, status: number, body = ''): Finding['evidence'] {
  return [{ ...deletionOf(seed), response: { status, headers: [], body } }]
}

const refusal = (code: string) => JSON.stringify({ Code: code })

describe('causesOf', () => {
  it('joins what got the same answer, whatever was expected of a server error', () => {
    const found = causesOf([
      failing(
        'a',
        'DELETE /x/1 answered 500 with {"a":1}, expected a refusal (4xx).',
        answered(1, 500),
      ),
      failing(
        'b',
        'DELETE /x/2 answered 500, expected 2xx or 4xx. The case: text.',
        answered(2, 500),
      ),
      failing('c', 'Of three, DELETE answered 500.', answered(3, 500)),
    ])
    expect(found).toEqual([
      {
        kind: 'answer',
        sentence: 'DELETE /gateway/v2.0/lbaas/pools/{id} answered 500.',
        target: 'staging-eu',
        verdict: 'fail',
        findings: ['elb/delete-pool/a', 'elb/delete-pool/b', 'elb/delete-pool/c'],
      },
    ])
  })

  it('keeps refusals with different codes apart', () => {
    const reason = 'DELETE /x answered 403 with …, expected it to be accepted (2xx).'
    const found = causesOf([
      failing('a', reason, answered(1, 403, refusal('Quota'))),
      failing('b', reason, answered(2, 403, refusal('Forbidden'))),
      failing('c', reason, answered(3, 403, refusal('Quota'))),
    ])
    expect(found.map(({ findings }) => findings.length)).toEqual([2, 1])
    expect(found[0]?.sentence).toContain('answered 403 Quota, expected it to be accepted (2xx).')
  })

  it('joins what fails only under the same circumstances', () => {
    const found = causesOf([
      failing(
        'a',
        'The name of the pool was "a", is "b". It failed again when the pool is TCP, and passed when any of that was left out.',
      ),
      failing(
        'b',
        'One member is gone. It failed again when the pool is TCP, and passed when any of that was left out.',
      ),
      failing('c', 'One member is new.'),
    ])
    expect(found.map(({ kind, findings }) => [kind, findings.length])).toEqual([
      ['circumstances', 2],
      ['single', 1],
    ])
  })

  it('joins what cannot be decided because of the same control', () => {
    const control =
      'The target does not accept a persistence_timeout within its range, without which this cannot be tested.'
    const undecided = ['a', 'b'].map((id) => ({
      ...failing(id, control),
      verdict: 'inconclusive' as const,
    }))
    expect(causesOf(undecided)).toMatchObject([{ kind: 'control', sentence: control }])
  })

  it('never joins findings of two targets, or of two verdicts', () => {
    const one = failing('a', 'The same.')
    const others = [
      { ...one, target: 'another' },
      { ...one, verdict: 'inconclusive' as const },
    ]
    expect(causesOf([one, ...others])).toHaveLength(3)
  })

  it('tells a single failure in full, and takes every failure once', () => {
    const { findings } = sampleReport()
    const causes = causesOf(findings)
    const expected = findings.filter(({ verdict }) => ['fail', 'inconclusive'].includes(verdict))
    expect(causes.flatMap((cause) => cause.findings).toSorted()).toEqual(
      expected.map(({ id }) => id).toSorted(),
    )
    expect(causesOf([failing('a', 'It has pools.1 and "x".')])[0]).toMatchObject({
      kind: 'single',
      sentence: 'It has pools.1 and "x".',
    })
  })
})

test('a request is named without ids, and a call by its action', () => {
  expect(requestIn(deletionOf(7))).toBe('DELETE /gateway/v2.0/lbaas/pools/{id}')
  expect(requestIn(slbRemoval(7))).toBe('RemoveVServerGroupBackendServers')
})

test.each([
  [
    'pools.5a9a3e9e-0000-4000-8000-00000000000a.name was "a", is "b".',
    'pools.{id}.name was …, is ….',
  ],
  [
    'GET /v2.0/lbaas/pools/17 answered 404 with {"a":{"b":1}}.',
    'GET /v2.0/lbaas/pools/{id} answered 404 with ….',
  ],
  ['poolproof-0a1b2c3d-pool-7 is gone. More.', '{name} is gone.'],
  ['rsp-17abc has i-22.', '{id} has {id}.'],
])('without values: %s', (reason, general) => {
  expect(withoutValues(reason)).toBe(general)
})

test('takes time that grows with the length of a hostile reason', () => {
  const hostile = ['{', '"', '/a1', 'a-1', 'It failed again when '].map((part) =>
    part.repeat(200_000),
  )
  expect(causesOf(hostile.map((reason, index) => failing(String(index), reason)))).toHaveLength(5)
})
