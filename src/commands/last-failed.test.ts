import { expect, test } from 'vitest'
import { sampleReport as sample } from '../report/sample-report.ts'
import type { RunFlags } from './run-flags.ts'
import { limitedTo } from './last-failed.ts'

const sampleReport = sample()

const flags: RunFlags = {
  target: [],
  report: 'out',
  only: [],
  level: [],
  skip: [],
  strength: '1',
  reporter: [],
}
const failed = sampleReport.findings.filter(({ verdict }) => verdict === 'fail')

test('only what failed is asked again, with the seed of then', () => {
  const again = limitedTo(sampleReport, flags)
  expect(again.only).toEqual([...new Set(failed.map(({ id }) => id))])
  expect(again.seed).toBe(sampleReport.run.seed)
  expect(limitedTo(sampleReport, { ...flags, seed: 99 }).seed).toBe(99)
  expect(again.walks).toBeUndefined()
})

test('what only a walk found is looked for by as many walks', () => {
  const [first] = failed
  if (!first) throw new Error('The sample has no failure.')
  const found = { ...first, repeat: `${first.repeat} --walk-path elb/3` }
  const walks = [{ target: first.target, taken: 6, steps: 9, requests: 9, unfinished: [] }]
  const report = { ...sampleReport, findings: [found], walks }
  expect(limitedTo(report, flags).walks).toBe(6)
  expect(limitedTo(report, { ...flags, walks: 2 }).walks).toBe(2)
})

test('a report without failures leaves nothing to ask', () => {
  const passing = { ...sampleReport, findings: [] }
  expect(() => limitedTo(passing, flags)).toThrow('No requirement failed in the report in out')
})
