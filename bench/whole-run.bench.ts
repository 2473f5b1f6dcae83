import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'vitest'

const rounds = 5

/** Needs `npm run build`, because it measures the program as a user starts it. */
test('the whole run on the reference, cold start included', async () => {
  const report = await mkdtemp(join(tmpdir(), 'poolproof-bench-'))
  const whole = await median(() => node('dist/src/cli.js', 'run', '--report', report))
  const runner = await median(() => node('-e', "import('vitest/node')"))
  await rm(report, { recursive: true })
  console.log(
    `whole run: ${whole.toFixed(2)} s; importing its test runner: ${runner.toFixed(2)} s; ` +
      `ratio ${(whole / runner).toFixed(1)} (medians of ${rounds})`,
  )
})

async function node(...words: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, words)
}

/** Seconds. */
async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    await work()
    times.push((performance.now() - started) / 1000)
  }
  return times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
}
