/** Values of options, read from the text that was typed. Errors are shown by commander. */

import { InvalidArgumentError, Option } from 'commander'
import { namedWalk, type NamedWalk } from '../check/walk-selection.ts'
import type { Level } from '../model.ts'
import { formatNames } from '../report/format-names.ts'

/** Adds a value of an option that may be repeated. */
export function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** `--only`, for every command that can be limited to some requirements. */
export function onlyOption(): Option {
  const text =
    "only these: an id, the beginning of ids, or a pattern ('elb/*/session-*'); repeatable"
  return new Option('-o, --only <id>', text).argParser(gathered).default([], 'all requirements')
}

/** `--level`: the levels of requirements. */
export function levelOption(): Option {
  const text = 'only requirements of this level: must, implied or reading; repeatable'
  return new Option('--level <level>', text).argParser(level).default([], 'all levels')
}

/** `--skip`, written like `--only`. */
export function skipOption(): Option {
  const text = 'leave these out, written like --only; the report lists them; repeatable'
  return new Option('--skip <id>', text).argParser(gathered).default([], 'none')
}

/** `--budget`: a limit of requests. */
export function budgetOption(): Option {
  const text =
    'run only the checks that fit into this many requests per target, most effective first; the report lists the others'
  return new Option('--budget <requests>', text).argParser(positive)
}

/** Adds a level. @throws {InvalidArgumentError} */
export function level(value: string, before: readonly Level[]): readonly Level[] {
  const known = ['must', 'implied', 'reading'] as const
  const found = known.find((one) => one === value)
  if (found) return [...before, found]
  throw new InvalidArgumentError(`The levels are ${known.join(', ')}.`)
}

/** Adds the name of a format of the report. @throws {InvalidArgumentError} */
export function reporter(value: string, before: readonly string[]): readonly string[] {
  const known = ['default', ...formatNames]
  if (known.includes(value)) return [...before, value]
  throw new InvalidArgumentError(`The formats are ${known.join(', ')}.`)
}

/** 1 or more. @throws {InvalidArgumentError} */
export function positive(value: string): number {
  const number = wholeNumber(value)
  if (number > 0) return number
  throw new InvalidArgumentError('It must be a whole number, 1 or more.')
}

/** 0 or more. @throws {InvalidArgumentError} */
export function wholeNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw new InvalidArgumentError('It must be a whole number, 0 or more.')
}

/** 0 to 65535. @throws {InvalidArgumentError} */
export function portNumber(value: string): number {
  const port = wholeNumber(value)
  if (port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

/** Milliseconds: `200ms`, `2s`, or a plain number of milliseconds. @throws {InvalidArgumentError} */
export function duration(value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(value) ?? []
  if (number === undefined) throw new InvalidArgumentError('It must be a time like 200ms or 2s.')
  return Number(number) * (unit === 's' ? 1000 : 1)
}

/** A walk as a report names it. @throws {InvalidArgumentError} */
export function walkPath(value: string): NamedWalk {
  const walk = namedWalk(value)
  if (walk) return walk
  throw new InvalidArgumentError(
    'A report shows the path of a walk, for example elb/3/0:2:1/AAE:V.',
  )
}
