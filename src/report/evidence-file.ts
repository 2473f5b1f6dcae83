/**
 * The exchanges of everything that passed are kept apart from `conformance.json`, compressed: they are most of a
 * report, and seldom read.
 */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { problems } from '../documents/schema.ts'
import { UsageError, type RecordedExchange } from '../model.ts'
import type { Finding, Report } from './report.ts'

/** Beside `conformance.json`. */
export const evidenceFile = 'evidence.json.gz'

/** What is in the file: by the target's name, a space and the id of the requirement. */
interface Apart {
  readonly run: string
  readonly exchanges: Readonly<Record<string, readonly RecordedExchange[]>>
}

/** Bytes: more than any run records. Whatever unpacks to more is not ours. */
const mostBytes = 1_000_000_000

/** The report without those exchanges, and the file that has them; no file where there are none. */
export function withEvidenceApart(report: Report): {
  readonly report: Report
  readonly file?: Uint8Array
} {
  const apart = report.findings.filter(isApart)
  if (apart.length === 0) return { report }
  const exchanges = Object.fromEntries(apart.map((one) => [keyOf(one), one.evidence]))
  const contents: Apart = { run: report.run.id, exchanges }
  const file = gzipSync(JSON.stringify(contents))
  const findings = report.findings.map((finding) =>
    isApart(finding)
      ? { ...finding, evidence: [], evidenceApart: finding.evidence.length }
      : finding,
  )
  return {
    report: { ...report, findings, evidenceFile: { name: evidenceFile, sha256: sha256(file) } },
    file,
  }
}

/**
 * The report as it was before, with all exchanges.
 *
 * @param file - `undefined` where it was not copied: then the exchanges stay away, and each finding says how many.
 * @throws {UsageError} When it is not the file of this report.
 */
export function withEvidence(report: Report, file: Uint8Array | undefined): Report {
  const { evidenceFile: named, ...rest } = report
  if (!named || !file) return report
  if (sha256(file) !== named.sha256) {
    throw new UsageError(
      `${named.name} is not the one that belongs to this report: its SHA-256 is another one than conformance.json says. Copy both files from the same run, or delete it to read the report without the exchanges of what passed.`,
    )
  }
  const exchanges = exchangesIn(file, named.name)
  const findings = rest.findings.map(({ evidenceApart, ...finding }) =>
    evidenceApart === undefined
      ? finding
      : { ...finding, evidence: exchanges.get(keyOf(finding)) ?? [] },
  )
  const whole = { ...rest, findings }
  const [first] = problems('report.schema.json', whole)
  if (first !== undefined) throw new UsageError(`${named.name} holds no exchanges: ${first}`)
  return whole
}

/** @throws {UsageError} When it does not hold what a run writes there. */
function exchangesIn(
  file: Uint8Array,
  name: string,
): ReadonlyMap<string, Apart['exchanges'][string]> {
  try {
    const text = gunzipSync(file, { maxOutputLength: mostBytes }).toString('utf8')
    const { exchanges } = JSON.parse(text) as Apart
    return new Map(Object.entries(exchanges))
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`)
  }
}

function isApart({ verdict, evidence }: Finding): boolean {
  return verdict === 'pass' && evidence.length > 0
}

function keyOf({ target, id }: Pick<Finding, 'target' | 'id'>): string {
  return `${target} ${id}`
}

/** In hexadecimal. */
export function sha256(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex')
}
