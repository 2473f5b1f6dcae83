import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dialect } from '../src/model.ts'
import { killedRun, type Kill, type Killed } from './killed-run.ts'
import { inParallel } from './in-parallel.ts'

const atOnce = 2

/** In milliseconds: these are hundreds of programs, each started anew, on a machine that may be busy. */
const longest = 3_600_000

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
  { timeout: longest },
  async (dialect, only) => {
    const { requests, after } = await wholeRun({ dialect, only })
    const kills = Array.from({ length: requests }, (_, index) => index + 1).flatMap((at) =>
      (['before', 'after'] as const).map((moment): Kill => ({ dialect, only, at, moment })),
    )
    const results = await inParallel(kills, atOnce, killedRun)
    console.log(`${dialect}: ${requests} requests; ${figuresOf(results)}`)
    expect([after, results.filter((one) => isLeft(one))]).toEqual([{}, []])
  },
)

/** How many points are drawn of each kind of run: `POINTS=100 npm run bench:kills`. */
const points = Number(process.env['POINTS'] ?? 12)
const seed = Number(process.env['SEED'] ?? 1)

type Drawn = Omit<Kill, 'at' | 'moment'>

/** Checks of operations that set-up uses, which ask for names that no run gives, and walks, which name nothing. */
const drawnRuns: readonly [string, Drawn][] = (['elb', 'slb'] as const).flatMap((dialect) => {
  const [setUp, check] =
    dialect === 'elb'
      ? [
          ['create-pool/request.pool.name', 'add-member/request.member.name'],
          'delete-pool/status-204',
        ]
      : [['create-vserver-group', 'add-backend-servers'], 'remove-backend-servers/empties']
  return [false, true].flatMap((isLent): [string, Drawn][] => [
    ['set-up', { dialect, isLent, only: setUp.map((one) => `${dialect}/${one}`) }],
    ['walks', { dialect, isLent, only: [`${dialect}/${check}`], walks: 2 }],
  ])
})

test.each(drawnRuns)(
  '%s: at drawn requests of %o, a sweep removes everything, or names what it leaves',
  { timeout: longest },
  async (what, run) => {
    const { requests, after } = await wholeRun(run)
    const point = fc.record({
      at: fc.integer({ min: 1, max: requests }),
      moment: fc.constantFrom('before' as const, 'after' as const),
    })
    const kills = fc.sample(point, { numRuns: points, seed })
    const results = await inParallel(kills, atOnce, (one) => killedRun({ ...run, ...one }))
    const lent = run.isLent ? ', lent load balancer' : ''
    console.log(`${run.dialect}, ${what}${lent}: ${requests} requests; ${figuresOf(results)}`)
    const silent = results.filter((one) => isLeft(one) && !isNamed(one))
    const fewer = results.filter(({ after: now }) => Object.values(now).some((count) => count < 0))
    // On a lent load balancer, ours cannot always be told from the objects of others.
    const wrong = results.filter((one) => isLeft(one) && !run.isLent)
    expect([after, silent, fewer, wrong]).toEqual([{}, [], [], []])
  },
)

async function wholeRun(run: Drawn): Promise<Killed> {
  return killedRun({ ...run, at: Infinity, moment: 'after' })
}

function isLeft({ killed, after }: Killed): boolean {
  return killed && Object.keys(after).length > 0
}

function isNamed({ swept: { left, doubted, notOurs } }: Killed): boolean {
  return left.length + doubted.length + notOurs.length > 0
}

function figuresOf(results: readonly Killed[]): string {
  const killed = results.filter((one) => one.killed)
  const leaving = killed.filter(({ before }) => Object.keys(before).length > 0)
  const left = killed.filter((one) => isLeft(one))
  const kept = killed.filter((one) => !isLeft(one) && isNamed(one))
  return (
    `${killed.length} runs killed, ${leaving.length} of them left something; ${left.length} left something after the ` +
    `sweep, ${left.filter((one) => isNamed(one)).length} of these named; ${kept.length} clean but with a journal that stays`
  )
}
