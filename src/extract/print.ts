/** What `extract` and `--check` print for a person. */
import type { Difference } from './derived.ts'
import type { Extracted } from './extract-file.ts'

interface Written {
  readonly out: string | undefined
  readonly written: string | undefined
}

/** One operation: what was read, what is open, what to do next. */
export function summary(result: Extracted, { out, written }: Written): string {
  const { document, rows, findings, settled, ledger } = result
  const { dialect, operation, method, path, page, examples } = document
  const valid = examples.filter((example) => example.valid).length
  const { totals, lines } = ledger
  return [
    `${dialect}/${operation}  ${method ?? 'no method'} ${path ?? 'no path'}  (${page.title})`,
    `  ${rows} rows, ${examples.length} examples (${valid} valid), ${document.prose.length} sentences of prose`,
    `  ${lines} lines: ${Object.entries({ ...totals, blank: ledger.blank })
      .map(([account, count]) => `${count} ${account}`)
      .join(', ')}`,
    `  ${findings.length} findings, ${settled.unsettled.length} of them unsettled`,
    ...settled.unsettled.map(({ id, place, says }) => `    ${id}\n      ${says} (${place})`),
    ...settled.stale.map(
      ({ id }) => `    Stale erratum: the page no longer gives rise to ${id}. Delete it.`,
    ),
    ...nextStep(result, out, written),
    '',
  ].join('\n')
}

function nextStep(
  { document, settled }: Extracted,
  out: string | undefined,
  written: string | undefined,
): readonly string[] {
  if (written !== undefined) return [`  written to ${written}`]
  if (out === undefined || settled.unsettled.length + settled.stale.length === 0) return []
  return [
    `  Not written: settle these in ${document.dialect}/errata.json first, each with a decision and evidence.`,
  ]
}

/** The differences of one operation, or one line that there are none. */
export function differences(operation: string, found: readonly Difference[]): string {
  if (found.length === 0) return `${operation} follows from its page.\n`
  return found.map(({ id, change }) => `${id} ${change}.\n`).join('')
}
