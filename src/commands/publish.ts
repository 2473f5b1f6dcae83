/** What comes of a run: the files of the report, the summary of a pipeline, and what is printed. */

import { FileError } from '../documents/file-error.ts'
import type { OwnDirectory } from '../documents/own-directory.ts'
import { UsageError } from '../model.ts'
import { conformanceJson } from '../report/conformance.ts'
import { closing } from '../report/console.ts'
import { appendSummary } from '../report/markdown.ts'
import type { Report } from '../report/report.ts'
import { replaceAllureResults, writeReport } from '../report/write-report.ts'
import { colours, printColoured, streams } from './streams.ts'

/** Where the result of a run goes. */
export interface Places {
  readonly directory: OwnDirectory
  /** The same directory as the user named it. */
  readonly report: string
  /** Where the run left Allure's results. */
  readonly allureResults: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Print JSON instead of the closing lines. */
  readonly json?: boolean
}

/**
 * Writes and prints the result of a run.
 *
 * What cannot be written is reported on standard error. It changes no verdict, so the result is printed and
 * the exit code stays that of the verdicts.
 */
export function publish(report: Report, places: Places): void {
  const { directory, allureResults, environment, json } = places
  const isWritten = attempted(() => writeReport(report, directory))
  attempted(() => replaceAllureResults(allureResults, directory))
  attempted(() => appendSummary(report, environment))
  if (json) streams.stdout(conformanceJson(report))
  else printColoured(closing(report, isWritten ? places.report : undefined, colours()))
}

/** @returns whether it succeeded. */
function attempted(write: () => void): boolean {
  try {
    write()
    return true
  } catch (error) {
    if (!(error instanceof FileError || error instanceof UsageError)) throw error
    streams.stderr(`poolproof: ${error.message}\n`)
    return false
  }
}
