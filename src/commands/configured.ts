/** Puts what a configuration file says in the place of options that were not typed. */

import type { Command, Option } from 'commander'
import { InvalidArgumentError } from 'commander'
import { closest } from 'fastest-levenshtein'
import { UsageError } from '../model.ts'
import {
  fromConfig,
  settingsOf,
  targetFile,
  type Config,
  type Setting,
} from '../session/config-file.ts'

/** Options whose values are paths, or lists of them. */
const paths = new Set(['target', 'report', 'journal'])

/** Options that choose the configuration itself. */
const choosing = new Set(['config', 'profile', 'help'])

/**
 * Sets the options of a command that the configuration names and that were not typed.
 *
 * @throws {UsageError} When it names an option that there is not, or gives it a value that it cannot have.
 */
export function applyConfig(command: Command, config: Config | undefined, profile?: string): void {
  const options = command.options.filter((option) => !choosing.has(longName(option)))
  for (const [name, setting] of Object.entries(settingsOf(config, profile))) {
    const option = options.find((one) => longName(one) === name)
    if (!option) throw unknown(name, options, config)
    const key = option.attributeName()
    if (command.getOptionValueSource(key) === 'cli') continue
    const value = valueFor(option, located(name, setting, config), config)
    command.setOptionValueWithSource(key, value, 'config')
  }
  withNamedTargets(command, config)
}

/** A name of the configuration may stand for a path, whoever gave it. */
function withNamedTargets(command: Command, config: Config | undefined): void {
  const typed = command.getOptionValue('target') as string | readonly string[] | undefined
  if (typed === undefined || typed.length === 0) return
  const value =
    typeof typed === 'string'
      ? targetFile(typed, config)
      : typed.map((one) => targetFile(one, config))
  const source = command.getOptionValueSource('target')
  command.setOptionValueWithSource('target', value, source ?? 'config')
}

function longName({ long = '' }: Option): string {
  return long.replace(/^--/, '')
}

function located(name: string, setting: Setting, config: Config | undefined): Setting {
  if (!config || !paths.has(name)) return setting
  const at = (path: string) =>
    name === 'target' && config.targets[path] !== undefined ? path : fromConfig(path, config)
  if (typeof setting === 'string') return at(setting)
  return Array.isArray(setting) ? setting.map((one: string) => at(one)) : setting
}

/** As if it had been typed. */
function valueFor(option: Option, setting: Setting, config: Config | undefined): unknown {
  const wrong = (why: string) =>
    new UsageError(`${config?.file ?? 'The configuration'}: ${longName(option)} ${why}`)
  if (option.isBoolean()) {
    if (typeof setting === 'boolean') return setting
    throw wrong('is a switch: it is true or false.')
  }
  if (typeof setting === 'boolean' && !(option.optional && setting)) {
    throw wrong('needs a value, not true or false.')
  }
  if (setting === true) return true
  const parse = option.parseArg ?? ((value: string) => value)
  try {
    if (Array.isArray(option.defaultValue)) {
      const all: readonly string[] = Array.isArray(setting) ? setting : [String(setting)]
      return all.reduce((before: unknown, one) => parse(one, before), [])
    }
    if (Array.isArray(setting)) throw new InvalidArgumentError('It takes one value.')
    const text = String(setting)
    if (option.argChoices && !option.argChoices.includes(text)) {
      throw new InvalidArgumentError(`It is one of ${option.argChoices.join(', ')}.`)
    }
    return parse(text, undefined)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw wrong(`is ${JSON.stringify(setting)}. ${error.message}`)
  }
}

function unknown(name: string, options: readonly Option[], config: Config | undefined): UsageError {
  const known = options.map((option) => longName(option))
  return new UsageError(
    `${config?.file ?? 'The configuration'} has the option ${name}, which poolproof run does not have. Did you mean ${closest(name, known)}?`,
  )
}
