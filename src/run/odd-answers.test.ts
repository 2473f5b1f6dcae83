import { sample } from 'fast-check'
import { expect, test } from 'vitest'
import { oddities, oddRun } from '../../bench/odd-run.ts'
import { verdicts } from '../report/wording.ts'

/** `npm run bench:odd-answers` gives 10,000. */
const fewest = 150

test.each(['elb', 'slb'] as const)(
  '%s: whatever the answers are, every outcome is a verdict, and the report can be read',
  async (dialect) => {
    let odd = 0
    for (const drawn of sample(oddities, { seed: 23, numRuns: 60 })) {
      if (odd >= fewest) break
      const { report, unreadable, ...ran } = await oddRun(dialect, drawn)
      expect([report.faults, unreadable]).toEqual([undefined, []])
      expect(report.findings.filter(({ verdict }) => !verdicts.includes(verdict))).toEqual([])
      odd += ran.odd
    }
    expect(odd).toBeGreaterThanOrEqual(fewest)
  },
)
