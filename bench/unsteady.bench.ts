import { expect, test } from 'vitest'
import { contradictions, unsteadyRun } from './unsteady-run.ts'

const isEmpty = (held: object) => Object.keys(held).length === 0

/** Of a thousand exchanges so many fail; the more do, the fewer checks are decided. */
const rates = [
  { runs: 100, perMille: 6 },
  { runs: 25, perMille: 50 },
] as const

const all = (['elb', 'slb'] as const).flatMap((dialect) =>
  rates.map((rate) => ({ dialect, ...rate })),
)

test.each(all)(
  '$dialect: random faults at $perMille per mille, delays and order change no verdict',
  { timeout: 1_800_000 },
  async ({ dialect, runs, perMille }) => {
    const steady = await unsteadyRun({ dialect, seed: 0, perMille: 0 })
    let [faults, decided, inconclusive, kept] = [0, 0, 0, 0]
    const wrong: string[] = []
    const left: unknown[] = []
    for (let seed = 1; seed <= runs; seed += 1) {
      const ended = await unsteadyRun({ dialect, seed, perMille })
      faults += ended.faults
      const open = [...ended.outcomes.values()].filter(({ thrown }) => thrown?.family === 'unasked')
      inconclusive += open.length
      decided += ended.outcomes.size - open.length
      wrong.push(...contradictions(ended, steady).map((said) => `seed ${seed}: ${said}`))
      const { held, leftovers, heldAfterSweep } = ended
      if (isEmpty(held)) continue
      kept += 1
      if (leftovers.length === 0 || !isEmpty(heldAfterSweep)) {
        left.push({ seed, held, leftovers, heldAfterSweep })
      }
    }
    console.log(
      `${dialect}: ${runs} runs, ${faults} faults (${perMille} per mille); ${decided} verdicts, ${inconclusive} inconclusive, ` +
        `${wrong.length} changed; ${kept} runs left something and said so, and a sweep removed it, but for ${left.length}`,
    )
    expect([wrong, left]).toEqual([[], []])
  },
)
