/** `poolproof verify` and `poolproof sign`: do the verdicts follow from the evidence, is it unmodified, and who signed it? */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { textOfFile } from '../documents/regular-file.ts'
import { UsageError } from '../model.ts'
import type { ReplayedReport } from '../run/replay/replay.ts'
import { onOneLine } from '../report/legible.ts'
import type { Report } from '../report/report.ts'
import type { StoredReport } from '../report/verify-report.ts'
import { streams } from './streams.ts'

const verifyExamples = `
Nothing is sent. It checks the digests of conformance.json and of the evidence file, that counts and conclusion
follow from the verdicts, that the exchanges that a verdict refers to are in the report, that no verdict is
missing of what the run has asked, and with --key the signature. Then it runs each check again, and gives it the
recorded exchanges for answers: the same verdict has to follow, for the same reason. Where a walk found a failure,
its steps are taken again.

What cannot be replayed is counted with its reason: operations of your own, evidence in which a secret is
masked or a body was too long, and every verdict of a report that another version or build of Poolproof wrote.

Exit codes:
  0  everything holds that could be checked
  1  something was altered or does not follow; it is listed
  2  the command line or a file is wrong

Examples:
  poolproof verify reports/latest
  poolproof verify published/ --key vendor.pub.pem
`

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'checks that a report is unmodified, and that its verdicts follow from its evidence',
    )
    .argument('<directory>', 'the report directory')
    .option('--key <file>', 'the Ed25519 public key (PEM) that must verify its signature')
    .addHelpText('after', verifyExamples)
    .action(async (directory: string, { key }: { readonly key?: string }) => {
      process.exitCode = await verifyReport(directory, key)
    })
}

export function signCommand(): Command {
  return new Command('sign')
    .description('signs a report with your own key and writes conformance.json.sig next to it')
    .argument('<directory>', 'the report directory')
    .requiredOption('--key <file>', 'an Ed25519 private key (PEM)')
    .addHelpText('after', signExamples)
    .action(signReport)
}

const signExamples = `
The signature covers the bytes of conformance.json, which names the SHA-256 of the evidence file.
OpenSSL can verify it, too:
  openssl pkeyutl -verify -pubin -inkey key.pub.pem -rawin -in conformance.json -sigfile conformance.json.sig

Example:
  openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out key.pub.pem
  poolproof sign reports/latest --key key.pem
`

async function verifyReport(directory: string, keyFile: string | undefined): Promise<0 | 1> {
  const { storedReport } = await import('../report/read-report.ts')
  const { doubtsAbout } = await import('../report/verify-report.ts')
  const { doubtsIn, summaryOf } = await import('../run/replay/replay-text.ts')
  const { stored, report } = await storedReport(directory)
  const signature =
    keyFile === undefined ? [] : await signatureDoubts(directory, stored.text, keyFile)
  const replayed = await replayOf(stored, report)
  const missing = await leftOutOf(report)
  const doubts = [...doubtsAbout(stored, report), ...missing, ...doubtsIn(replayed), ...signature]
  for (const doubt of doubts) streams.stdout(`■ ${onOneLine(doubt)}\n`)
  const signed =
    keyFile === undefined ? 'Its signature was not checked (--key).' : 'The signature is valid.'
  const holds =
    `The digests match. Counts and conclusion follow from the ${report.findings.length} verdicts, ` +
    `and the exchanges that they refer to are in the report. ${signed}`
  for (const line of summaryOf(replayed)) streams.stdout(`${line}\n`)
  streams.stdout(doubts.length === 0 ? `${holds}\n` : `${doubts.length} do not hold.\n`)
  return doubts.length === 0 ? 0 : 1
}

/** What was altered may not be evidence any more: then the rest is replayed without it. */
async function replayOf(stored: StoredReport, report: Report): Promise<ReplayedReport> {
  const { replay } = await import('../run/replay/replay.ts')
  const { withAll } = await import('../report/verify-report.ts')
  const { suitesFor, walks } = await import('../../suites/index.ts')
  const ids = report.findings.map(({ id }) => id)
  return replay(withAll(report, stored.evidence), { suites: suitesFor(ids), walks })
}

async function leftOutOf(report: Report): Promise<string[]> {
  const { leftOut } = await import('../run/replay/left-out.ts')
  const { suitesFor } = await import('../../suites/index.ts')
  return leftOut(report, suitesFor(report.run.only))
}

async function signatureDoubts(directory: string, text: string, keyFile: string) {
  const { isSigned, signatureFile } = await import('../report/verify-report.ts')
  const key = contentsOf(keyFile)
  const signature = await readFile(join(directory, signatureFile)).catch(() => undefined)
  if (!signature) return [`There is no signature: ${signatureFile} is missing.`]
  return isSigned(text, signature, key)
    ? []
    : ['The signature does not match this report and this key.']
}

async function signReport(
  directory: string,
  { key: file }: { readonly key: string },
): Promise<void> {
  const { storedReport } = await import('../report/read-report.ts')
  const { signatureFile, signatureOf } = await import('../report/verify-report.ts')
  const { claimDirectory } = await import('../documents/own-directory.ts')
  const { stored } = await storedReport(directory)
  const signature = signatureOf(stored.text, contentsOf(file))
  const own = claimDirectory(directory, '<directory>')
  try {
    own.write([[signatureFile, signature]])
  } finally {
    own.abandon()
  }
  streams.stdout(`Signed: ${join(directory, signatureFile)}\n`)
}

function contentsOf(file: string): string {
  try {
    return textOfFile(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`The key ${file} cannot be read (${code ?? message}).`)
  }
}
