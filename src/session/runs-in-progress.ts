/**
 * The runs of this user that are in progress on this machine, wherever their journals are: a sweep that was given
 * another directory of journals leaves them alone as well.
 */

import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeIfPossible } from '../documents/directory.ts'
import { textOfFile } from '../documents/regular-file.ts'
import { isRunning, type WritingProcess } from './writing-process.ts'

interface RunInProgress {
  readonly endpoint: string
  /** The id of the load balancer that is lent to it. */
  readonly lent?: string
  readonly process: WritingProcess
}

/**
 * Says that a run is in progress on a target. Where that cannot be written, only its journal says so.
 *
 * @returns what takes that back; a process that is killed need not.
 */
export function noteRun(
  run: string,
  target: string,
  { endpoint, lent, process: running }: RunInProgress,
  directory = usual(),
): () => void {
  const file = join(directory, `${run}-${target}.json`)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (!isOurs(directory)) return () => undefined
    removeOld(directory)
    const about = { endpoint, lent, process: running }
    writeFileSync(file, JSON.stringify(about), { mode: 0o600, flag: 'wx' })
  } catch {
    return () => undefined
  }
  return () => removeIfPossible(file)
}

/** What killed runs have left, as soon as they could not go on any more. */
function removeOld(directory: string): void {
  for (const name of filesIn(directory)) {
    const { until = '' } = read(join(directory, name))?.process ?? {}
    if (Date.parse(until) < Date.now()) removeIfPossible(join(directory, name))
  }
}

/** Those of other processes. What a killed run has left counts no more: its process is gone. */
export function runsInProgress(
  directory = usual(),
): readonly (Omit<RunInProgress, 'process'> & { readonly run: string })[] {
  return filesIn(directory).flatMap((name) => {
    const about = read(join(directory, name))
    if (!about || !isRunning(about.process)) return []
    const { process: _process, ...where } = about
    return [{ run: name.slice(0, name.indexOf('-')), ...where }]
  })
}

/** A user need not have a name, as in many containers, and has no number on Windows. */
const own = process.getuid?.()

/** Not where `TMPDIR` says: two runs of a user need not agree on that. */
function usual(): string {
  const temporary = process.platform === 'win32' ? tmpdir() : '/tmp'
  return join(temporary, `poolproof-runs-${own ?? 'own'}`)
}

/** Anybody may make a directory of that name: then nothing in it is believed. */
function isOurs(directory: string): boolean {
  const found = lstatSync(directory)
  const isPrivate = own === undefined || (found.uid === own && (found.mode & 0o022) === 0)
  return found.isDirectory() && isPrivate
}

function filesIn(directory: string): readonly string[] {
  try {
    if (!isOurs(directory)) return []
    return readdirSync(directory).filter((name) => /^[0-9a-f]{8}-.*\.json$/.test(name))
  } catch {
    return []
  }
}

function read(file: string): RunInProgress | undefined {
  try {
    const about = JSON.parse(textOfFile(file)) as RunInProgress
    return typeof about.process === 'object' ? about : undefined
  } catch {
    return undefined
  }
}
