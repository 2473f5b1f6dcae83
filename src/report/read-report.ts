/** Reads `conformance.json`, to write the pages of a report again. */

import { dirname, join } from 'node:path'
import { UsageError } from '../model.ts'
import { asFileError } from '../documents/file-error.ts'
import { bytesOfFile, textOfFile } from '../documents/regular-file.ts'
import { problems } from '../documents/schema.ts'
import { evidenceFile, withEvidence } from './evidence-file.ts'
import type { Report } from './report.ts'
import type { StoredReport } from './verify-report.ts'

/**
 * Reads the report that a run left in a directory.
 *
 * @param directory - Or the `conformance.json` itself.
 * @throws {UsageError} When there is none, or this version cannot read it.
 */
export async function readReport(directory: string): Promise<Report> {
  const { stored, report } = await storedReport(directory)
  return withEvidence(report, stored.evidence)
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
