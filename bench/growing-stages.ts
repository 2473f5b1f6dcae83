/** Whatever reads or writes what a target has sent: the stages whose time has to be linear. */

import { gzipSync } from 'node:zlib'
import { differences, misfits } from '../src/check/assert.ts'
import { elbRequest, elbSpelling } from '../src/dialects/elb.ts'
import { slbSpelling } from '../src/dialects/slb.ts'
import { learning } from '../src/exchange/redact.ts'
import { comparison } from '../src/report/comparison.ts'
import { comparisonPage } from '../src/report/comparison-page.ts'
import { comparisonText } from '../src/report/comparison-text.ts'
import { closing } from '../src/report/console.ts'
import { differencesIn } from '../src/report/difference.ts'
import { findingText } from '../src/report/finding-text.ts'
import { formatNames } from '../src/report/format-names.ts'
import { beginning, legible, onOneLine } from '../src/report/legible.ts'
import { pretty } from '../src/report/pretty.ts'
import { reportOf } from '../src/report/report-of-text.ts'
import type { Report } from '../src/report/report.ts'
import { reportFiles } from '../src/report/write-report.ts'
import { decode } from '../src/wire/body.ts'
import { readJson, readXml } from '../src/wire/parsed-body.ts'
import pc from 'picocolors'
import { bodies, secret, texts, together, type Make } from './growing-texts.ts'

/** One stage, and the texts that it is given. */
export interface Stage {
  readonly name: string
  readonly work: (text: string) => unknown
  readonly makes: Readonly<Record<string, Make>>
}

const { redact, learnSignature } = learning([secret, 'p"\\&<\'%='])
for (let index = 0; index < 100; index += 1) learnSignature(`${index}`.padStart(64, 'f0'))

const request = elbRequest('GET', '/pools')
const colours = pc.createColors(false)

function judge(text: string): unknown {
  const response = { status: 409, headers: [], text, body: undefined }
  return [elbSpelling, slbSpelling].map((one) => [
    one.busy(response, request),
    one.unauthenticated(response),
    one.read(text, ''),
  ])
}

/** A body, and the same with other values. */
function diff(text: string): unknown {
  const [before, after] = [readJson(text), readJson(text.replaceAll('1', '2').replaceAll('a', 'b'))]
  return [differences(before, after), misfits(after, before), differences(before, before)]
}

/** One failure, with the text as its reason, and as the body of an answer. */
function reportOfAnswer(text: string): Report {
  const report = reportOf('text', ['fail'])
  const [finding] = report.findings
  const [exchange] = finding?.evidence ?? []
  if (!finding || !exchange?.response) throw new Error('There is no answer.')
  const response = { ...exchange.response, body: text }
  return {
    ...report,
    findings: [{ ...finding, reason: text, evidence: [{ ...exchange, response }] }],
  }
}

function write(text: string): unknown {
  const report = reportOfAnswer(text)
  return [reportFiles(report, formatNames), closing(report, 'directory', colours)]
}

function compare(text: string): unknown {
  const [before, after] = [reportOfAnswer(text), reportOfAnswer(`${text}.`)]
  const compared = comparison(before, after)
  const shown = before.findings.map((finding) => [
    findingText(finding),
    differencesIn(finding.reason ?? ''),
  ])
  return [comparisonText(compared), comparisonPage(compared), shown]
}

const someTogether = together(texts, 4)

/** In the order in which an answer goes through them. */
export const stages: readonly Stage[] = [
  {
    name: 'decompression',
    // More than 8 MiB are refused.
    work: (text) => decode(gzipSync(text), [['Content-Encoding', 'gzip']]).catch(String),
    makes: { 'one word': texts['one word'] ?? String },
  },
  { name: 'parsing', work: (text) => [readJson(text), readXml(text)], makes: bodies },
  { name: 'redaction', work: redact, makes: texts },
  { name: 'judging', work: judge, makes: texts },
  { name: 'diffing', work: diff, makes: bodies },
  {
    name: 'a readable form',
    work: (text) => [legible(text), onOneLine(text), beginning(text, 5_000), pretty(text)],
    makes: texts,
  },
  { name: 'a report in every format', work: write, makes: someTogether },
  { name: 'a comparison and a finding as text', work: compare, makes: someTogether },
]
