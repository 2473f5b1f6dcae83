/** `--last-failed`: what failed in an earlier report is asked again, as it was asked then. */

import { UsageError } from '../model.ts'
import type { Report } from '../report/report.ts'
import { existingReport } from './existing-report.ts'
import type { RunFlags } from './run-flags.ts'

/**
 * The flags, limited to the requirements that failed in the existing report.
 *
 * @throws {UsageError} When there is no report, or nothing in it failed.
 */
export async function withLastFailed(flags: RunFlags): Promise<RunFlags> {
  return limitedTo(await existingReport(flags.report), flags)
}

/** @throws {UsageError} When nothing failed in it. */
export function limitedTo(report: Report, flags: RunFlags): RunFlags {
  const failed = report.findings.filter(({ verdict }) => verdict === 'fail')
  if (failed.length === 0) {
    throw new UsageError(
      `No requirement failed in the report in ${flags.report}, so --last-failed leaves nothing to ask. Leave it out to ask everything.`,
    )
  }
  // A failure that only a walk has found is found again by the same walks.
  const byWalks = failed.some(({ repeat }) => repeat.includes(' --walk-path '))
  const taken = Math.max(0, ...(report.walks ?? []).map((one) => one.taken))
  const { seed, strength = 1 } = report.run
  const only = [...new Set(failed.map(({ id }) => id))]
  return {
    ...flags,
    only,
    seed: flags.seed ?? seed,
    strength: flags.strength === '1' ? (`${strength}` as const) : flags.strength,
    ...(flags.walks === undefined && byWalks ? { walks: taken } : {}),
  }
}
