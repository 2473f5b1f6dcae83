/** Writes the files of a report: all of them or none. */

import { cp, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDirectory } from '../documents/directory.ts'
import { UsageError } from '../model.ts'
import { conformanceJson } from './conformance.ts'
import { htmlPage } from './html.ts'
import { junitXml } from './junit.ts'
import { summaryMarkdown } from './markdown.ts'
import type { Report } from './report.ts'

/** Our files, in the order in which they appear: the record that programs wait for comes last. */
const writers: readonly (readonly [file: string, write: (report: Report) => string])[] = [
  ['index.html', htmlPage],
  ['junit.xml', junitXml],
  ['summary.md', summaryMarkdown],
  ['conformance.json', conformanceJson],
]

/**
 * Writes all of a report into a directory, and makes the directory if there is none.
 *
 * Every file is complete before the first one is put in its place. They are made inside the directory,
 * not beside it: it may be the only place we may write to, and a file system of its own.
 *
 * @throws {UsageError} When the directory cannot be written.
 */
export async function writeReport(report: Report, directory: string): Promise<void> {
  await writeFiles(
    directory,
    writers.map(([file, write]) => [file, write(report)] as const),
  )
}

/**
 * Writes some files into a directory, all of them or none, in this order.
 *
 * @throws {UsageError} When the directory cannot be written.
 */
export async function writeFiles(
  directory: string,
  texts: readonly (readonly [file: string, text: string])[],
): Promise<void> {
  await inPlace(directory, async (unseen) => {
    for (const [file, text] of texts) await writeFile(join(unseen, file), text)
    for (const [file] of texts) await rename(join(unseen, file), join(directory, file))
  })
}

/**
 * Puts one more file into a report directory, whole or not at all.
 *
 * @throws {UsageError} When the directory cannot be written.
 */
export async function writeBeside(directory: string, file: string, text: string): Promise<void> {
  await writeFiles(directory, [[file, text]])
}

/**
 * Tries, before a run, whether its report can be written afterwards.
 *
 * @param files - What it will be; a run's own unless told otherwise.
 * @throws {UsageError} When it cannot.
 */
export async function assertWritable(
  directory: string,
  files: readonly string[] = writers.map(([file]) => file),
): Promise<void> {
  const made = await inPlace(directory, async (unseen) => {
    await writeFile(join(unseen, 'probe'), '')
  })
  for (const file of files) {
    const isDirectory = await stat(join(directory, file)).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isDirectory) {
      throw new UsageError(
        `${join(directory, file)} is a directory, where the report has a file. Move it, or name another directory with --report.`,
      )
    }
  }
  if (made !== undefined) await rm(made, { recursive: true })
}

/** Only what Allure writes; whatever else lies there is the person's. */
const ofAllure =
  /^(?:.+-(?:result|container)\.json|.+-attachment(?:\..+)?|environment\.properties|categories\.json)$/

/**
 * Puts the Allure results of a run in the place of a former run's, so that nobody takes those for these.
 *
 * @param from - Where the run left them.
 * @throws {UsageError} When the directory cannot be written.
 */
export async function replaceAllureResults(from: string, directory: string): Promise<void> {
  const results = join(directory, 'allure-results')
  try {
    makeDirectory(results)
    const entries = await readdir(results, { withFileTypes: true })
    const old = entries.filter((entry) => entry.isFile() && ofAllure.test(entry.name))
    await Promise.all(old.map(({ name }) => rm(join(results, name), { force: true })))
    await moveAll(from, results)
  } catch (error) {
    throw unwritable(error, results)
  }
}

/** Renames where it can; copies where the two are on different file systems. */
async function moveAll(from: string, to: string): Promise<void> {
  const names = await readdir(from)
  try {
    await Promise.all(names.map((name) => rename(join(from, name), join(to, name))))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await cp(from, to, { recursive: true })
  }
}

/**
 * Lends a directory inside the report's that nobody looks into, and removes it in the end.
 *
 * @returns the uppermost directory that had to be made, if one had.
 */
async function inPlace(
  directory: string,
  use: (unseen: string) => Promise<void>,
): Promise<string | undefined> {
  let unseen: string | undefined
  try {
    const made = makeDirectory(directory)
    unseen = await mkdtemp(join(directory, '.poolproof-'))
    await use(unseen)
    return made
  } catch (error) {
    throw unwritable(error, directory)
  } finally {
    if (unseen !== undefined) await rm(unseen, { recursive: true, force: true })
  }
}

/** The error in a sentence, if it is the file system's; any other is ours. */
function unwritable(error: unknown, directory: string): unknown {
  const { code, path = directory } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new UsageError(
      `The report cannot go to ${directory}: there is a file where a directory should be. Name another directory with --report.`,
    )
  }
  return new UsageError(
    `The report cannot be written to ${directory} (${code} at ${path}). Name another directory with --report.`,
  )
}
