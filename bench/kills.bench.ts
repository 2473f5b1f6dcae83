import { expect, test } from 'vitest'
import type { Dialect } from '../src/model.ts'
import { killedRun, type Kill } from './killed-run.ts'
import { inParallel } from './in-parallel.ts'

const atOnce = 2

const runs: readonly [Dialect, readonly string[]][] = [
  ['elb', ['elb/delete-pool/all-three-first', 'elb/update-pool/active-only.error']],
  [
    'slb',
    ['slb/remove-backend-servers/empties', 'slb/remove-vserver-group-backend-servers/empties'],
  ],
]

/** Needs `npm run build`. */
test.each(runs)(
  '%s: a sweep removes everything, whichever request a run is killed at',
  async (dialect, only) => {
    const whole = await killedRun({ dialect, only, at: Infinity, moment: 'after' })
    const kills = Array.from({ length: whole.requests }, (_, index) => index + 1).flatMap((at) =>
      (['before', 'after'] as const).map((moment): Kill => ({ dialect, only, at, moment })),
    )
    const results = await inParallel(kills, atOnce, killedRun)
    const killed = results.filter((one) => one.killed)
    const leaving = killed.filter(({ before }) => Object.keys(before).length > 0)
    const left = killed.filter(({ after }) => Object.keys(after).length > 0)
    console.log(
      `${dialect}: ${whole.requests} requests; ${killed.length} runs killed, ${leaving.length} of them left something; ` +
        `${left.length} left something after the sweep`,
    )
    expect([whole.after, left]).toEqual([{}, []])
  },
)
