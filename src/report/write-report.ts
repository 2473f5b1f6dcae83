/** Writes the files of a report into its directory. */

import { chmodSync, copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { asFileError } from '../documents/file-error.ts'
import type { OwnDirectory } from '../documents/own-directory.ts'
import { evidenceMode, partialName } from '../documents/whole-file.ts'
import { conformanceJson } from './conformance.ts'
import { htmlPage } from './html.ts'
import { junitXml } from './junit.ts'
import { summaryMarkdown } from './markdown.ts'
import type { Report } from './report.ts'

/** The files in the order in which they appear: `conformance.json`, for which programs wait, is the last. */
const writers: readonly (readonly [file: string, write: (report: Report) => string])[] = [
  ['index.html', htmlPage],
  ['junit.xml', junitXml],
  ['summary.md', summaryMarkdown],
  ['conformance.json', conformanceJson],
]

/**
 * Writes all files of a report, or none.
 *
 * @throws {FileError} When they cannot be written.
 */
export function writeReport(report: Report, directory: OwnDirectory): void {
  directory.write(writers.map(([file, write]) => [file, write(report)] as const))
}

/** The files that Allure writes. */
const ofAllure =
  /^(?:.+-(?:result|container)\.json|.+-attachment(?:\..+)?|environment\.properties|categories\.json)$/

/**
 * Puts the Allure results of a run in the place of those of an earlier run, so that no one mixes them up.
 *
 * @param from - Where the run left them.
 * @throws {FileError} When the directory cannot be written.
 */
export function replaceAllureResults(from: string, directory: OwnDirectory): void {
  const results = directory.subdirectory('allure-results')
  try {
    for (const entry of readdirSync(results, { withFileTypes: true })) {
      if (!entry.isDirectory() && ofAllure.test(entry.name)) rmSync(join(results, entry.name))
    }
    for (const name of readdirSync(from)) moveFile(join(from, name), results)
  } catch (error) {
    throw asFileError(error, results)
  }
}

/** The file appears whole, also when it has to be copied from another file system. */
function moveFile(file: string, directory: string): void {
  const place = join(directory, basename(file))
  chmodSync(file, evidenceMode)
  try {
    renameSync(file, place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const partial = join(directory, partialName())
    copyFileSync(file, partial)
    chmodSync(partial, evidenceMode)
    renameSync(partial, place)
  }
}
