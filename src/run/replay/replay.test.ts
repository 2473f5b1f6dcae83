import { describe, expect, it } from 'vitest'
import { suites, walks } from '../../../suites/index.ts'
import type { Dialect, RecordedExchange, Verdict } from '../../model.ts'
import { knownServers } from '../../reference/known-servers.ts'
import type { Finding, Report } from '../../report/report.ts'
import { replay } from './replay.ts'
import { readBack, reportFrom, written } from './report-for-test.ts'
import { doubtsIn, summaryOf } from './replay-text.ts'

/** What a reader of the two files is told: what does not follow, and how many of each kind. */
async function replayOf(report: Report) {
  const replayed = await replay(readBack(written(report)), { suites, walks })
  const kinds = replayed.findings.map(({ result }) =>
    result.is === 'not-replayed' ? result.because : result.is,
  )
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return { doubts: doubtsIn(replayed), counts, summary: summaryOf(replayed) }
}

const asks = (id: string) => (one: string) => one.startsWith(id)

async function referenceReport(dialect: Dialect, id: string): Promise<Report> {
  return reportFrom(await knownServers.reference(dialect, false), suites, asks(id))
}

async function mutantReport(dialect: Dialect, mutant: string, id: string): Promise<Report> {
  return reportFrom(await knownServers.mutant(dialect, [mutant]), suites, asks(id))
}

const quick = (dialect: Dialect) =>
  knownServers.mutants.filter(
    (one) => one.dialect === dialect && !one.takesLong && one.foundElsewhere === undefined,
  )

/** Every so many of them. */
const some = (dialect: Dialect, step: number) =>
  quick(dialect).filter((_, index) => index % step === 5)

/** Those that only connections show. */
const byTraffic = (dialect: Dialect, step: number) =>
  quick(dialect)
    .filter(({ breaks }) => /traffic|connections|stick|cookie-(?:followed|set)/.test(breaks))
    .filter((_, index) => index % step === 0)

const trafficOfOthers = 'slb/remove-vserver-group-backend-servers/others-take-connections'

describe('the replay of an honest report', () => {
  it.each<[Dialect, string]>([
    ['elb', 'elb/delete-pool'],
    ['elb', 'elb/update-pool/response'],
    ['elb', 'elb/update-pool/active-only'],
    ['elb', 'elb/remove-member/open-'],
    ['slb', 'slb/remove-backend-servers'],
  ])('of the reference follows: %s %s', async (dialect, id) => {
    const report = await referenceReport(dialect, id)
    const { doubts, counts } = await replayOf(report)
    expect(doubts).toEqual([])
    expect(counts).toEqual({ follows: report.findings.length })
  })

  it('follows under all pairs of circumstances', async () => {
    const server = await knownServers.reference('elb', false)
    const meant = asks('elb/delete-pool/members-first')
    const report = await reportFrom(server, suites, meant, { seed: 3, strength: 2 })
    expect(report.findings[0]?.circumstances).toBeDefined()
    expect((await replayOf(report)).counts).toEqual({ follows: report.findings.length })
  })

  it('follows where a check has tried something that is tried once a run', async () => {
    const server = await knownServers.variant('elb', 'pools-need-different-names')
    const report = await reportFrom(server, suites, asks('elb/update-pool/only-that-pool'))
    expect((await replayOf(report)).counts).toEqual({ follows: report.findings.length })
  })

  it('follows where writes take a while, and no look waits for them', async () => {
    const server = await knownServers.reference('elb', true)
    const report = await reportFrom(server, suites, asks('elb/remove-member/gone-from'))
    expect((await replayOf(report)).counts).toEqual({ follows: report.findings.length })
  })

  it.each([...some('elb', 31), ...some('slb', 17), ...byTraffic('elb', 4), ...byTraffic('slb', 3)])(
    'of the mutant $id follows, with its failure',
    async ({ dialect, id, breaks }) => {
      const report = await mutantReport(dialect, id, breaks)
      const { doubts, counts } = await replayOf(report)
      expect(doubts).toEqual([])
      expect(counts).toEqual({ follows: report.findings.length })
    },
  )

  it('follows where an answer that another check had breaks it', async () => {
    const report = await mutantReport('elb', 'removal-answers-202', 'elb/remove-member')
    const failed = report.findings.filter(({ verdict }) => verdict === 'fail')
    expect(failed.map(({ id }) => id)).toContain('elb/remove-member/status-204')
    expect((await replayOf(report)).counts).toEqual({ follows: report.findings.length })
  })
})

describe('the replay of a report that was changed, and written with digests that fit', async () => {
  const honest = await mutantReport('elb', 'adds-up-weights', 'elb/delete-pool')

  /** The report with some findings changed. */
  const but = (change: (finding: Finding) => Finding): Report => ({
    ...honest,
    findings: honest.findings.map((one) => change(one)),
  })
  const failed = honest.findings.find(({ verdict }) => verdict === 'fail')!
  const passed = honest.findings.find(({ verdict }) => verdict === 'pass')!
  const only = (wanted: Finding, change: (finding: Finding) => Finding) =>
    but((one) => (one === wanted ? change(one) : one))

  it('says that a failure that became a pass does not follow, and what does', async () => {
    const { reason: _reason, ...rest } = failed
    const { doubts } = await replayOf(only(failed, () => ({ ...rest, verdict: 'pass' })))
    expect(doubts).toHaveLength(1)
    expect(doubts[0]).toContain(
      `${failed.id} does not follow from its exchanges. Recorded is pass;`,
    )
    expect(doubts[0]).toContain(`the replay gives fail: ${failed.reason?.slice(0, 40) ?? ''}`)
  })

  it('notices any other verdict of any finding', async () => {
    const verdicts: Verdict[] = ['pass', 'fail', 'waived', 'inconclusive', 'not-applicable']
    const others = verdicts.map((verdict) =>
      but(({ reason, ...one }) => ({
        ...one,
        verdict,
        ...(verdict === 'pass' ? {} : { reason: reason ?? 'A made-up reason.' }),
      })),
    )
    for (const [index, report] of others.entries()) {
      const { counts } = await replayOf(report)
      const kept = honest.findings.filter((one) => one.verdict === verdicts[index]).length
      expect(counts).toEqual({
        differs: honest.findings.length - kept,
        ...(kept > 0 ? { follows: kept } : {}),
      })
    }
  })

  it('takes no excuse for a failure that became a pass', async () => {
    const { reason: _reason, ...rest } = failed
    const pass = { ...rest, verdict: 'pass' as const }
    const drawn = pass.drawn?.map((one) => ({ ...one, loadBalancers: [...one.loadBalancers, '7'] }))
    const excuses: Finding[] = [
      { ...pass, repeat: `${pass.repeat} --walk-path 1/2` },
      { ...pass, traffic: [] },
      { ...pass, ...(drawn ? { drawn } : {}) },
    ]
    for (const excused of excuses) {
      expect((await replayOf(only(failed, () => excused))).counts['differs']).toBe(1)
    }
  })

  it('notices another reason, and another reading', async () => {
    const reading = honest.findings.find((one) => one.reading !== undefined)!
    const reasons = await replayOf(only(failed, (one) => ({ ...one, reason: 'It is so.' })))
    const readings = await replayOf(
      only(reading, (one) => ({ ...one, reading: { name: 'other', meaning: 'Another.' } })),
    )
    expect([reasons.doubts.length, readings.doubts.length]).toEqual([1, 1])
    expect(readings.doubts[0]).toContain('the replay gives the reading')
  })

  it('notices that an exchange of the check itself was taken out', async () => {
    const own = passed.evidence.filter(({ purpose }) => purpose === 'ask' || purpose === 'look')
    expect(own.length).toBeGreaterThan(2)
    for (const gone of own) {
      const evidence = passed.evidence.filter((one) => one !== gone)
      const drawn = passed.drawn?.map((one) => ({ ...one, exchanges: one.exchanges - 1 })) ?? []
      const { doubts } = await replayOf(only(passed, (one) => ({ ...one, evidence, drawn })))
      expect(doubts[0]).toMatch(/which the evidence does not have|the replay gives/)
    }
  })

  it('notices another answer on a connection, and one that was taken out', async () => {
    const report = await mutantReport('slb', 'vserver-routes-nothing-any-more', trafficOfOthers)
    const [finding] = report.findings.filter(({ id }) => id === trafficOfOthers)
    const [drawn] = finding?.drawn ?? []
    const observed = drawn?.values['observed'] ?? []
    expect(observed.length).toBeGreaterThan(80)
    const forged = [
      observed.map((one) => String(one).replaceAll(/"server":"[^"]+"/g, '"server":"00000000"')),
      observed.slice(0, 20),
    ]
    for (const values of forged) {
      const other = { ...drawn!, values: { ...drawn!.values, observed: values } }
      const findings = report.findings.map((one) =>
        one === finding ? { ...one, drawn: [other] } : one,
      )
      expect((await replayOf({ ...report, findings })).doubts).toHaveLength(1)
    }
  })

  it('notices a finding of a target that the report does not have', async () => {
    const { doubts } = await replayOf(only(passed, (one) => ({ ...one, target: 'nowhere' })))
    expect(doubts[0]).toContain('the report has no target of that name')
  })

  it('comes to an end whatever time the report gives a target', async () => {
    const endless = { settleSeconds: 1e15, pollSeconds: 0, lastingSeconds: 1e15 }
    const targets = honest.targets.map((one) => ({
      ...one,
      profile: {},
      setting: { given: one.setting?.given ?? {}, credentials: ['token'], limits: endless },
    }))
    const evidence = passed.evidence.filter(({ purpose }) => purpose !== 'look')
    const drawn = passed.drawn?.map((one) => ({ ...one, exchanges: evidence.length })) ?? []
    const report = only(passed, (one) => ({ ...one, evidence, drawn }))
    const { counts } = await replayOf({ ...report, targets })
    expect(counts['differs']).toBeGreaterThan(0)
  })

  it('notices that what was drawn was taken out', async () => {
    const { drawn: _drawn, ...rest } = passed
    const { doubts } = await replayOf(only(passed, () => rest))
    expect(doubts[0]).toContain('what was drawn for it is missing')
  })

  it('notices the status and the body of an answer', async () => {
    const asked = passed.evidence.findIndex(({ purpose }) => purpose === 'ask')
    const change = (response: object) =>
      only(passed, (one) => ({
        ...one,
        evidence: one.evidence.map((exchange, index) =>
          index === asked && exchange.response
            ? { ...exchange, response: { ...exchange.response, ...response } }
            : exchange,
        ),
      }))
    const statuses = await replayOf(change({ status: 418 }))
    const bodies = await replayOf(change({ status: 200, body: '{' }))
    expect([statuses.counts['differs'], bodies.counts['differs']]).toEqual([1, 1])
  })
})

const masked = (text: string) => text.replaceAll(/poolproof-[0-9a-f]{8}-pool-\d+/g, '[redacted]')

it.each<[string, string | undefined, string]>([
  ['of the build that wrote it', 'aaaa', 'follows'],
  ['of sources', undefined, 'follows'],
  ['of another build of the same version', 'bbbb', 'not-replayed'],
])('a report is replayed by code %s: %s', async (_what, own, is) => {
  const honest = await referenceReport('elb', 'elb/delete-pool/status-204')
  const report = { ...honest, tool: { ...honest.tool, build: 'aaaa' } }
  const { findings } = await replay(readBack(written(report)), { suites, walks }, own)
  expect(findings.map(({ result }) => result.is)).toEqual([is])
})

describe('what cannot be replayed', async () => {
  const honest = await referenceReport('elb', 'elb/delete-pool/health-monitor-first')
  const [first] = honest.findings as [Finding]
  const count = honest.findings.length
  const withFirst = (change: object): Report => ({
    ...honest,
    findings: [{ ...first, ...change }, ...honest.findings.slice(1)],
  })
  const evidence = JSON.parse(masked(JSON.stringify(first.evidence))) as RecordedExchange[]

  it.each<[string, Report, Record<string, number>]>([
    [
      'a report of an earlier version',
      { ...honest, targets: honest.targets.map(({ setting: _setting, ...one }) => one) },
      { version: count },
    ],
    [
      'one of another version',
      { ...honest, tool: { ...honest.tool, version: '9.9.9' } },
      { version: count },
    ],
    [
      'a check that is not known',
      withFirst({ id: 'elb/delete-pool/own' }),
      { own: 1, follows: count - 1 },
    ],
    [
      'what was not asked',
      withFirst({ verdict: 'inconclusive', reason: 'Over.', evidence: [], drawn: undefined }),
      { unasked: 1, follows: count - 1 },
    ],
  ])('is counted with its reason: %s', async (_, report, counts) => {
    const plain = JSON.parse(JSON.stringify(report)) as Report
    expect((await replayOf(plain)).counts).toEqual(counts)
  })

  it('is evidence in which a secret is masked, where the same does not follow from it', async () => {
    const changed = JSON.stringify(evidence) !== JSON.stringify(first.evidence)
    const { counts, summary } = await replayOf(withFirst({ evidence }))
    expect(changed).toBe(true)
    expect(counts).toEqual({ masked: 1, follows: count - 1 })
    expect(summary.at(-1)).toBe(
      'Cannot be replayed: 1, because a secret is masked in the evidence.',
    )
  })
})
