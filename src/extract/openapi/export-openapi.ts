/** Reads schemas from disk and writes them as OpenAPI. */
import { writeFileSync } from 'node:fs'
import { UsageError } from '../../model.ts'
import { ownSchemas, readDocuments } from '../schema/store.ts'
import { openApi } from './openapi.ts'

interface ExportOptions {
  readonly dialect?: string | undefined
  /** Directory of schemas; without it, those of this package. */
  readonly schemas?: string | undefined
  /** File to write; without it, the document is returned. */
  readonly out?: string | undefined
  readonly version: string
}

/**
 * @returns The document as JSON, if no file was named.
 * @throws {UsageError} When there is no schema to export, or the file cannot be written.
 */
export function exportOpenApi(options: ExportOptions): string | undefined {
  const { dialect, schemas = ownSchemas(), out, version } = options
  const all = readDocuments(schemas)
  const documents = all.filter((document) => dialect === undefined || document.dialect === dialect)
  if (documents.length === 0) throw new UsageError(nothingToExport(schemas, dialect))
  const text = `${JSON.stringify(openApi(documents, version), null, 2)}\n`
  if (out === undefined) return text
  try {
    writeFileSync(out, text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`${out} cannot be written (${code}). Name another file with --out.`)
  }
  return undefined
}

function nothingToExport(schemas: string, dialect: string | undefined): string {
  const of = dialect === undefined ? '' : ` of the dialect ${dialect}`
  return `${schemas} has no schemas${of}. Write some with: poolproof extract PAGE --out DIRECTORY.`
}
