import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conformanceJson } from '../src/report/conformance.ts'
import { withEvidenceApart } from '../src/report/evidence-file.ts'
import { hostileTexts } from '../src/report/hostile-texts.ts'
import { htmlPage } from '../src/report/html.ts'
import { legible } from '../src/report/legible.ts'
import type { Finding, Report } from '../src/report/report.ts'
import { sampleReport } from '../src/report/sample-report.ts'
import { isCheck } from '../src/check/check.ts'
import { addressOf } from '../src/model.ts'
import { suites } from '../suites/index.ts'
import { inBrowser, sourceOf, type Tab } from './browser.ts'

/** Needs Chromium: `apt-get install chromium`, or `CHROMIUM` names another program. */

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-pages-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function saved(page: string): string {
  const file = join(folder, 'page.html')
  writeFileSync(file, page)
  return pathToFileURL(file).href
}

/** So many findings of one verdict, each with evidence of its own. */
function reportOf(verdict: Finding['verdict'], count: number): Report {
  const report = sampleReport(count, 14)
  const findings = report.findings.map((finding, index): Finding => {
    const { reason: _none, waiver: _neither, ...rest } = finding
    const reason = `DELETE /v2.0/lbaas/pools/${index} answered 204 without a body, expected a refusal (4xx).`
    return verdict === 'pass' ? { ...rest, verdict } : { ...rest, verdict, reason }
  })
  const counts = {
    ...report.counts,
    pass: 0,
    fail: 0,
    waived: 0,
    inconclusive: 0,
    'not-applicable': 0,
    [verdict]: count,
  }
  return { ...report, findings, counts, staleWaivers: [], leftovers: [] }
}

/** A finding for each check that there is, kept. */
function allPass(): Report {
  const checks = suites.flatMap(({ dialect, operation, entries }) =>
    entries.flatMap((entry) =>
      isCheck(entry) ? [{ dialect, operation, ...entry.requirement }] : [],
    ),
  )
  const report = reportOf('pass', checks.length)
  const findings = report.findings.map((finding, index): Finding => {
    const { id, dialect, operation, level, text, source, readings = {} } = checks[index]!
    const [[name, meaning] = []] = Object.entries(readings)
    const address = addressOf(source)
    return {
      ...finding,
      id,
      dialect,
      operation,
      level,
      text,
      source,
      ...(address === undefined ? {} : { address }),
      ...(name !== undefined && meaning !== undefined
        ? {
            reading: {
              name,
              meaning,
            },
          }
        : {}),
    }
  })
  return { ...report, findings }
}

const kinds: readonly (readonly [
  name: string,
  report: Report,
  bytes: number,
  milliseconds: number,
])[] = [
  ['all pass', allPass(), 400_000, 500],
  ['500 failures', reportOf('fail', 500), 3_000_000, 1_000],
]

/** Serious or not: none is accepted. */
async function axeFindings(tab: Tab): Promise<readonly string[]> {
  await tab.evaluate(readFileSync(sourceOf('axe-core'), 'utf8'))
  return tab.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" | ")))',
  )
}

test.each(kinds)(
  'a report is light and soon ready: %s',
  async (name, report, bytes, milliseconds) => {
    const page = htmlPage(report)
    const json = conformanceJson(withEvidenceApart(report).report)
    const size = Buffer.byteLength(page)
    await inBrowser(async (tab) => {
      const url = saved(page)
      const times: number[] = []
      for (let round = 0; round < 5; round += 1) times.push(await tab.open(url))
      const [, , median = 0] = times.toSorted((one, other) => one - other)
      const nodes = await tab.evaluate<number>('document.querySelectorAll("*").length')
      console.log(
        `${name}: page ${size} bytes (at most ${bytes}), conformance.json ${json.length} bytes, ${nodes} elements, ` +
          `ready in ${Math.round(median)} ms (median of 5; aim ${milliseconds}), ${await tab.sheets()} sheets`,
      )
    })
    expect(size).toBeLessThan(bytes)
  },
)

const pages: readonly (readonly [name: string, report: Report])[] = [
  ['every verdict', sampleReport(40)],
  ['all pass', reportOf('pass', 40)],
  ['many failures', reportOf('fail', 80)],
  ['nothing asked', { ...sampleReport(24), notAsked: 'Wrong token.' }],
]

test.each(pages)('axe finds nothing, wide and narrow: %s', async (_, report) => {
  await inBrowser(async (tab) => {
    const found: Record<string, readonly string[]> = {}
    for (const width of [1280, 390]) {
      await tab.resize(width, 844)
      await tab.open(saved(htmlPage(report)))
      found[`${width} px`] = await axeFindings(tab)
      const across = await tab.evaluate<number>('document.documentElement.scrollWidth')
      if (across > width) found[`wider than ${width} px`] = [String(across)]
    }
    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([])
  })
})

test('a link into a folded part opens it, and filters stay in the address', async () => {
  await inBrowser(async (tab) => {
    const url = saved(htmlPage(sampleReport(40)))
    await tab.open(`${url}?hide-verdict=pass&text=sample#staging-eu/elb/update-pool/sample-15`)
    expect(
      await tab.evaluate('document.getElementById("staging-eu/elb/update-pool/sample-15").open'),
    ).toBe(true)
    expect(
      await tab.evaluate(
        'document.querySelectorAll(".group .finding[data-verdict=pass]:not([hidden])").length',
      ),
    ).toBe(0)
    await tab.evaluate(
      'document.getElementById("words").value = "members"; document.getElementById("words").dispatchEvent(new Event("input", { bubbles: true }))',
    )
    expect(await tab.evaluate('location.search')).toBe('?hide-verdict=pass&text=members')
    expect(
      await tab.evaluate('document.getElementById("filters").getBoundingClientRect().bottom > 0'),
    ).toBe(true)
  })
})

test('every control is reached by the keyboard and has a name', async () => {
  await inBrowser(async (tab) => {
    await tab.open(saved(htmlPage(sampleReport(40))))
    const nameless = await tab.evaluate<readonly string[]>(
      '[...document.querySelectorAll("a, button, input, summary")].filter((one) => one.tabIndex < 0 || !(one.textContent.trim() || one.labels?.length)).map((one) => one.outerHTML.slice(0, 120))',
    )
    expect(nameless).toEqual([])
  })
})

/** As a report has it where a target had a say in every text. */
function hostileReport(text: string): Report {
  const [sample] = sampleReport(1).findings
  const exchange = {
    purpose: 'ask' as const,
    request: {
      method: 'GET',
      url: `https://elb.staging-eu.example/gateway/${text}`,
      headers: [[text, text]] as const,
      body: text,
    },
    response: { status: 500, headers: [[text, text]] as const, body: text },
    trouble: text,
    milliseconds: 1,
  }
  const reason = `GET /${text} answered 500 with ${text}, expected a refusal (4xx).`
  const finding = { ...sample!, verdict: 'fail' as const, reason, text, evidence: [exchange] }
  return {
    ...sampleReport(1),
    findings: [finding],
    leftovers: [text],
    staleWaivers: [text],
    notAsked: text,
  }
}

test('of a hundred hostile texts no script runs, and every one is shown as text', async () => {
  await inBrowser(async (tab) => {
    const wrong: string[] = []
    for (const text of hostileTexts) {
      await tab.open(saved(htmlPage(hostileReport(text))))
      const seen = await tab.evaluate<{ shown: boolean; foreign: number; ran: boolean }>(`({
        shown: document.body.textContent.includes(${JSON.stringify(legible(text))}),
        foreign: document.querySelectorAll('img, svg, iframe, object, embed, body script + script, [onerror], [onload], [onmouseover], [onfocus], a[href^="javascript:"]').length
          + document.querySelectorAll('body script').length - 1,
        ran: 'alerted' in window,
      })`)
      if (!seen.shown || seen.foreign > 0 || seen.ran)
        wrong.push(`${JSON.stringify(text)}: ${JSON.stringify(seen)}`)
    }
    expect(wrong).toEqual([])
  })
})
