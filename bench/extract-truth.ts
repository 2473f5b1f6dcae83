/** What the extractor made of made-up pages, held against what these were made to say. */

import { isSettled } from '../src/extract/findings/errata.ts'
import { openPage } from '../src/extract/page/open-page.ts'
import { isObject } from '../src/extract/page/json-text.ts'
import { draft } from '../src/extract/schema/document.ts'
import { ownSchemas, readDecisions } from '../src/extract/schema/store.ts'
import { readApiPage } from '../src/extract/findings/api-page.ts'
import { pageName, type MadePage } from './unlike-pages.ts'
import type { MeantRow } from './unlike-rows.ts'

/** One thing that a page says, or that was read from it. */
export type Told = readonly [what: 'row' | 'type' | 'mandatory' | 'limit', fact: string]

export interface Compared {
  readonly accepted: boolean
  /** Rules with a contradiction that no note settles. */
  readonly unsettled: readonly string[]
  /** What the page says and the schema does not, and the reverse. */
  readonly missed: readonly Told[]
  readonly wrong: readonly Told[]
  readonly meant: number
  /** Of what was missed, what no finding about its row tells of. */
  readonly silent: readonly Told[]
}

const decisions = new Map<string, ReturnType<typeof readDecisions>>()

/** With the notes of the dialect, and no errata. */
export function compared(made: MadePage): Compared {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(made.text)))
  const { dialect } = api.call
  const { notes } = decisions.get(dialect) ?? readDecisions(ownSchemas(), dialect)
  decisions.set(dialect, { errata: [], notes })
  const { document, settled, findings: told } = draft(api, findings, { errata: [], notes })
  const meant = made.rows.flatMap((row) => factsOf(pageName(made.family, row), row))
  const read = factsIn(document.request)
  const missed = meant.filter((one) => !has(read, one))
  return {
    accepted: isSettled(settled),
    unsettled: settled.unsettled.map(({ id }) => id.split('/').at(-1) ?? id),
    missed,
    silent: missed.filter(
      ([, fact]) => !told.some(({ id }) => id.includes(`request.${fact.split(' ')[0]}/`)),
    ),
    wrong: read.filter((one) => !has(meant, one)),
    meant: meant.length,
  }
}

function has(all: readonly Told[], one: Told): boolean {
  return all.some((other) => String(other) === String(one))
}

function factsOf(name: string, row: MeantRow): readonly Told[] {
  const { type, mandatory, maxLength, range, values, default: usual } = row
  const limits = [
    ...(maxLength === undefined ? [] : [`maxLength ${maxLength}`]),
    ...(range ? [`minimum ${range[0]}`, `maximum ${range[1]}`] : []),
    ...(values ? [`enum ${values.join()}`] : []),
    ...(usual === undefined ? [] : [`default ${usual}`]),
  ]
  return [
    ['row', name],
    ['type', `${name} ${type}`],
    ...(mandatory ? [['mandatory', name] as Told] : []),
    ...limits.map((limit): Told => ['limit', `${name} ${limit}`]),
  ]
}

const keywords = ['maxLength', 'minimum', 'maximum', 'enum', 'default']

/** Not the action, which is a row of every call. A least length is not asked for. */
function factsIn(schema: unknown): readonly Told[] {
  if (!isObject(schema) || !isObject(schema['properties'])) return []
  const required = [schema['required'] ?? []].flat()
  return Object.entries(schema['properties']).flatMap(([name, row]): readonly Told[] => {
    if (name === 'Action' || !isObject(row)) return []
    const limits = keywords.filter((keyword) => keyword in row)
    return [
      ['row', name],
      ['type', `${name} ${String(row['type'])}`],
      ...(required.includes(name) ? [['mandatory', name] as Told] : []),
      ...limits.map((keyword): Told => ['limit', `${name} ${keyword} ${String(row[keyword])}`]),
    ]
  })
}
