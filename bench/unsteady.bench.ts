import { expect, test } from 'vitest'
import { contradictions, unsteadyRun } from './unsteady-run.ts'

const runs = 100
const perMille = 6

test.each(['elb', 'slb'] as const)(
  '%s: random faults, delays and order change no verdict',
  { timeout: 900_000 },
  async (dialect) => {
    const steady = await unsteadyRun({ dialect, seed: 0, perMille: 0 })
    let [faults, decided, inconclusive] = [0, 0, 0]
    const wrong: string[] = []
    const left: unknown[] = []
    for (let seed = 1; seed <= runs; seed += 1) {
      const ended = await unsteadyRun({ dialect, seed, perMille })
      faults += ended.faults
      const open = [...ended.outcomes.values()].filter(({ thrown }) => thrown?.family === 'unasked')
      inconclusive += open.length
      decided += ended.outcomes.size - open.length
      wrong.push(...contradictions(ended, steady).map((said) => `seed ${seed}: ${said}`))
      if (Object.keys(ended.held).length > 0) left.push({ seed, held: ended.held })
    }
    console.log(
      `${dialect}: ${runs} runs, ${faults} faults; ${decided} verdicts, ${inconclusive} inconclusive, ` +
        `${wrong.length} changed; ${left.length} runs left something`,
    )
    expect([wrong, left]).toEqual([[], []])
  },
)
