/** `poolproof.config.json` or `.yaml`: what flags can say, written down once, with names for targets and profiles. */

import { existsSync, lstatSync, type Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { UsageError } from '../model.ts'
import { limitedTextSync } from '../documents/limited-file.ts'
import { valueOf } from '../documents/read-text.ts'
import { problems, shownPath } from '../documents/schema.ts'

/** What a flag can say: a text, a number, a switch, or several texts. */
export type Setting = string | number | boolean | readonly string[]

/** The contents of a configuration file. Described in `schemas/config.schema.json`. */
export interface Config {
  /** Absolute. */
  readonly file: string
  /** Paths of target files by name, relative to the configuration file. */
  readonly targets: Readonly<Record<string, string>>
  /** Options of `poolproof run` by their long names, as `walk-path`. */
  readonly run: Readonly<Record<string, Setting>>
  /** Further options by the name of a profile; they take precedence. */
  readonly profiles: Readonly<Record<string, Readonly<Record<string, Setting>>>>
}

const names = ['poolproof.config.json', 'poolproof.config.yaml', 'poolproof.config.yml']

/**
 * The configuration that holds in a directory: the nearest one, upward.
 *
 * One that was found names targets, and so commands, that nobody typed: it holds only where it is the user's own.
 *
 * @param given - A file that was named instead.
 * @param user - Who asks; `undefined` where the system does not number its users.
 * @throws {UsageError} When it cannot be read, is somebody else's, or says what it cannot say.
 */
export function configFor(
  directory: string,
  given?: string,
  user: number | undefined = process.getuid?.(),
): Config | undefined {
  if (given !== undefined) return read(resolve(directory, given), () => undefined)
  const file = nearestConfig(directory)
  return file === undefined ? undefined : read(file, (opened) => assertOwn(file, opened, user))
}

/** The link counts too, where it is one: paths in the file are relative to the link. */
function assertOwn(file: string, opened: Stats, user: number | undefined): void {
  if (!opened.isFile()) throw new UsageError(`The configuration ${file} is not a file.`)
  if (user === undefined) return
  const owner = [lstatSync(file).uid, opened.uid].find((uid) => !isTrusted(uid, user))
  if (owner === undefined) return
  throw new UsageError(
    `The configuration ${file} belongs to another user (uid ${owner}; this process runs as uid ${user}). ` +
      'A configuration can name commands, so one that was not named is used only if it is your own or root’s. ' +
      'If you trust it, name it with --config; otherwise remove it, or run from another directory.',
  )
}

/** Root could change everything anyway. */
function isTrusted(owner: number, user: number): boolean {
  return owner === user || owner === 0
}

/** The file of a configuration, where it was found above the working directory. */
export function foundAbove(config: Config | undefined, directory: string): string | undefined {
  return config && dirname(config.file) !== resolve(directory) ? config.file : undefined
}

function nearestConfig(directory: string): string | undefined {
  for (let here = resolve(directory); ; here = dirname(here)) {
    const found = names.map((name) => join(here, name)).filter((file) => existsSync(file))
    const [first, second] = found
    if (second !== undefined) {
      throw new UsageError(`There are two configurations, ${first} and ${second}. Remove one.`)
    }
    if (first !== undefined) return first
    if (dirname(here) === here) return undefined
  }
}

function read(file: string, accept: (opened: Stats) => void): Config {
  const document = valueOf(textOf(file, accept), file)
  const found = problems('config.schema.json', document)
  if (found.length > 0) {
    const places = found.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(
      `${file} is not a configuration:\n${places}\nSee ${shownPath('schemas/config.schema.json')}, and the README.`,
    )
  }
  const { targets = {}, run = {}, profiles = {} } = document as Partial<Config>
  return { file, targets, run, profiles }
}

function textOf(file: string, accept: (opened: Stats) => void): string {
  try {
    return limitedTextSync(file, accept)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new UsageError(`The configuration ${file} cannot be read (${code}).`)
  }
}

/**
 * The settings of a run, those of a profile first.
 *
 * @throws {UsageError} When there is no such profile.
 */
export function settingsOf(
  config: Config | undefined,
  profile: string | undefined,
): Readonly<Record<string, Setting>> {
  if (profile === undefined) return config?.run ?? {}
  const own = config?.profiles[profile]
  if (config && own) return { ...config.run, ...own }
  const known = Object.keys(config?.profiles ?? {})
  const near = known.length > 0 ? ` Did you mean ${closest(profile, known)}?` : ''
  const where = config
    ? `${config.file} has no profile`
    : 'Without a configuration there is no profile'
  throw new UsageError(`${where} ${profile}.${near}`)
}

/** The path of a target file: a name of the configuration, or a path as it was typed. */
export function targetFile(typed: string, config: Config | undefined): string {
  const named = config?.targets[typed]
  return config && named !== undefined && !existsSync(typed) ? fromConfig(named, config) : typed
}

/** A path that the configuration gives, relative to the working directory. */
export function fromConfig(path: string, { file }: Config): string {
  return path === '-' ? path : resolve(dirname(file), path)
}
