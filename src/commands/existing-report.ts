/** A report of an earlier run, for commands that show it or take something from it. */

import type { Report } from '../report/report.ts'
import { streams } from './streams.ts'

/** Reads it, and says in one line on standard error when it was changed after the run. @throws {UsageError} */
export async function existingReport(directory: string): Promise<Report> {
  const { readReport } = await import('../report/read-report.ts')
  return readReport(directory, (altered) => void streams.stderr(`poolproof: ${altered}\n`))
}
