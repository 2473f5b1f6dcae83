/** What the library's `conformance` does: a run with its report, without a terminal. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownSuites, suitesFor, suitesModule } from '../../suites/index.ts'
import type { Suite } from '../check/check.ts'
import { select } from '../check/select.ts'
import { claimDirectory } from '../documents/own-directory.ts'
import { defaultFormats } from '../report/format-names.ts'
import { replaceAllureResults, reportFiles } from '../report/write-report.ts'
import { embeddedModule, embeddedTargets, referenceEnvironment } from '../reference/embedded.ts'
import { run } from '../run/run.ts'
import { newRunId } from '../session/run-names.ts'
import { checkedTarget, readTarget } from '../session/target-file.ts'
import type { Report } from '../report/report.ts'
import type { Target } from '../target.ts'
import type { ConformanceOptions } from './library-options.ts'

/** See `conformance`. */
export async function runOf(options: ConformanceOptions): Promise<Report> {
  const targets = await targetsOf(options.target)
  const suites = await suitesOf(options)
  const directory = claimDirectory(options.report, 'report')
  const allureResults = await mkdtemp(join(tmpdir(), 'poolproof-allure-'))
  try {
    const report = await run({
      ...askedOf(targets, suites, options),
      ...selectionOf(options),
      suites,
      suitesModule,
      ...(options.operations === undefined ? {} : { operations: options.operations }),
      journal: join(options.report, 'journal'),
      allureResults,
      progress: {
        ended: (id, done, of) => options.onProgress?.(id, done, of),
        warned: () => undefined,
      },
      ...(options.signal ? { interrupted: options.signal } : {}),
    })
    const { report: written, files } = reportFiles(report, defaultFormats)
    directory.write(files)
    replaceAllureResults(allureResults, directory)
    return written
  } finally {
    directory.abandon()
    await rm(allureResults, { recursive: true, force: true })
  }
}

/** Contents are checked as a file is; paths in them are relative to the working directory. */
export async function targetsOf(given: ConformanceOptions['target']): Promise<readonly Target[]> {
  const all = given === undefined ? [] : [given].flat()
  return Promise.all(
    all.map((one) =>
      typeof one === 'string' ? readTarget(one) : checkedTarget(one, 'The target'),
    ),
  )
}

function suitesOf({ operations, only = [] }: ConformanceOptions): Promise<readonly Suite[]> {
  return operations === undefined ? Promise.resolve(suitesFor(only)) : ownSuites(operations)
}

function askedOf(
  targets: readonly Target[],
  suites: readonly Suite[],
  options: ConformanceOptions,
) {
  const { environment = process.env } = options
  if (targets.length > 0) return { targets, environment }
  const { suites: chosen } = select(suites, { only: [], ...options })
  return {
    targets: embeddedTargets([...new Set(chosen.map(({ dialect }) => dialect))]),
    environment: { ...environment, ...referenceEnvironment },
    embedded: embeddedModule,
  }
}

function selectionOf({
  only = [],
  levels,
  skip,
  seed = 1,
  strength,
  walks = 0,
}: ConformanceOptions) {
  return {
    only,
    ...(levels ? { levels } : {}),
    ...(skip ? { skip } : {}),
    walks: { count: walks },
    run: { id: newRunId(), seed, ...(strength ? { strength } : {}) },
  }
}
