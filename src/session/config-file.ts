/** `poolproof.config.json` or `.yaml`: what flags can say, written down once, with names for targets and profiles. */

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { UsageError } from '../model.ts'
import { valueOf } from '../documents/read-text.ts'
import { textOfFile } from '../documents/regular-file.ts'
import { problems } from '../documents/schema.ts'

/** What a flag can say: a text, a number, a switch, or several texts. */
export type Setting = string | number | boolean | readonly string[]

/** The contents of a configuration file. Described in `schemas/config.schema.json`. */
export interface Config {
  /** Absolute. */
  readonly file: string
  /** Paths of target files by name, seen from the configuration file. */
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
 * @param given - A file that was named instead.
 * @throws {UsageError} When it cannot be read, or says what it cannot say.
 */
export function configFor(directory: string, given?: string): Config | undefined {
  const file = given === undefined ? nearestConfig(directory) : resolve(directory, given)
  return file === undefined ? undefined : read(file)
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

function read(file: string): Config {
  const document = valueOf(textOf(file), file)
  const found = problems('config.schema.json', document)
  if (found.length > 0) {
    const places = found.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(
      `${file} is not a configuration:\n${places}\nSee schemas/config.schema.json, and the README.`,
    )
  }
  const { targets = {}, run = {}, profiles = {} } = document as Partial<Config>
  return { file, targets, run, profiles }
}

function textOf(file: string): string {
  try {
    return textOfFile(file)
  } catch (error) {
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

/** A path that the configuration gives, seen from where the program was started. */
export function fromConfig(path: string, { file }: Config): string {
  return path === '-' ? path : resolve(dirname(file), path)
}
