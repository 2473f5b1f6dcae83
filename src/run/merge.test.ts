import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  unobservable,
  type Check,
  type Fixtures,
  type Outcome,
  type Suite,
} from '../check/check.ts'
import { inShard, shardNamed, walkInShard, type Shard } from '../check/shard.ts'
import { referenceTarget } from '../reference/embedded.ts'
import type { Report } from '../report/report.ts'
import { conclude, keyOf, type RunResult } from './conclude.ts'
import { merged } from './merge.ts'
import type { WalkOfTarget } from './walk-findings.ts'

const target = {
  ...referenceTarget('elb', 'http://reference.invalid', { asynchronousMilliseconds: 0 }),
  waivers: ['elb/delete-pool/a0', 'elb/delete-pool/a1', 'elb/delete-pool/a2'].map(
    (requirement, index) => ({
      requirement,
      reason: 'r',
      owner: 'o',
      expires: index === 0 ? '2001-01-01' : '2999-01-01',
    }),
  ),
}

const ids = Array.from({ length: 9 }, (_, index) => `elb/delete-pool/a${index}`)
const requirementOf = (id: string) => ({ id, level: 'must', text: 't', source: 's' }) as const

const suites: readonly Suite[] = [
  {
    dialect: 'elb',
    operation: 'delete-pool',
    fixtures: {} as Fixtures,
    entries: [
      ...ids.map((id): Check => ({ requirement: requirementOf(id), ask: () => Promise.resolve() })),
      unobservable(requirementOf('elb/delete-pool/unseen'), 'It cannot be seen.'),
    ],
  },
]

const otherProfile = (report: Report): Report => ({
  ...report,
  targets: report.targets.map((one) => ({ ...one, profile: { ...one.profile, udp: false } })),
})

const started = new Date('2026-03-14T09:26:53Z')
const ended = new Date('2026-03-14T09:27:53Z')

const questionsOf = (some: readonly Suite[]) =>
  some.flatMap(({ operation, entries }) =>
    entries
      .filter((entry) => 'ask' in entry)
      .map(({ requirement }) => ({ target, operation, requirement })),
  )

/** What was drawn for a run: each check's outcome, and its walks. */
interface Drawn {
  readonly outcomes: readonly Outcome[]
  readonly walked: readonly WalkOfTarget[]
}

function reportOf({ outcomes, walked }: Drawn, shard?: Shard, id = '00000001'): Report {
  const part = shard ? inShard(suites, shard) : suites
  const questions = questionsOf(part)
  const own = new Set(questions.map(({ requirement }) => requirement.id))
  const result: RunResult = {
    targets: [target],
    suites,
    only: [],
    run: { id, seed: 7 },
    started,
    questions,
    others: questionsOf(suites).filter(({ requirement }) => !own.has(requirement.id)),
    outcomes: new Map(
      ids.flatMap((one, index) => {
        const outcome = outcomes[index]
        return own.has(one) && outcome ? [[keyOf(target.name, one), outcome] as const] : []
      }),
    ),
    walks: { count: 4 },
    walked: walked.filter(({ number }) => !shard || walkInShard(number, shard)),
    leftovers: [],
    ...(shard ? { shard } : {}),
  }
  return conclude(result, ended)
}

/** Without run ids. */
function comparable({ run, ...report }: Report): object {
  const { id: _id, ...rest } = run
  return { ...report, run: rest }
}

const thrown = fc.option(
  fc.record({
    family: fc.constantFrom('broken', 'unasked', 'not-offered', 'ours'),
    message: fc.constantFrom('one', 'other'),
  }),
  { nil: undefined },
)

const outcome = fc
  .record({
    thrown,
    // At most one check breaks another requirement: which of several is reported first depends on time.
    circumstances: fc.constantFrom({}, { members: 'two' }),
  })
  .map(({ thrown: what, circumstances }): Outcome => {
    const rest = { circumstances, exchanges: [], leftovers: [], milliseconds: 5 }
    return what ? { ...rest, thrown: what } : rest
  })

const noDraws = { run: '1', exchanges: 0, loadBalancers: [], values: {} }

const walk = (number: number) =>
  fc
    .option(fc.record({ requirement: fc.constantFrom(...ids), message: fc.constant('by a walk') }))
    .map((violation): WalkOfTarget => ({
      target: target.name,
      number,
      steps: 9,
      requests: 3,
      leftovers: [],
      milliseconds: 5,
      ...(violation
        ? { violation: { ...violation, path: `elb/${number}`, exchanges: [], drawn: noDraws } }
        : {}),
    }))

const drawn = fc
  .record({
    outcomes: fc.array(outcome, { minLength: ids.length, maxLength: ids.length }),
    breaker: fc.nat(ids.length - 1),
    breaks: fc.option(fc.constantFrom(...ids), { nil: undefined }),
    walked: fc.tuple(walk(1), walk(2), walk(3), walk(4)),
  })
  .map(({ outcomes, breaker, breaks, walked }): Drawn => ({
    walked,
    outcomes: outcomes.map((one, index) =>
      index === breaker && breaks !== undefined
        ? { ...one, broken: [{ requirement: breaks, message: 'by an answer' }] }
        : one,
    ),
  }))

test('the merged report is that of the run without shards, whatever the checks and walks found', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 1, max: 9 }), fc.boolean(), (what, total, reversed) => {
      const parts = Array.from({ length: total }, (_, index) =>
        reportOf(what, { index: index + 1, total }, `0000000${index}`),
      )
      const whole = merged(reversed ? parts.toReversed() : parts, ids)
      const expected = reportOf(what)
      const { staleWaivers, faults = [], ...rest } = comparable(expected) as Report
      const { staleWaivers: its, faults: theirs = [], ...others } = comparable(whole) as Report
      expect(others).toEqual(rest)
      expect(its.toSorted()).toEqual(staleWaivers.toSorted())
      expect(theirs.toSorted()).toEqual(faults.toSorted())
    }),
    { numRuns: 60, seed: 1 },
  )
})

describe('what is not all shards of one run is not merged', () => {
  const passing = {
    walked: [],
    outcomes: ids.map(() => ({ exchanges: [], leftovers: [], milliseconds: 1 })),
  }
  const shard = (index: number, total = 3) => reportOf(passing, { index, total }, `0000000${index}`)
  const [one, two, three] = [shard(1), shard(2), shard(3)]

  test.each([
    [[], 'There is no report to merge.'],
    [[one, three], 'Of 3 shards, 2/3 is missing.'],
    [[one, two, three, two], 'The shard 2/3 was given twice.'],
    [[one, two, shard(2, 4)], 'the number of shards differs, 3 and 4'],
    [[one, two, reportOf(passing)], 'The run 00000001 is not a shard'],
    [[one, two, { ...three, run: { ...three.run, seed: 8 } }], 'seed differs, 7 and 8'],
    [[one, two, { ...three, run: { ...three.run, only: ['elb'] } }], 'only differs'],
    [[one, two, { ...three, targets: [] }], 'targets differs'],
    [[one, two, otherProfile(three)], 'targets differs'],
    [
      [one, two, { ...three, run: { ...three.run, startedAt: '2026-05-14T09:26:53Z' } }],
      'more than a day apart. One may be left over from an earlier pipeline.',
    ],
  ])('%#: %s', (reports, said) => {
    expect(() => merged(reports, ids)).toThrow(said)
  })

  test('a shard that could not ask counts with its exit code, and leaves the result undecided', () => {
    const wrong: Report = { ...two, exitCode: 2, notAsked: 'No server is there.' }
    expect(merged([one, wrong, three], ids)).toMatchObject({ exitCode: 2 })
    expect(merged([one, wrong, three], ids).notAsked).toBeUndefined()
    const all = [one, two, three].map((part) => ({ ...part, notAsked: 'No server is there.' }))
    expect(merged(all, ids).notAsked).toBe('No server is there.')
  })
})

describe('a shard', () => {
  test.each([1, 2, 3, 8])('of %d: each check is in exactly one', (total) => {
    const parts = Array.from({ length: total }, (_, index) =>
      questionsOf(inShard(suites, { index: index + 1, total })).map((one) => one.requirement.id),
    )
    expect(parts.flat().toSorted()).toEqual(ids)
    const sizes = parts.map((part) => part.length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  test.each([
    ['2/4', {}, { index: 2, total: 4 }],
    ['auto', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' }, { index: 1, total: 3 }],
    ['auto', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '3' }, { index: 1, total: 3 }],
    [
      'auto',
      { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' },
      { index: 3, total: 3 },
    ],
    ['auto/5', { JOB_COMPLETION_INDEX: '4' }, { index: 5, total: 5 }],
  ])('%s with %j', (text, environment, expected) => {
    expect(shardNamed(text, environment)).toEqual(expected)
  })

  test.each([
    ['0/4', {}],
    ['5/4', {}],
    ['4', {}],
    ['1/0', {}],
    ['x/y', {}],
    ['auto', {}],
    ['auto', { JOB_COMPLETION_INDEX: '1' }],
    ['auto', { CI_NODE_INDEX: '', CI_NODE_TOTAL: '1' }],
    ['auto/2', { JOB_COMPLETION_INDEX: '2' }],
    ['auto', { CI_NODE_INDEX: 'x', CI_NODE_TOTAL: '3' }],
  ])('%s with %j is refused', (text, environment) => {
    expect(() => shardNamed(text, environment)).toThrow(/--shard/)
  })
})
