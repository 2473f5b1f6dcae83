/** Writes the files of a report into its directory. */

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { asFileError } from '../documents/file-error.ts'
import type { OwnDirectory } from '../documents/own-directory.ts'
import { evidenceMode, partialName } from '../documents/whole-file.ts'
import { badgeSvg } from './badge.ts'
import { codeQuality } from './code-quality.ts'
import { conformanceJson } from './conformance.ts'
import { ctrf } from './ctrf.ts'
import { har } from './har.ts'
import { sarif } from './sarif.ts'
import { htmlPage } from './html.ts'
import { junitXml } from './junit.ts'
import { evidenceFile, withEvidenceApart } from './evidence-file.ts'
import { escaped } from './html-text.ts'
import { legibleJson, onOneLine } from './legible.ts'
import { plain, summaryMarkdown } from './markdown.ts'
import { defaultFormats, formatFiles, type FormatName } from './format-names.ts'
import { withFaults, type Report } from './report.ts'

function asJson(fault: string): string {
  return `${legibleJson({ fault })}\n`
}

/** The formats, each with a text for the case that it cannot be made. */
const writers: readonly (readonly [
  format: Exclude<FormatName, 'github'>,
  write: (report: Report) => string,
  instead: (fault: string) => string,
])[] = [
  [
    'html',
    htmlPage,
    (fault) => `<!doctype html><title>Poolproof</title><p>${escaped(fault)}</p>\n`,
  ],
  [
    'junit',
    junitXml,
    (fault) =>
      `<testsuites><testsuite name="poolproof" tests="1" errors="1"><testcase name="report"><error message="${escaped(onOneLine(fault))}"/></testcase></testsuite></testsuites>\n`,
  ],
  ['markdown', summaryMarkdown, (fault) => `${plain(fault)}\n`],
  ['sarif', sarif, asJson],
  ['ctrf', ctrf, asJson],
  ['gitlab', codeQuality, asJson],
  ['har', har, asJson],
  [
    'badge',
    badgeSvg,
    (fault) =>
      `<svg xmlns="http://www.w3.org/2000/svg"><title>${escaped(onOneLine(fault))}</title></svg>\n`,
  ],
]

/** The files of a report in the order in which they appear, and the report as `conformance.json` has it. */
interface Written {
  readonly report: Report
  readonly json: string
  readonly files: readonly (readonly [file: string, contents: string | Uint8Array])[]
}

/**
 * Makes the files of a report in these formats, and `conformance.json`. A fault of ours in one of them must not cost the others: it is added to the
 * report.
 */
export function reportFiles(
  report: Report,
  formats: readonly FormatName[] = defaultFormats,
  additions: Pick<Report, 'passages' | 'history' | 'altered'> = {},
): Written {
  const faults: string[] = []
  const wanted = writers.filter(([format]) => formats.includes(format))
  const files = wanted.map(([format, write, instead]) => {
    const file = formatFiles[format]
    try {
      return [file, write({ ...report, ...additions })] as const
    } catch (error) {
      const fault = `${file} could not be written. ${storyOf(error)}`
      faults.push(fault)
      return [file, instead(fault)] as const
    }
  })
  const { report: stored, file } = withEvidenceApart(withFaults(report, faults))
  const { report: known, json } = recordOf(stored)
  const apart = file ? [[evidenceFile, file] as const] : []
  const written = known === stored ? withFaults(report, faults) : known
  // Programs wait for this one, so it is the last.
  return { report: written, json, files: [...files, ...apart, ['conformance.json', json]] }
}

/** A record that does not fit its schema is better than none. */
function recordOf(report: Report): Pick<Written, 'report' | 'json'> {
  try {
    return { report, json: conformanceJson(report) }
  } catch (error) {
    const known = withFaults(report, [storyOf(error)])
    return { report: known, json: `${legibleJson(known)}\n` }
  }
}

function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
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

/**
 * Copies of the Allure results of several reports, in a directory of their own.
 *
 * @param reports - Their directories; one without results is passed over.
 */
export function allureResultsOf(reports: readonly string[]): {
  readonly directory: string
  remove(): void
} {
  const directory = mkdtempSync(join(tmpdir(), 'poolproof-allure-'))
  for (const report of reports) {
    const results = join(report, 'allure-results')
    if (!existsSync(results)) continue
    const names = readdirSync(results).filter((name) => ofAllure.test(name))
    for (const name of names) copyFileSync(join(results, name), join(directory, name))
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
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
