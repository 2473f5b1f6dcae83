import { describe, expect, test } from 'vitest'
import {
  unobservable,
  type Check,
  type Family,
  type Fixtures,
  type Outcome,
  type Suite,
} from '../check/check.ts'
import { conclude, keyOf, type RunResult } from './conclude.ts'
import type { WalkOfTarget } from './walk-findings.ts'
import { addressOf, type RecordedExchange, type Requirement } from '../model.ts'
import { problems } from '../documents/schema.ts'
import type { ElbTarget, Waiver } from '../target.ts'
import { version } from '../documents/version.ts'

const now = new Date('2027-01-31T12:00:01.500Z')
const started = new Date('2027-01-31T12:00:00.000Z')

const target: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1',
  auth: { token: { env: 'TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
  profile: { udp: false },
  file: 'targets/staging.json',
}

const exchange: RecordedExchange = {
  purpose: 'ask',
  request: { method: 'DELETE', url: 'http://127.0.0.1/v2.0/lbaas/pools/1', headers: [] },
  response: { status: 409, headers: [], body: '' },
  milliseconds: 1,
}

function outcome(family?: Family, but: Partial<Outcome> = {}): Outcome {
  const thrown = family ? { thrown: { family, message: 'because' } } : {}
  return { ...thrown, exchanges: [exchange], leftovers: [], milliseconds: 3, ...but }
}

function requirement(name: string): Requirement {
  return {
    id: `elb/delete-pool/${name}`,
    level: 'must',
    text: 'A sentence.',
    source: 'Deleting a Backend Server Group › Constraints',
    readings: { kept: 'It stays.' },
  }
}

/** The result of a run on one target with these outcomes, by the names of requirements. */
function runOf(
  outcomes: Readonly<Record<string, Outcome | undefined>>,
  of: ElbTarget = target,
): RunResult {
  const requirements = Object.keys(outcomes).map((name) => requirement(name))
  const entries = requirements.map((one): Check => ({
    requirement: one,
    ask: () => Promise.resolve(),
  }))
  const unseen = unobservable(requirement('traffic'), 'Shows only in traffic.')
  const suite: Suite = {
    dialect: 'elb',
    operation: 'delete-pool',
    fixtures: {} as Fixtures,
    entries: [...entries, unseen],
  }
  return {
    targets: [of],
    suites: [suite],
    only: [],
    run: { id: '0a1b2c3d', seed: 7 },
    started,
    questions: requirements.map((one) => ({
      target: of,
      operation: 'delete-pool',
      requirement: one,
    })),
    outcomes: new Map(
      Object.entries(outcomes).flatMap(([name, one]) =>
        one ? [[keyOf(of.name, requirement(name).id), one] as const] : [],
      ),
    ),
    leftovers: [],
  }
}

function waived(name: string, expires: string): ElbTarget {
  const waiver: Waiver = { requirement: requirement(name).id, reason: 'r', owner: 'o', expires }
  return { ...target, waivers: [waiver] }
}

const pass = outcome()
const fail = outcome('broken')
const unasked = outcome('unasked')
const notOffered = outcome('not-offered')

describe('the conclusion', () => {
  test.each([
    ['all pass', { a: pass, b: pass }, 'conformant', 0],
    ['one is not offered', { a: pass, b: notOffered }, 'partial', 0],
    ['one fails', { a: pass, b: fail }, 'failed', 1],
    ['one is not asked', { a: pass, b: unasked }, 'undecided', 3],
    ['one fails and one is not asked', { a: fail, b: unasked }, 'failed', 1],
    ['one is not asked and one not offered', { a: unasked, b: notOffered }, 'undecided', 3],
    ['one has no outcome', { a: pass, b: undefined }, 'undecided', 3],
  ] as const)('%s', (_what, outcomes, conclusion, exitCode) => {
    expect(conclude(runOf(outcomes), now)).toMatchObject({ conclusion, exitCode })
  })

  test.each([
    ['a valid waiver of a failure', fail, '2027-02-01', 'partial', 0],
    ['a waiver of a failure on its last day', fail, '2027-01-31', 'partial', 0],
    ['an expired waiver of a failure', fail, '2027-01-30', 'failed', 1],
    ['a waiver of a requirement that passes', pass, '2027-02-01', 'failed', 1],
    ['a waiver of a requirement that was not asked', unasked, '2027-02-01', 'undecided', 3],
  ] as const)('%s', (_what, one, expires, conclusion, exitCode) => {
    const report = conclude(runOf({ a: one, b: pass }, waived('a', expires)), now)
    expect(report).toMatchObject({ conclusion, exitCode })
    expect(report.staleWaivers).toHaveLength(conclusion === 'failed' ? 1 : 0)
  })

  test('a waiver of a requirement that was not selected is not stale', () => {
    const report = conclude(runOf({ b: pass }, waived('a', '2027-01-30')), now)
    expect(report).toMatchObject({ conclusion: 'conformant', staleWaivers: [] })
  })

  test('each verdict is counted', () => {
    const outcomes = { a: pass, b: pass, c: fail, d: fail, e: unasked, f: notOffered, g: undefined }
    expect(conclude(runOf(outcomes, waived('d', '2027-02-01')), now).counts).toEqual({
      pass: 2,
      fail: 1,
      waived: 1,
      inconclusive: 2,
      'not-applicable': 1,
    })
  })
})

describe('a finding', () => {
  test('has its requirement, verdict, evidence, and the command that repeats it', () => {
    const [finding] = conclude(runOf({ a: fail }), now).findings
    expect(finding).toEqual({
      id: 'elb/delete-pool/a',
      dialect: 'elb',
      operation: 'delete-pool',
      level: 'must',
      text: 'A sentence.',
      source: 'Deleting a Backend Server Group › Constraints',
      address: addressOf('Deleting a Backend Server Group'),
      target: 'staging',
      verdict: 'fail',
      reason: 'because',
      repeat: 'poolproof run --target targets/staging.json --only elb/delete-pool/a --seed 7',
      evidence: [exchange],
      milliseconds: 3,
    })
  })

  test('on the built-in reference is repeated without a target', () => {
    const { file: _file, ...builtIn } = target
    const [finding] = conclude(runOf({ a: pass }, builtIn), now).findings
    expect(finding?.repeat).toBe('poolproof run --only elb/delete-pool/a --seed 7')
  })

  test('of an open reading says what was seen', () => {
    const seen = outcome(undefined, { reading: 'kept', seen: 'It moved.' })
    const [finding] = conclude(runOf({ a: seen }), now).findings
    expect(finding?.reading?.meaning).toBe('It stays. Seen: It moved.')
  })

  test('of a reading names it, and says what it means', () => {
    const [finding] = conclude(runOf({ a: outcome(undefined, { reading: 'kept' }) }), now).findings
    expect(finding).toMatchObject({
      verdict: 'pass',
      reading: { name: 'kept', meaning: 'It stays.' },
    })
  })

  test('that is waived shows the owner and the last day of the waiver', () => {
    const [finding] = conclude(runOf({ a: fail }, waived('a', '2027-02-01')), now).findings
    expect(finding).toMatchObject({
      verdict: 'waived',
      reason: 'because',
      waiver: { owner: 'o', expires: '2027-02-01' },
    })
  })

  test('without an outcome is inconclusive', () => {
    const [finding] = conclude(runOf({ a: undefined }), now).findings
    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      reason: 'The run ended before this was asked.',
      evidence: [],
    })
  })

  test('names its target', () => {
    const other = { ...target, name: 'other' }
    const one = runOf({ a: pass })
    const both: RunResult = {
      ...one,
      targets: [target, other],
      questions: [
        ...one.questions,
        ...one.questions.map((question) => ({ ...question, target: other })),
      ],
      outcomes: new Map([...one.outcomes, [keyOf('other', 'elb/delete-pool/a'), fail]]),
    }
    const { findings } = conclude(both, now)
    expect(findings.map(({ target, verdict }) => [target, verdict])).toEqual([
      ['staging', 'pass'],
      ['other', 'fail'],
    ])
  })
})

describe('a report', () => {
  const report = conclude({ ...runOf({ a: pass, b: fail }), only: ['elb', 'slb'] }, now)

  test('says what ran, when, and which command repeats it', () => {
    expect(report.run).toEqual({
      id: '0a1b2c3d',
      seed: 7,
      startedAt: '2027-01-31T12:00:00.000Z',
      milliseconds: 1500,
      exchanges: 2,
      only: ['elb', 'slb'],
      command: 'poolproof run --target targets/staging.json --only elb --only slb --seed 7',
    })
    expect(report.tool.version).toBe(version())
  })

  test('names the target, and not the variables of its secrets', () => {
    expect(report.targets).toEqual([
      {
        name: 'staging',
        dialect: 'elb',
        endpoint: 'http://127.0.0.1',
        file: 'targets/staging.json',
        profile: { udp: false },
      },
    ])
    expect(JSON.stringify(report)).not.toContain('TOKEN')
  })

  test('lists unobservable requirements', () => {
    expect(report.unobservable).toMatchObject([
      { id: 'elb/delete-pool/traffic', reason: 'Shows only in traffic.' },
    ])
  })

  test('lists what is left behind', () => {
    const leftovers = ['The pool 1 is still there.']
    expect(conclude({ ...runOf({ a: pass }), leftovers }, now).leftovers).toEqual(leftovers)
  })

  test('fits its schema', () => {
    expect(problems('report.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([])
  })
})

describe('walks', () => {
  const violation = {
    requirement: 'elb/delete-pool/a',
    message: 'It is gone.\nAfter these steps:\n1. Create pool 1.',
    path: 'elb/2/0:1/AAB:V',
    exchanges: [exchange, exchange],
    drawn: { run: 'abc', exchanges: 2, loadBalancers: [], values: {} },
  }
  const walk = { steps: 5, requests: 40, leftovers: [], milliseconds: 1, target: 'staging' }
  const walked: readonly WalkOfTarget[] = [
    { ...walk, number: 2, violation },
    { ...walk, number: 1, unfinished: 'No answer.' },
  ]

  test('break a requirement that its check found kept, and say how to repeat that', () => {
    const report = conclude({ ...runOf({ a: pass, b: pass }), walked }, now)
    const [broken, kept] = report.findings
    expect(broken).toMatchObject({ verdict: 'fail', reason: violation.message })
    expect(broken?.evidence).toHaveLength(2)
    expect(broken?.repeat).toBe(
      'poolproof run --target targets/staging.json --only elb/delete-pool/a --seed 7 --walk-path elb/2/0:1/AAB:V',
    )
    expect([kept?.verdict, report.exitCode]).toEqual(['pass', 1])
    expect(problems('report.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([])
  })

  test('leave a failure as the check found it', () => {
    const [finding] = conclude({ ...runOf({ a: fail }), walked }, now).findings
    expect([finding?.reason, finding?.repeat]).toEqual([
      'because',
      'poolproof run --target targets/staging.json --only elb/delete-pool/a --seed 7',
    ])
  })

  test('are excused by the waiver of the requirement', () => {
    const { findings } = conclude({ ...runOf({ a: pass }, waived('a', '2027-02-01')), walked }, now)
    expect(findings.map(({ verdict }) => verdict)).toEqual(['waived'])
  })

  test('are summed up, with those that ended early', () => {
    const { walks, run } = conclude({ ...runOf({ b: pass }), walked, walks: { count: 2 } }, now)
    expect(walks).toEqual([
      {
        target: 'staging',
        taken: 2,
        steps: 10,
        requests: 80,
        unfinished: ['Walk 1 ended early: No answer.'],
      },
    ])
    expect([run.exchanges, run.command]).toEqual([
      81,
      'poolproof run --target targets/staging.json --seed 7 --walks 2',
    ])
  })
})

describe('a fault of ours', () => {
  test('in one check costs no other outcome', () => {
    const report = conclude(runOf({ a: pass, b: outcome('ours'), c: fail }), now)
    expect(report).toMatchObject({ conclusion: 'failed', exitCode: 70 })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive', 'fail'])
    expect(report.findings[1]?.reason).toContain('a fault of Poolproof, not of the target')
    expect(report.faults).toEqual(['staging elb/delete-pool/b: because'])
    expect(problems('report.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([])
  })

  test('of the whole run leaves nothing conformant', () => {
    const report = conclude({ ...runOf({ a: pass }), faults: ['It broke.'] }, now)
    expect(report).toMatchObject({ conclusion: 'undecided', exitCode: 70, faults: ['It broke.'] })
  })

  test('is not waived, and makes no waiver stale', () => {
    const run = runOf({ a: outcome('ours') }, waived('a', '2027-02-01'))
    expect(conclude(run, now)).toMatchObject({ staleWaivers: [], counts: { inconclusive: 1 } })
  })
})

test.each([2, 3] as const)('a run that asked nothing ends with %i, and says why', (exitCode) => {
  const notAsked = { reason: 'Wrong token.', exitCode }
  const report = conclude({ ...runOf({ a: undefined }), notAsked }, now)
  expect(report).toMatchObject({ conclusion: 'undecided', exitCode, notAsked: 'Wrong token.' })
  expect(report.findings).toMatchObject([{ verdict: 'inconclusive', reason: 'Wrong token.' }])
  expect(problems('report.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([])
})

test('what was found of a target is in the report, unless nothing was asked of it', () => {
  const found = { readLagMilliseconds: 20, notOffered: [] }
  const all = new Map([[target.name, found]])
  const report = conclude({ ...runOf({ a: pass }), found: all }, now)
  expect(report.targets).toMatchObject([{ name: 'staging', found }])
  expect(problems('report.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([])
  const unasked = conclude({ ...runOf({ a: undefined }), found: all }, now)
  expect(unasked.targets[0]).not.toHaveProperty('found')
})

test('what is left behind gives 3, unless something is broken', () => {
  const leftovers = ['The pool 1 is still there.']
  expect(conclude({ ...runOf({ a: pass }), leftovers }, now).exitCode).toBe(3)
  expect(conclude({ ...runOf({ a: fail }), leftovers }, now).exitCode).toBe(1)
})
