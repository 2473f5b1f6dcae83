import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { doubtsAbout, isSigned, signatureOf, type StoredReport } from './verify-report.ts'
import { reportFiles } from './write-report.ts'

const files = new Map(reportFiles(sampleReport(8)).files)
const text = String(files.get('conformance.json'))
const evidence = files.get('evidence.json.gz') as Uint8Array

/** What a reader of these files is told; a file that is no report is refused, which is noticed, too. */
function noticed(stored: StoredReport): boolean {
  try {
    return doubtsAbout(stored, JSON.parse(stored.text) as Report).length > 0
  } catch {
    return true
  }
}

/** A number that looks drawn and is the same each time. */
function drawn(step: number, below: number): number {
  return (step * 2_654_435_761) % below
}

/** What is said of a report that was changed, and then written with digests that fit. */
const changed = (change: (report: Report) => Report): readonly string[] => {
  const written = new Map(reportFiles(change(sampleReport(8))).files)
  const json = String(written.get('conformance.json'))
  const apart = written.get('evidence.json.gz') as Uint8Array
  return doubtsAbout({ text: json, evidence: apart }, JSON.parse(json) as Report)
}
/** The second finding, changed. */
const with1 = (change: object) => (report: Report) => ({
  ...report,
  findings: report.findings.map((one, index) => (index === 1 ? { ...one, ...change } : one)),
})

/** A new pair of keys, in PEM. */
const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = (key: typeof publicKey, type: 'spki' | 'pkcs8') =>
    String(key.export({ type, format: 'pem' }))
  return { own: pem(privateKey, 'pkcs8'), published: pem(publicKey, 'spki') }
}

it('has no doubt about a report as it was written', () => {
  expect(doubtsAbout({ text, evidence }, JSON.parse(text) as Report)).toEqual([])
})

it('notices each of 1,000 flipped bits, in either file', () => {
  const bytes = Buffer.from(text)
  const unnoticed = Array.from({ length: 1_000 }, (_, step) => {
    const inText = step % 2 === 0
    const flipped = Uint8Array.from(inText ? bytes : evidence)
    const at = drawn(step + 1, flipped.length)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (step % 7))
    const stored = inText
      ? { text: Buffer.from(flipped).toString('utf8'), evidence }
      : { text, evidence: flipped }
    return noticed(stored) ? undefined : `${inText ? 'text' : 'evidence'} at ${at}`
  })
  expect(unnoticed.filter((one) => one !== undefined)).toEqual([])
})

describe('a report that was written anew after a change, so that its digests fit', () => {
  it.each<[string, (report: Report) => Report, RegExp]>([
    ['a fail that became a pass', with1({ verdict: 'pass' }), /counts 1 × fail, but 0 findings/],
    ['a conclusion', (report) => ({ ...report, conclusion: 'conformant' }), /follows failed/],
    [
      'a pass without a question',
      (report) => ({
        ...report,
        findings: report.findings.map((one, index) =>
          index === 0 ? { ...one, evidence: [] } : one,
        ),
      }),
      /no exchange shows that it was asked/,
    ],
    [
      'a reason',
      with1({ reason: 'PUT /x answered 500, expected a refusal (4xx).' }),
      /no exchange shows that/,
    ],
    ['a failure without a reason', with1({ reason: '' }), /without a reason/],
  ])('does not follow from itself: %s', (_, change, doubt) => {
    expect(changed(change).join('\n')).toMatch(doubt)
  })
})

it('has no doubt about a shard in which everything passed', () => {
  const report = JSON.parse(text) as Report
  const findings = report.findings.filter(({ verdict }) => verdict === 'pass')
  const counts = { ...report.counts, fail: 0, waived: 0, inconclusive: 0, pass: findings.length }
  const run = { ...report.run, shard: { index: 1, total: 2 } }
  const { skipped: _skipped, ...rest } = { ...report, findings, run, counts, staleWaivers: [] }
  const whole = { ...rest, counts: { ...counts, 'not-applicable': 0 } }
  const said = doubtsAbout({ text, evidence }, { ...whole, conclusion: 'partial' })
  expect(said).toEqual([])
})

it('says when the evidence is missing', () => {
  const doubts = doubtsAbout({ text, evidence: undefined }, JSON.parse(text) as Report)
  expect(doubts).toEqual(['evidence.json.gz is missing, with the exchanges of 7 findings.'])
})

describe('a signature', () => {
  const { own, published } = pair()

  it('fits the report and the key, and nothing else', () => {
    const signature = signatureOf(text, own)
    expect(signature).toHaveLength(64)
    expect(isSigned(text, signature, published)).toBe(true)
    expect(isSigned(`${text} `, signature, published)).toBe(false)
    expect(isSigned(text, signature, pair().published)).toBe(false)
  })

  it('says how to make a key where there is none', () => {
    expect(() => signatureOf(text, 'no key')).toThrow(UsageError)
    expect(() => isSigned(text, new Uint8Array(64), 'no key')).toThrow(/openssl genpkey/)
  })
})
