/** What comes of a run: the files of the report, the summary of a pipeline, and what is printed. */

import fs from 'node:fs'
import { join } from 'node:path'
import { FileError } from '../documents/file-error.ts'
import type { OwnDirectory } from '../documents/own-directory.ts'
import { UsageError } from '../model.ts'
import { annotations } from '../report/annotations.ts'
import { closing, summary } from '../report/console.ts'
import { defaultFormats, type FormatName } from '../report/format-names.ts'
import { appendSummary } from '../report/markdown.ts'
import type { Report, ReportedExitCode } from '../report/report.ts'
import { replaceAllureResults, reportFiles } from '../report/write-report.ts'
import { colours, printColoured, streams } from './streams.ts'

/** Where the result of a run goes. */
export interface Places {
  readonly directory: OwnDirectory
  /** The same directory as the user named it. */
  readonly report: string
  /** Where the run left Allure's results. */
  readonly allureResults: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What is written beside `conformance.json`. */
  readonly formats?: readonly FormatName[]
  /** Print only the last two lines. */
  readonly quiet?: boolean
  /** Print JSON instead of the closing lines. */
  readonly json?: boolean
  /** Print every failure, not each cause once. */
  readonly all?: boolean
}

/**
 * Writes and prints the result of a run.
 *
 * What cannot be written is reported on standard error. It changes no verdict, so the result is printed and
 * the exit code stays that of the verdicts.
 *
 * @returns the exit code.
 */
export function publish(result: Report, places: Places): ReportedExitCode {
  const {
    directory,
    allureResults,
    environment,
    json,
    quiet,
    all,
    formats = defaultFormats,
  } = places
  const { report, json: record, files } = reportFiles(result, formats)
  const isKept = saysLess(result, directory)
  const isWritten = !isKept && attempted(() => directory.write(files))
  if (!isKept && formats.includes('allure')) {
    attempted(() => replaceAllureResults(allureResults, directory))
  }
  attempted(() => appendSummary(report, environment))
  if (formats.includes('github') && !json) printColoured(annotations(report))
  if (report.notAsked !== undefined) streams.stderr(`poolproof: ${report.notAsked}\n`)
  if (json) streams.stdout(record)
  else {
    const place = isWritten ? places.report : undefined
    const file = formats.includes('html') ? 'index.html' : 'conformance.json'
    const print = quiet ? summary : closing
    const unwritten = isKept
      ? `The report of an earlier run in ${places.report} is left.`
      : undefined
    const closed = print(report, place, colours(), { file, all, unwritten })
    printColoured(`${closed.trimEnd()}\n`)
  }
  return report.exitCode
}

/** Has something to be corrected first, and is there a report of a run that could ask? Then that is not replaced. */
function saysLess({ exitCode, notAsked, leftovers }: Report, { path }: OwnDirectory): boolean {
  if (exitCode !== 2 || notAsked === undefined || leftovers.length > 0) return false
  try {
    const before = JSON.parse(fs.readFileSync(join(path, 'conformance.json'), 'utf8')) as Report
    return before.findings.length > 0 && before.notAsked === undefined
  } catch {
    return false
  }
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
