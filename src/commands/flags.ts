/** Values of options, read from the text that was typed. Errors are shown by commander. */

import { InvalidArgumentError, Option } from 'commander'
import { namedWalk, type NamedWalk } from '../check/walk-selection.ts'

/** Adds a value of an option that may be repeated. */
export function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** `--only`, for every command that can be limited to some requirements. */
export function onlyOption(): Option {
  const text = 'only this requirement, or all below it (elb/delete-pool); repeatable'
  return new Option('-o, --only <id>', text).argParser(gathered).default([], 'all requirements')
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
  throw new InvalidArgumentError('A report shows the path of a walk, as elb/3/0:2:1/AAE:V.')
}
