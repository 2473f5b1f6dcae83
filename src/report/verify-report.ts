/**
 * Does a report still say what the run said, and does it follow from what it holds?
 *
 * Nothing is sent. A digest shows accidents; a signature shows that nobody without the key has changed anything.
 */

import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { UsageError, type Verdict } from '../model.ts'
import { isAsWritten } from './conformance.ts'
import { differencesIn, shownIn } from './difference.ts'
import { evidenceFile, sha256, withEvidence } from './evidence-file.ts'
import { pretty } from './pretty.ts'
import type { Finding, Report } from './report.ts'
import { verdicts } from './wording.ts'

/** The files of a report, as they are on the disk. */
export interface StoredReport {
  readonly text: string
  /** `undefined` where there is no such file. */
  readonly evidence: Uint8Array | undefined
}

/** What does not hold, one sentence for each; an empty list when everything does. */
export function doubtsAbout({ text, evidence }: StoredReport, report: Report): readonly string[] {
  const altered = isAsWritten(text) !== true
  return [
    ...(altered
      ? ['conformance.json is not as it was written: its digest does not fit, or is missing.']
      : []),
    ...doubtsAboutEvidence(report, evidence),
    ...doubtsAboutCounts(report),
    ...withAll(report, evidence).findings.flatMap((finding) => doubtsAboutFinding(finding)),
  ]
}

function doubtsAboutEvidence(
  { evidenceFile: named, findings }: Report,
  evidence: Uint8Array | undefined,
): string[] {
  const apart = findings.filter(({ evidenceApart }) => evidenceApart !== undefined).length
  if (!named) return apart === 0 ? [] : ['The report does not name the file of its evidence.']
  if (!evidence) return [`${evidenceFile} is missing, with the exchanges of ${apart} findings.`]
  return sha256(evidence) === named.sha256
    ? []
    : [`${evidenceFile} is not as it was written: its SHA-256 is another one.`]
}

/** The report with the exchanges of what passed, where the file of them is its own. */
export function withAll(report: Report, evidence: Uint8Array | undefined): Report {
  const isIts = evidence !== undefined && sha256(evidence) === report.evidenceFile?.sha256
  return withEvidence(report, isIts ? evidence : undefined)
}

/** Counts, conclusion and exit code follow from the findings. */
function doubtsAboutCounts(report: Report): string[] {
  const { findings, counts, conclusion } = report
  const wrong = verdicts.filter((verdict) => countOf(findings, verdict) !== counts[verdict])
  const expected = conclusionOf(report)
  return [
    ...wrong.map(
      (verdict) =>
        `The report counts ${counts[verdict]} × ${verdict}, but ${countOf(findings, verdict)} findings have that verdict.`,
    ),
    ...(expected.includes(conclusion)
      ? []
      : [`The conclusion is ${conclusion}; from the findings follows ${expected.join(' or ')}.`]),
  ]
}

function countOf(findings: readonly Finding[], verdict: Verdict): number {
  return findings.filter((finding) => finding.verdict === verdict).length
}

/** Faults of the program and requirements that were left out can only take from the conclusion. */
function conclusionOf(report: Report): readonly Report['conclusion'][] {
  const has = (verdict: Verdict) => countOf(report.findings, verdict) > 0
  if (has('fail') || report.staleWaivers.length > 0) return ['failed']
  if (has('inconclusive')) return ['undecided']
  if (report.faults !== undefined) return ['undecided']
  const isShard = (report.run.shard?.total ?? 1) > 1
  const isPartial =
    isShard || has('waived') || has('not-applicable') || report.skipped !== undefined
  return isPartial ? ['partial'] : ['conformant']
}

/** A verdict needs the exchanges that it speaks of. */
function doubtsAboutFinding(finding: Finding): string[] {
  const { id, target, verdict, evidence, evidenceApart, reason = '', waiver } = finding
  const doubt = (what: string) => [`${target} ${id}: ${what}`]
  const isAsked = evidence.some(({ purpose, response }) => purpose === 'ask' && response)
  if (verdict === 'pass' && evidenceApart === undefined && !isAsked) {
    return doubt('it passed, but no exchange shows that it was asked.')
  }
  if (verdict !== 'pass' && reason === '') return doubt(`it is ${verdict}, without a reason.`)
  if (verdict === 'waived' && waiver?.requirement !== id) {
    return doubt('it is waived, without a waiver for it.')
  }
  if (verdict !== 'fail') return []
  const unseen = differencesIn(reason).filter(
    (one) => one.shownAs && 'status' in one.shownAs && !isSeen(finding, one.shownAs.status),
  )
  return unseen.flatMap(({ place, actual }) =>
    doubt(
      `its reason says that ${place} answered ${actual.slice(0, 80)}, but no exchange shows that.`,
    ),
  )
}

function isSeen(finding: Finding, status: number): boolean {
  return (
    finding.evidence.some(({ response }) => response?.status === status) ||
    differencesIn(finding.reason ?? '').some((one) => shownIn(finding, one, pretty) !== undefined)
  )
}

/** Beside `conformance.json`: an Ed25519 signature of its bytes, 64 bytes, as `openssl pkeyutl -rawin` makes and checks it. */
export const signatureFile = 'conformance.json.sig'

/** @param key - An Ed25519 private key in PEM. @throws {UsageError} When it is not one. */
export function signatureOf(text: string, key: string): Uint8Array {
  return sign(null, Buffer.from(text), ed25519(key, createPrivateKey, 'private'))
}

/** @param key - The public key that belongs to it, in PEM. @throws {UsageError} When it is not one. */
export function isSigned(text: string, signature: Uint8Array, key: string): boolean {
  return verify(null, Buffer.from(text), ed25519(key, createPublicKey, 'public'), signature)
}

function ed25519(pem: string, read: (pem: string) => KeyObject, what: string): KeyObject {
  let key: KeyObject | undefined
  try {
    key = read(pem)
  } catch {
    key = undefined
  }
  if (key?.asymmetricKeyType === 'ed25519') return key
  throw new UsageError(
    `--key is not an Ed25519 ${what} key in PEM. To make a pair: openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out key.pub.pem`,
  )
}
