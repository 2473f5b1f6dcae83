/**
 * The exchanges of everything that passed are kept apart from `conformance.json`, compressed: they are most of a
 * report, and seldom read.
 */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { problems } from '../documents/schema.ts'
import { UsageError, type Draws, type RecordedExchange } from '../model.ts'
import type { Finding, Report } from './report.ts'

/** Beside `conformance.json`. */
export const evidenceFile = 'evidence.json.gz'

/** What is in the file: by the target's name, a space and the id of the requirement. */
interface Apart {
  readonly run: string
  readonly exchanges: Readonly<Record<string, readonly RecordedExchange[]>>
  /** What was drawn for each. Reports of earlier versions have none. */
  readonly drawn?: Readonly<Record<string, readonly Draws[]>>
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
  const drawn = Object.fromEntries(
    apart.flatMap((one) => (one.drawn ? [[keyOf(one), one.drawn] as const] : [])),
  )
  const contents: Apart = { run: report.run.id, exchanges, drawn }
  const file = gzipSync(JSON.stringify(contents))
  const findings = report.findings.map(({ drawn: own, ...finding }) =>
    isApart(finding)
      ? { ...finding, evidence: [], evidenceApart: finding.evidence.length }
      : { ...finding, ...(own ? { drawn: own } : {}) },
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
  const { exchanges, drawn = {} } = apartIn(file, named.name)
  const findings = rest.findings.map(({ evidenceApart, ...finding }) =>
    evidenceApart === undefined
      ? finding
      : { ...finding, ...drawnIn(drawn, finding), evidence: evidenceIn(exchanges, finding) },
  )
  const whole = { ...rest, findings }
  const [first] = problems('report.schema.json', whole)
  if (first !== undefined) throw new UsageError(`${named.name} holds no exchanges: ${first}`)
  return whole
}

/** @throws {UsageError} When it does not hold what a run writes there. */
function apartIn(file: Uint8Array, name: string): Pick<Apart, 'exchanges' | 'drawn'> {
  try {
    const text = gunzipSync(file, { maxOutputLength: mostBytes }).toString('utf8')
    const { exchanges, drawn } = JSON.parse(text) as Apart
    // Whatever is not an object is refused here.
    return { exchanges: Object.fromEntries(Object.entries(exchanges)), ...(drawn ? { drawn } : {}) }
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`)
  }
}

type Key = Pick<Finding, 'target' | 'id'>

function evidenceIn(exchanges: Apart['exchanges'], finding: Key): readonly RecordedExchange[] {
  return Object.hasOwn(exchanges, keyOf(finding)) ? (exchanges[keyOf(finding)] ?? []) : []
}

function drawnIn(drawn: NonNullable<Apart['drawn']>, finding: Key): Pick<Finding, 'drawn'> {
  const own = Object.hasOwn(drawn, keyOf(finding)) ? drawn[keyOf(finding)] : undefined
  return own ? { drawn: own } : {}
}

function isApart({ verdict, evidence }: Finding): boolean {
  return verdict === 'pass' && evidence.length > 0
}

function keyOf({ target, id }: Key): string {
  return `${target} ${id}`
}

/** In hexadecimal. */
export function sha256(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex')
}
