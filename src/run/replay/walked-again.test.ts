import { describe, expect, it } from 'vitest'
import { suites, walks } from '../../../suites/index.ts'
import type { Dialect, Draws } from '../../model.ts'
import { knownServers } from '../../reference/known-servers.ts'
import type { Finding, Report } from '../../report/report.ts'
import { replay } from './replay.ts'
import { readBack, walkReportFrom, written } from './report-for-test.ts'
import type { Result } from './result.ts'

const askable = { suites, walks }
const seed = 3

async function resultsOf(report: Report): Promise<Result[]> {
  const { findings } = await replay(readBack(written(report)), askable)
  return findings.map(({ result }) => result)
}

async function reportOf(dialect: Dialect, mutant: string, many = 4): Promise<Report> {
  return walkReportFrom(await knownServers.mutant(dialect, [mutant]), askable, many, seed)
}

it.each<[Dialect, string]>([
  ['elb', 'loses-the-health-monitor'],
  ['elb', 'overlooks-members-with-health-monitor'],
  ['elb', 'removal-answers-the-member'],
  ['slb', 'vserver-server-is-enough'],
  ['slb', 'vserver-refuses-but-empties'],
  ['slb', 'vserver-response-backendservers-type-in-a-list'],
])('failures that walks of %s find follow: %s', async (dialect, mutant) => {
  const report = await reportOf(dialect, mutant)
  expect(report.findings.length).toBeGreaterThan(0)
  expect(await resultsOf(report)).toEqual(report.findings.map(() => ({ is: 'follows' })))
})

describe('a failure that a walk found, changed and written with digests that fit', async () => {
  const report = await reportOf('elb', 'overlooks-members-with-health-monitor')
  const [found] = report.findings as [Finding]
  const [drawn] = found.drawn as readonly [Draws]

  async function whyNot(change: object, changed: Partial<Report> = {}): Promise<string> {
    const results = await resultsOf({ ...report, ...changed, findings: [{ ...found, ...change }] })
    return results.map((one) => ('why' in one ? one.why : one.is)).join()
  }

  it('is noticed in its reason, its id and its verdict', async () => {
    const { reason = '', repeat } = found
    const plain = repeat.slice(0, repeat.indexOf(' --walk-path'))
    const shorter = reason.split('\n').slice(0, -1).join('\n')
    expect(await whyNot({ reason: shorter })).toContain('the replay gives fail')
    expect(await whyNot({ id: 'elb/delete-pool/members-first' })).toContain(
      `the replay gives fail: ${found.id} is broken`,
    )
    expect(await whyNot({ verdict: 'inconclusive' })).not.toBe('follows')
    expect(await whyNot({ verdict: 'pass', reason: undefined })).not.toBe('follows')
    expect(await whyNot({ repeat: plain })).not.toBe('follows')
  })

  it('is noticed in what was drawn', async () => {
    const nowhere = 'the command that repeats it names no walk that can be drawn'
    const path = found.repeat.replace(/\/[^/]+\/[^/]+$/, '/9:9/A:V')
    const others = [found.repeat.replace('path elb/', 'path slb/'), path]
    for (const repeat of others) expect(await whyNot({ repeat })).toBe(nowhere)
    const { run } = report
    expect(await whyNot({}, { run: { ...run, seed: 4 } })).not.toBe('follows')
    const names = Object.entries(drawn.values).map(([kind]) => [kind, ['other']])
    const values = Object.fromEntries(names) as Draws['values']
    expect(await whyNot({ drawn: [{ ...drawn, values }] })).toContain('the check asks for')
    expect(await whyNot({ drawn: undefined })).toContain('no answer in the evidence breaks it')
  })

  it('is noticed in each exchange that a step asked', async () => {
    const asked = found.evidence.filter(({ purpose }) => purpose === 'ask')
    expect(asked.length).toBeGreaterThan(0)
    for (const one of asked) {
      const evidence = found.evidence.filter((other) => other !== one)
      const drawnFewer = [{ ...drawn, exchanges: drawn.exchanges - 1 }]
      expect(await whyNot({ evidence, drawn: drawnFewer })).not.toBe('follows')
      const url = one.request.url.replace(/.$/, 'x')
      const elsewhere = { ...one, request: { ...one.request, url } }
      const other = found.evidence.with(found.evidence.indexOf(one), elsewhere)
      expect(await whyNot({ evidence: other })).not.toBe('follows')
    }
  })

  it('is noticed in the answer that shows it', async () => {
    const last = found.evidence.findLast(({ purpose }) => purpose === 'ask')!
    const response = { ...last.response!, status: last.response!.status === 204 ? 409 : 204 }
    const evidence = found.evidence.with(found.evidence.indexOf(last), { ...last, response })
    expect(await whyNot({ evidence })).not.toBe('follows')
  })
})
