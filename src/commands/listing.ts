/** The list of requirements: whether each is asked, or why it cannot be. */

import { isCheck, loansOf, type Entry, type Suite } from '../check/check.ts'
import { addressOf, type Dialect, type Level, type AnyOperation } from '../model.ts'
import { requirements } from '../report/wording.ts'

/** A requirement as `list --json` shows it. */
export interface Listed {
  readonly id: string
  readonly dialect: Dialect
  readonly operation: AnyOperation
  readonly level: Level
  /** The page's title, and the place in it. */
  readonly page: string
  readonly place: string
  /** Where a reader can open an edition of the page. */
  readonly address?: string
  readonly text: string
  readonly needs: readonly string[]
  readonly readings: Readonly<Record<string, string>>
  readonly checked: boolean
  /** Why no exchange can show it. */
  readonly unobservable?: string
}

/** All requirements of the suites, in their order. */
export function listing(suites: readonly Suite[]): Listed[] {
  return suites.flatMap((suite) => suite.entries.map((entry) => listed(suite, entry)))
}

function listed({ dialect, operation }: Suite, entry: Entry): Listed {
  const { id, level, text, source, needs = [], readings = {} } = entry.requirement
  const [page = '', ...place] = source.split(' › ')
  const address = addressOf(source)
  return {
    id,
    dialect,
    operation,
    level,
    page,
    place: place.join(' › '),
    ...(address === undefined ? {} : { address }),
    text,
    needs: [...needs, ...loansOf(entry.requirement)],
    readings,
    checked: isCheck(entry),
    ...(isCheck(entry) ? {} : { unobservable: entry.reason }),
  }
}

/** The list for people: one block for each requirement, and the totals at the end. */
export function listingText(all: readonly Listed[]): string {
  const asked = all.filter(({ checked }) => checked).length
  const sums = `${requirements(all.length)}: ${asked} tested, ${all.length - asked} that cannot be observed in any exchange.`
  return `${all.map((one) => block(one)).join('\n')}\n${sums}\n`
}

/** The operations that are asked only by their id, a line for each. */
export function apartText(suites: readonly Suite[]): string {
  const lines = suites.map(({ dialect, operation, entries }) => {
    const asked = entries.filter((entry) => isCheck(entry)).length
    return `  ${dialect}/${operation}: ${requirements(entries.length)}, ${asked} tested`
  })
  return [
    '',
    'Operations that set-up uses. Their answers are judged in every run, outside the verdict; with --only and one of',
    'these ids their requirements are asked, and count:',
    ...lines,
    '',
  ].join('\n')
}

function block(one: Listed): string {
  const { id, level, page, place, address, text, needs, readings, unobservable } = one
  const lines = [
    `${id}  [${level}]`,
    `  ${text}`,
    `  ${[page, place].filter(Boolean).join(' › ')}`,
    ...(address === undefined ? [] : [`  ${address}`]),
    ...Object.entries(readings).map(([name, meaning]) => `  reading ${name}: ${meaning}`),
    ...(needs.length > 0 ? [`  needs ${needs.join(', ')}`] : []),
    ...(unobservable === undefined ? [] : [`  not asked: ${unobservable}`]),
  ]
  return `${lines.join('\n')}\n`
}
