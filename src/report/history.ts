/** Verdicts of one requirement over several runs: which were flaky, and a small picture of each. */

import type { Verdict } from '../model.ts'
import { html, type Markup } from './html-text.ts'
import type { Earlier, Finding, History, Report } from './report.ts'
import { verdictWords } from './wording.ts'

/** @param earlier - Other reports, in any order; those of other targets are passed over. */
export function historyOf(report: Report, earlier: readonly Report[]): History {
  const others = new Map([...earlier, report].map((one) => [one.run.id, one]))
  const runs = [...others.values()].toSorted((one, other) =>
    one.run.startedAt < other.run.startedAt ? -1 : 1,
  )
  const history = new Map<string, Earlier[]>()
  for (const { run, findings } of runs) {
    for (const finding of findings) {
      const { verdict } = finding
      const key = keyOf(finding)
      history.set(key, [...(history.get(key) ?? []), { startedAt: run.startedAt, verdict }])
    }
  }
  return Object.fromEntries(
    report.findings.map((finding) => [keyOf(finding), history.get(keyOf(finding)) ?? []]),
  )
}

/** Changed between kept and broken more than once: neither a fix nor a new fault explains that. */
export function isFlaky(runs: readonly Earlier[]): boolean {
  const decided = runs
    .map(({ verdict }) => verdict)
    .filter((one) => one === 'pass' || one === 'fail')
  return decided.filter((one, index) => index > 0 && one !== decided[index - 1]).length > 1
}

/** The findings that are flaky, in the order of the report. */
export function flakyIn({ findings, history = {} }: Report): readonly Finding[] {
  return findings.filter((finding) => isFlaky(history[keyOf(finding)] ?? []))
}

/** Of one finding; nothing where only one run is known. */
export function runsOf({ history = {} }: Report, finding: Finding): readonly Earlier[] {
  const runs = history[keyOf(finding)] ?? []
  return runs.length > 1 ? runs : []
}

/** Heights tell the verdicts apart where colours do not: what is broken reaches to the top. */
const heights: Readonly<Record<Verdict, number>> = {
  fail: 14,
  inconclusive: 9,
  waived: 11,
  'not-applicable': 2,
  pass: 5,
}

const most = 30

/** One bar for each run, the latest on the right; at most thirty. */
export function historyPicture(runs: readonly Earlier[]): Markup {
  const shown = runs.slice(-most)
  const words = shown.map(
    ({ startedAt, verdict }) => `${startedAt.slice(0, 10)} ${verdictWords[verdict]}`,
  )
  const bars = shown.map(
    ({ verdict }, index) =>
      html`<rect
        class="${verdict}"
        x="${index * 6}"
        y="${14 - heights[verdict]}"
        width="5"
        height="${heights[verdict]}"
      ></rect>`,
  )
  return html`<svg
    class="history"
    role="img"
    aria-label="${words.join(', ')}"
    width="${shown.length * 6}"
    height="14"
  >
    ${bars}
  </svg>`
}

/** `broken in 2 of 5 runs`. */
export function howOften(runs: readonly Earlier[]): string {
  const broken = runs.filter(({ verdict }) => verdict === 'fail' || verdict === 'waived').length
  return `broken in ${broken} of ${runs.length} runs${isFlaky(runs) ? ', flaky' : ''}`
}

function keyOf({ target, id }: Pick<Finding, 'target' | 'id'>): string {
  return `${target} ${id}`
}
