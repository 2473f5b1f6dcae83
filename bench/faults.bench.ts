import { expect, test } from 'vitest'
import type { Dialect } from '../src/model.ts'
import { faults } from './faults.ts'
import type { Fault } from './faulty-server.ts'
import {
  faultyRun,
  inconclusive,
  wrongVerdicts,
  type FaultyRun,
  type FaultyRunResult,
} from './faulty-run.ts'
import { inParallel } from './in-parallel.ts'

const atOnce = 6
/** Slow faults are tried at every ninth request only. */
const stride = 9

const meant: Readonly<Record<Dialect, readonly string[]>> = {
  elb: ['elb/delete-pool/all-three-first', 'elb/update-pool/active-only.error'],
  slb: ['slb/remove-backend-servers/empties', 'slb/remove-vserver-group-backend-servers/empties'],
}

/** Where the answer never comes. */
const quickAnswers = { requestSeconds: 0.5, patienceSeconds: 1.5, settleSeconds: 5 }
const shortLimits = {
  ...quickAnswers,
  runSeconds: 20,
  cleanUpSeconds: 10,
}

const deadline = 30_000

/**
 * How many requests of a run of all checks are between two faults: few enough that a fault that lasts for one
 * request meets every check.
 */
const between = { once: 13, lasting: 101, slow: 211 }
/** Long enough for all checks with all their faults. */
const wholeRun = { runSeconds: 1_200, cleanUpSeconds: 300 }

/** `FAULTS='stall|gone'` limits the benchmark to faults whose names match. */
const wanted = new RegExp(process.env['FAULTS'] ?? '')

const faultsOf = (dialect: Dialect) =>
  faults.filter((one) => (one.dialect ?? dialect) === dialect && wanted.test(one.name))

interface Row {
  readonly fault: string
  readonly runs: number
  readonly wrong: number
  readonly inconclusive: number
  readonly left: number
  readonly 'longest s': number
  readonly 'over deadline s': number
}

test.each(['elb', 'slb'] as const)(
  '%s: no fault makes a verdict wrong, and nothing is left',
  async (dialect) => {
    const run = { dialect, meant: (id: string) => meant[dialect].includes(id) }
    const faultless = await faultyRun(run)
    expect([inconclusive(faultless), faultless.held]).toEqual([0, {}])
    const rows: Row[] = []
    const wrong: string[] = []
    for (const fault of faultsOf(dialect)) {
      const positions = positionsOf(fault, faultless)
      const results = await inParallel(positions, atOnce, (at) =>
        faultyRun({ ...run, fault, at, ...(fault.slow ? { limits: shortLimits } : {}) }),
      )
      wrong.push(
        ...results.flatMap((one, index) =>
          wrongVerdicts(one, faultless).map(
            (verdict) => `${fault.name} at ${positions[index] ?? 0}: ${verdict}`,
          ),
        ),
      )
      rows.push(rowOf(fault, results, faultless))
    }
    console.log(tableOf(rows))
    console.log(
      `${dialect}: ${faultless.requests} requests a run; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    )
    expect(wrong).toEqual([])
    expect(rows.filter(({ left }) => left > 0)).toEqual([])
    expect(rows.filter((row) => row['over deadline s'] > 0)).toEqual([])
  },
)

test.each(['elb', 'slb'] as const)(
  '%s: all checks, and no fault that comes again and again makes a verdict wrong',
  { timeout: 7_200_000 },
  async (dialect) => {
    const run = { dialect, meant: () => true, limits: wholeRun }
    const faultless = await faultyRun(run)
    expect(faultless.held).toEqual({})
    const rows: Row[] = []
    const wrong: string[] = []
    const own = faultsOf(dialect)
    for (const [index, fault] of own.entries()) {
      const limits = { ...wholeRun, ...(fault.slow ? quickAnswers : {}) }
      const where = comesAgain(fault, index)
      const result = await faultyRun({ ...run, limits, fault, ...where })
      wrong.push(...wrongVerdicts(result, faultless).map((verdict) => `${fault.name}: ${verdict}`))
      rows.push(rowOf(fault, [result], faultless, wholeRun.runSeconds * 1000))
      console.log(tableOf(rows.slice(-1)))
    }
    console.log(
      `${dialect}: all ${faultless.outcomes.size} checks, ${faultless.requests} requests\n${tableOf(rows)}`,
    )
    expect(wrong).toEqual([])
    expect(rows.filter(({ left }) => left > 0)).toEqual([])
  },
)

/** A fault that lasts for good comes once, in the middle. */
function comesAgain({ lasts = 1, slow }: Fault, index: number): Pick<FaultyRun, 'at' | 'every'> {
  if (lasts === Infinity) return { at: 500 }
  const every = slow ? between.slow : lasts > 1 ? between.lasting : between.once
  return { at: 1 + (index % every), every }
}

function positionsOf({ slow }: Fault, { requests }: FaultyRunResult): number[] {
  const all = Array.from({ length: requests }, (_, index) => index + 1)
  return slow ? all.filter((at) => at % stride === 1) : all
}

function rowOf(
  { name }: Fault,
  results: readonly FaultyRunResult[],
  faultless: FaultyRunResult,
  most = deadline,
): Row {
  const longest = Math.max(...results.map(({ milliseconds }) => milliseconds))
  return {
    fault: name,
    runs: results.length,
    wrong: results.flatMap((one) => wrongVerdicts(one, faultless)).length,
    inconclusive: results.reduce((sum, one) => sum + inconclusive(one), 0),
    left: results.filter(({ held }) => Object.keys(held).length > 0).length,
    'longest s': Math.round(longest / 100) / 10,
    'over deadline s': Math.max(0, Math.round((longest - most) / 100) / 10),
  }
}

function tableOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row)[]
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? '').length)),
  )
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
