import { describe, expect, it } from 'vitest'
import { suites, walks } from '../../../suites/index.ts'
import type { RecordedExchange, Verdict } from '../../model.ts'
import { knownServers } from '../../reference/known-servers.ts'
import type { Finding, Report } from '../../report/report.ts'
import { doubtsAbout } from '../../report/verify-report.ts'
import { readBack, reportFrom, written } from './report-for-test.ts'
import { replay } from './replay.ts'

/** Numbers that look drawn and are the same each time. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff
    return state % below
  }
}

/** A bit of the text flipped. */
function flipped(text: string, draw: (below: number) => number): string {
  const at = draw(text.length)
  const code = text.charCodeAt(at) ^ (1 << draw(6))
  return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1)
}

/** Is it said that the report does not follow? What cannot be read as a report is refused, and so noticed, too. */
async function isNoticed(change: () => Report): Promise<boolean> {
  try {
    const { findings } = await replay(readBack(written(change())), { suites, walks })
    return findings.some(({ result }) => result.is === 'differs')
  } catch {
    return true
  }
}

const meant = (id: string) => /^elb\/delete-pool\/(?:members-first|status-204)$/.test(id)

describe('a report of which a byte was flipped', async () => {
  const server = await knownServers.mutant('elb', ['refuses-but-removes-members'])
  const report = await reportFrom(server, suites, meant)

  it('has a failure and a pass, and follows as it is', async () => {
    expect(report.findings.map(({ verdict }) => verdict).toSorted()).toEqual(['fail', 'pass'])
    expect(await isNoticed(() => report)).toBe(false)
  })

  it('does not have the digests that it was written with: 1,000 drawn flips', () => {
    const { text, evidence } = written(report)
    const draw = drawing(11)
    const isHidden = () => {
      const inText = draw(2) === 0
      const bytes = Uint8Array.from(inText ? Buffer.from(text) : evidence)
      const at = draw(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(7))
      const stored = inText
        ? { text: Buffer.from(bytes).toString('utf8'), evidence }
        : { text, evidence: bytes }
      try {
        return doubtsAbout(stored, JSON.parse(stored.text) as Report).length === 0
      } catch {
        return false
      }
    }
    expect(Array.from({ length: 1_000 }, isHidden).filter(Boolean)).toEqual([])
  })

  /** The report with one finding only, so that its replay is short. */
  const only = (finding: Finding): Report => ({ ...report, findings: [finding] })

  it('is noticed by the replay where the digests are new: every request of the check', async () => {
    const draw = drawing(5)
    for (let flip = 0; flip < 60; flip += 1) {
      const finding = report.findings[draw(report.findings.length)]!
      const own = finding.evidence.filter((one) => isOfCheck(one))
      const was = own[draw(own.length)]!
      const { method, url, body = '' } = was.request
      const texts = [method, url, body].filter((text) => text !== '')
      const text = texts[draw(texts.length)]!
      const other = flipped(text, draw)
      const request = {
        ...was.request,
        method: text === method ? other : method,
        url: text === url ? other : url,
        ...(body === '' ? {} : { body: text === body ? other : body }),
      }
      const evidence = finding.evidence.map((one) => (one === was ? { ...was, request } : one))
      expect(await isNoticed(() => only({ ...finding, evidence }))).toBe(true)
    }
  })

  it('is noticed by it in most other places, too', async () => {
    const draw = drawing(7)
    let noticed = 0
    for (let flip = 0; flip < 60; flip += 1) {
      const finding = report.findings[draw(report.findings.length)]!
      const place = draw(finding.evidence.length)
      const text = flipped(JSON.stringify(finding.evidence[place]), draw)
      const change = () => {
        const exchange = JSON.parse(text) as RecordedExchange
        return only({ ...finding, evidence: finding.evidence.with(place, exchange) })
      }
      if (await isNoticed(change)) noticed += 1
    }
    expect(noticed).toBeGreaterThan(30)
  })

  it('never hides another verdict', async () => {
    const verdicts: Verdict[] = ['pass', 'fail', 'waived', 'inconclusive', 'not-applicable']
    for (const finding of report.findings) {
      for (const verdict of verdicts.filter((one) => one !== finding.verdict)) {
        const { reason: _reason, ...rest } = finding
        const why = verdict === 'pass' ? {} : { reason: finding.reason ?? 'Because.' }
        expect(await isNoticed(() => only({ ...rest, ...why, verdict }))).toBe(true)
      }
    }
  })
})

/** Not a look of the guard, which may be missing, and not of the clean-up, which decides nothing. */
function isOfCheck({ purpose, request }: RecordedExchange): boolean {
  return purpose !== 'clean-up' && !(purpose === 'arrange' && request.method === 'GET')
}
