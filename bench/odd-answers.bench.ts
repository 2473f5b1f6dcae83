import { sample } from 'fast-check'
import { expect, test } from 'vitest'
import type { Verdict } from '../src/model.ts'
import { oddities, oddRun } from './odd-run.ts'

const count = 5_000

test.each(['elb', 'slb'] as const)(
  '%s: 5,000 odd answers, and every outcome is a verdict',
  { timeout: 1_800_000 },
  async (dialect) => {
    const started = performance.now()
    const faults = new Set<string>()
    const verdicts = new Map<Verdict, number>()
    let [odd, runs] = [0, 0]
    for (const drawn of sample(oddities, { seed: 29, numRuns: count })) {
      if (odd >= count) break
      const { report, unreadable, ...ran } = await oddRun(dialect, drawn)
      for (const one of [...(report.faults ?? []), ...unreadable]) faults.add(one)
      for (const { verdict } of report.findings) {
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      }
      odd += ran.odd
      runs += 1
    }
    const seconds = Math.round((performance.now() - started) / 1000)
    const words = [...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(', ')
    console.log(
      `${dialect}: ${odd} odd answers in ${runs} runs, ${seconds} s: ${words}; ${faults.size} faults of ours`,
    )
    expect([...faults]).toEqual([])
  },
)
