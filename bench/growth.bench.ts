import { expect, test } from 'vitest'
import { stages } from './growing-stages.ts'
import { cost } from './growth.ts'

/** Characters. */
const lengths = [100_000, 1_000_000, 10_000_000]

/** Quadratic time would be a hundred times as long for ten times the text. */
const most = 50

/** Milliseconds: less is noise. */
const measurable = 50

interface Row {
  readonly text: string
  readonly milliseconds: readonly number[]
  /** How many times as long the longest text took as the one before it. */
  readonly times: number
}

async function row(text: string, work: (one: string) => unknown, make: (length: number) => string) {
  const milliseconds: number[] = []
  for (const length of lengths) {
    const one = make(length)
    const taken = await cost(() => work(one))
    milliseconds.push(Math.round(taken / 1000))
  }
  const [before = 0, last = 0] = milliseconds.slice(-2)
  return { text, milliseconds, times: last / Math.max(before, measurable) } satisfies Row
}

test.each(stages)('$name: 100 kB, 1 MB, 10 MB', { timeout: 1_800_000 }, async (stage) => {
  const rows: Row[] = []
  for (const [text, make] of Object.entries(stage.makes)) {
    rows.push(await row(text, stage.work, make))
  }
  const [slowest] = rows.toSorted((a, b) => b.milliseconds.at(-1)! - a.milliseconds.at(-1)!)
  const [steepest] = rows.toSorted((a, b) => b.times - a.times)
  console.log(
    `${stage.name}: ${rows.length} texts; slowest ${slowest?.text}: ${slowest?.milliseconds.join(', ')} ms; ` +
      `steepest ${steepest?.text}: ${steepest?.times.toFixed(1)} times for ten times the text`,
  )
  expect(rows.filter(({ times }) => times > most)).toEqual([])
})
