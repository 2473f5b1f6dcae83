/** Reads `conformance.json`, to write the pages of a report again. */

import { dirname, join } from 'node:path'
import { UsageError } from '../model.ts'
import { asFileError } from '../documents/file-error.ts'
import { bytesOfFile, textOfFile } from '../documents/regular-file.ts'
import { problems } from '../documents/schema.ts'
import { isAsWritten } from './conformance.ts'
import { evidenceFile, withEvidence } from './evidence-file.ts'
import type { Report } from './report.ts'
import type { StoredReport } from './verify-report.ts'

/**
 * Reads the report that a run left in a directory, to show it.
 *
 * @param directory - Or the `conformance.json` itself.
 * @param warn - Told, in a sentence, when it was changed after the run.
 * @throws {UsageError} When there is none, or this version cannot read it.
 */
export async function readReport(
  directory: string,
  warn: (altered: string) => void,
): Promise<Report> {
  const { report, altered } = await originalOf(directory)
  if (altered !== undefined) warn(altered)
  return report
}

/** A report of which pages are to be written again. */
export interface Original {
  readonly report: Report
  /** Where it is not as the run wrote it: a sentence that says so. */
  readonly altered?: string
  /** Files that are written as they are: a new digest would hide that the report was changed. */
  readonly kept: readonly (readonly [file: string, contents: string | Uint8Array])[]
}

/** Reads a report, and says whether it was changed after the run. @throws {UsageError} */
export async function originalOf(directory: string): Promise<Original> {
  const { stored, report } = await storedReport(directory)
  const whole = withEvidence(report, stored.evidence)
  if (isAsWritten(stored.text) === true) return { report: whole, kept: [] }
  const evidence = stored.evidence ? [[evidenceFile, stored.evidence] as const] : []
  return {
    report: whole,
    altered:
      `The conformance.json of ${directory} is not as it was written: its digest does not fit, or is missing. ` +
      'It stays as it is, and what is made from it need not be what the run found.',
    kept: [...evidence, ['conformance.json', stored.text]],
  }
}

/**
 * Reads a report of which something else is made, such as the report of all shards, or waivers.
 *
 * @param advice - Ends the error: what is not done, and what to do instead.
 * @throws {UsageError} When it was changed after the run: in what is made of it that would not be seen any more.
 */
export async function unalteredReport(directory: string, advice: string): Promise<Report> {
  const { report, altered } = await originalOf(directory)
  if (altered === undefined) return report
  throw new UsageError(`${altered} ${advice}`)
}

/** The same, with its files as they are on the disk; the evidence of what passed is not put back. @throws {UsageError} */
export async function storedReport(
  directory: string,
): Promise<{ readonly stored: StoredReport; readonly report: Report }> {
  const file = directory.endsWith('.json') ? directory : join(directory, 'conformance.json')
  const text = textOf(file, directory)
  const [first] = problems('report.schema.json', parsed(text, file))
  if (first !== undefined) throw new UsageError(`${file} is not a report of this version: ${first}`)
  const report = JSON.parse(text) as Report
  return { stored: { text, evidence: evidenceIn(dirname(file)) }, report }
}

/** `undefined` where only `conformance.json` was copied. */
function evidenceIn(directory: string): Uint8Array | undefined {
  const file = join(directory, evidenceFile)
  try {
    return bytesOfFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw asFileError(error, file)
  }
}

function textOf(file: string, directory: string): string {
  try {
    return textOfFile(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(
      `There is no report in ${directory} (${code ?? message} at ${file}). Name the directory that a run wrote with --report.`,
    )
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`)
  }
}
