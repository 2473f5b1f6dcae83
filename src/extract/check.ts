/** `--check`: do the schemas in the repository still follow from these pages? */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compare, derivedFrom, keywordName, type Difference } from './schema/derived.ts'
import type { Document } from './schema/document.ts'
import { overruledSays, type Overruled } from './findings/errata.ts'
import { extractFile, type Extracted } from './extract-file.ts'
import type { ExtractOptions, Output } from './options.ts'
import { differences } from './print.ts'
import { printed, readDocuments } from './schema/store.ts'

interface Checked {
  readonly operation: string
  readonly differences: readonly Difference[]
  /** Findings without an erratum and errata without a finding, one sentence each. */
  readonly unsettled: readonly string[]
}

/** @returns 0 when they follow, 1 when one differs or has no page, 2 when there is no such folder. */
export function check(
  pages: string,
  schemas: string,
  { json }: ExtractOptions,
  io: Output,
): number {
  if (!existsSync(pages) || !statSync(pages).isDirectory()) {
    io.stderr(`${pages} is not a directory of pages.\n`)
    return 2
  }
  const { extracted, troubles } = pagesIn(pages, schemas)
  for (const trouble of troubles) io.stderr(trouble)
  const checked = readDocuments(schemas).map((document) =>
    checkOne(document, extracted.get(nameOf(document))),
  )
  if (checked.length === 0) {
    io.stderr(`${schemas} has no schemas to check.\n`)
    return 2
  }
  io.stdout(json === true ? `${JSON.stringify(checked, null, 2)}\n` : checked.map(sayings).join(''))
  const same = checked.every((one) => one.differences.length === 0 && one.unsettled.length === 0)
  return same && troubles.length === 0 ? 0 : 1
}

/** Lines about one operation: what differs, what is unsettled, or that all is well. */
function sayings({ operation, differences: found, unsettled }: Checked): string {
  const silent = found.length === 0 && unsettled.length > 0
  return (silent ? '' : differences(operation, found)) + unsettled.join('')
}

interface Pages {
  readonly extracted: ReadonlyMap<string, Extracted>
  /** Pages that are refused, and operations that two files describe: one sentence each. */
  readonly troubles: readonly string[]
}

/** Files of the folder itself; a folder inside it holds pages that no schema was made from. */
function pagesIn(folder: string, schemas: string): Pages {
  const read = new Map<string, Extracted>()
  const troubles: string[] = []
  for (const name of readdirSync(folder).toSorted()) {
    const file = join(folder, name)
    if (!statSync(file).isFile()) continue
    const result = extractFile(file, schemas)
    if ('refused' in result) {
      if (!isReadme(name)) troubles.push(`${file}: ${result.refused}\n`)
      continue
    }
    const operation = nameOf(result.document)
    const other = read.get(operation)
    if (other) troubles.push(`${operation} is described twice: ${other.file} and ${file}.\n`)
    else read.set(operation, result)
  }
  return { extracted: read, troubles }
}

/** A description of the folder of pages is not a page. */
function isReadme(name: string): boolean {
  return /^readme\b/i.test(name)
}

function nameOf({ dialect, operation }: Document): string {
  return `${dialect}/${operation}`
}

function checkOne(committed: Document, extracted: Extracted | undefined): Checked {
  const operation = nameOf(committed)
  if (!extracted)
    return { operation, differences: [], unsettled: [`No page describes ${operation}.\n`] }
  const compared = compare(derivedFrom(committed), derivedFrom(extracted.document))
  const found = withMasked(compared, operation, extracted.settled.overruling)
  return {
    operation,
    differences: found.length > 0 ? found : sourcesDiffer(committed, extracted.document),
    unsettled: [
      ...extracted.settled.unsettled.map(({ id, says }) => `Unsettled: ${id}. ${says}\n`),
      ...extracted.settled.stale.map(({ id }) => `Stale erratum: ${id}.\n`),
      ...extracted.settled.overruling.map((one) => `${overruledSays(one)}\n`),
    ],
  }
}

/** An erratum hides a change of what it overwrites: the requirement is named all the same. */
function withMasked(
  found: readonly Difference[],
  operation: string,
  overruling: readonly Overruled[],
): readonly Difference[] {
  const named = new Set(found.map(({ id }) => id))
  const masked = overruling
    .map(({ at, keyword }) => `${operation}/${at}.${keywordName(keyword)}`)
    .filter((id) => !named.has(id))
  return [...found, ...[...new Set(masked)].map((id) => ({ id, change: 'changes' }) as const)]
}

/** The same requirements from other places: a table was renumbered, an erratum renamed. */
function sourcesDiffer(committed: Document, extracted: Document): readonly Difference[] {
  if (printed(committed) === printed(extracted)) return []
  return [{ id: `${nameOf(committed)}/x-source`, change: 'changes' }]
}
