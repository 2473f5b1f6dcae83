import { expect, test } from 'vitest'
import type { Dialect } from '../src/model.ts'
import { faults } from './faults.ts'
import type { Fault } from './faulty-server.ts'
import { faultyRun, undecided, wrongVerdicts, type Tried } from './faulty-run.ts'
import { pooled } from './pooled.ts'

const abreast = 6
/** Slow faults are asked at every so many requests. */
const stride = 9

const meant: Readonly<Record<Dialect, readonly string[]>> = {
  elb: ['elb/delete-pool/all-three-first', 'elb/update-pool/active-only.error'],
  slb: ['slb/remove-backend-servers/empties', 'slb/remove-vserver-group-backend-servers/empties'],
}

/** Of what never comes nothing is expected for long. */
const hasty = { requestSeconds: 0.5 }

const deadline = 30_000

interface Row {
  readonly fault: string
  readonly runs: number
  readonly wrong: number
  readonly undecided: number
  readonly left: number
  readonly 'longest s': number
  readonly 'over deadline s': number
}

test.each(['elb', 'slb'] as const)(
  '%s: no fault makes a verdict wrong, or leaves anything',
  async (dialect) => {
    const trial = { dialect, meant: (id: string) => meant[dialect].includes(id) }
    const sound = await faultyRun(trial)
    expect([undecided(sound), sound.held]).toEqual([0, {}])
    const rows: Row[] = []
    const wrong: string[] = []
    for (const fault of faults.filter((one) => (one.dialect ?? dialect) === dialect)) {
      const positions = positionsOf(fault, sound)
      const tries = await pooled(positions, abreast, (at) =>
        faultyRun({ ...trial, fault, at, ...(fault.slow ? { limits: hasty } : {}) }),
      )
      wrong.push(
        ...tries.flatMap((one, index) =>
          wrongVerdicts(one, sound).map(
            (said) => `${fault.name} at ${positions[index] ?? 0}: ${said}`,
          ),
        ),
      )
      rows.push(rowOf(fault, tries, sound))
    }
    console.log(tableOf(rows))
    console.log(
      `${dialect}: ${sound.requests} requests a run; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    )
    expect(wrong).toEqual([])
    expect(rows.filter(({ left }) => left > 0)).toEqual([])
    expect(rows.filter((row) => row['over deadline s'] > 0)).toEqual([])
  },
)

function positionsOf({ slow }: Fault, { requests }: Tried): number[] {
  const all = Array.from({ length: requests }, (_, index) => index + 1)
  return slow ? all.filter((at) => at % stride === 1) : all
}

function rowOf({ name }: Fault, tries: readonly Tried[], sound: Tried): Row {
  const longest = Math.max(...tries.map(({ milliseconds }) => milliseconds))
  return {
    fault: name,
    runs: tries.length,
    wrong: tries.flatMap((one) => wrongVerdicts(one, sound)).length,
    undecided: tries.reduce((sum, one) => sum + undecided(one), 0),
    left: tries.filter(({ held }) => Object.keys(held).length > 0).length,
    'longest s': Math.round(longest / 100) / 10,
    'over deadline s': Math.max(0, Math.round((longest - deadline) / 100) / 10),
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
