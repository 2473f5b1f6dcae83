/** `poolproof extract`: vendor pages in, JSON Schemas out, contradictions named. */
import { check } from './check.ts'
import { isSettled } from './findings/errata.ts'
import type { ExtractOptions, Output } from './options.ts'
import { extractFile, type Extracted, type Refused } from './extract-file.ts'
import { summary } from './print.ts'
import { ownSchemas, writeDocument } from './schema/store.ts'

export { openPage } from './page/open-page.ts'
export { PageRefused } from './page/page.ts'
export { derivedFrom } from './schema/derived.ts'
export type { Document } from './schema/document.ts'
export type { Erratum } from './findings/errata.ts'
export type { ExtractOptions, Output } from './options.ts'

/**
 * @param pages - Files, read one after the other; a page that is refused does not stop the rest.
 * @returns 0 when every page was read and nothing is left to settle, 1 when findings are unsettled
 *   or `--check` found a difference, 2 when a page cannot be read or none was named.
 */
export async function extractCommand(
  pages: readonly string[],
  options: ExtractOptions,
  io: Output,
): Promise<number> {
  if (options.check !== undefined)
    return check(options.check, options.out ?? ownSchemas(), options, io)
  if (pages.length === 0) {
    io.stderr(
      'No page named. Usage: poolproof extract PAGE… [--out DIR] [--json], or --check PAGES-DIR.\n',
    )
    return 2
  }
  const schemas = options.out ?? ownSchemas()
  const results = pages.map((page) => extractFile(page, schemas))
  for (const result of results) report(result, options, io)
  if (options.json === true) io.stdout(`${JSON.stringify(results.map(plainResult), null, 2)}\n`)
  return Math.max(...results.map(exitCode))
}

function report(result: Extracted | Refused, { out, json }: ExtractOptions, io: Output): void {
  if ('refused' in result) {
    io.stderr(`${result.file}: ${result.refused}\n`)
    return
  }
  const written =
    out !== undefined && isAccepted(result) ? writeDocument(out, result.document) : undefined
  if (json !== true) io.stdout(summary(result, { out, written }))
}

function isAccepted({ settled }: Extracted): boolean {
  return isSettled(settled)
}

function exitCode(result: Extracted | Refused): number {
  if ('refused' in result) return 2
  return isAccepted(result) ? 0 : 1
}

function plainResult(result: Extracted | Refused): object {
  if ('refused' in result) return { file: result.file, refused: result.refused }
  const { file, rows, document, findings, settled } = result
  const { dialect, operation, method, path, page, ledger, examples } = document
  const { parameters, query, headers, request, response, statuses, errors } = document
  const shown = examples.map(({ name, valid }) => ({ name, valid }))
  const unsettled = settled.unsettled.map(({ id }) => id)
  const noted = settled.noted.map(({ id }) => id)
  const stale = settled.stale.map(({ id }) => id)
  const { overruling } = settled
  return {
    file,
    dialect,
    operation,
    method,
    path,
    page,
    rows,
    parameters,
    query,
    ...(headers === undefined ? {} : { headers }),
    request,
    response,
    ...('response-headers' in document ? { 'response-headers': document['response-headers'] } : {}),
    statuses,
    errors,
    examples: shown,
    findings,
    unsettled,
    noted,
    stale,
    overruling,
    ledger,
  }
}
