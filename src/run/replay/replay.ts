/** Does each verdict of a report follow from the evidence? The same checks are asked of it again. */

import {
  isCheck,
  isPrompt,
  judgeOf,
  type Check,
  type JudgeAnswer,
  type Suite,
} from '../../check/check.ts'
import type { Walks } from '../../check/walk.ts'
import { RecordedAnswers } from '../../exchange/recorded-answers.ts'
import { build } from '../../documents/build.ts'
import { version } from '../../documents/version.ts'
import type { Finding, Report, ReportedTarget } from '../../report/report.ts'
import { isFaultOfOurs } from '../verdict.ts'
import { replaySession } from '../../session/replay-session.ts'
import { endedAgain } from './asked-again.ts'
import { chosenIn } from './chosen.ts'
import { compared } from './compared.ts'
import { brokenIn, unlistedRows, type BrokenAnswers, type BrokenThere } from './judged-answers.ts'
import type { Obstacle } from './obstacles.ts'
import { runIn, seenIn, targetIn, type Circle } from './recorded-target.ts'
import type { Result } from './result.ts'
import { isOfWalk, walkedAgain } from './walked-again.ts'

/** What a replay shows of one finding. */
export interface Replayed {
  readonly finding: Finding
  readonly result: Result
}

/** What a replay shows of a report. */
export interface ReplayedReport {
  readonly findings: readonly Replayed[]
  /** Rows of set-up operations that the evidence shows to be broken, and the report does not name. */
  readonly unlisted: readonly (BrokenThere & { readonly target: string })[]
}

/** One target of the report: how to ask it, and what its answers break. */
interface Asked {
  readonly reported: ReportedTarget
  readonly target: Circle['target'] | undefined
  /** Nothing where other code wrote the report. */
  readonly suites: readonly Suite[] | undefined
  readonly broken: BrokenAnswers
  readonly walks: Walks | undefined
  /** Judges the answers of walks. */
  readonly judge: JudgeAnswer
}

/** All that can be asked by this version. */
export interface Askable {
  readonly suites: readonly Suite[]
  readonly walks: readonly Walks[]
}

/**
 * Replays every finding, one after another. Nothing is sent, and time does not pass.
 *
 * @param report - With all its evidence.
 * @param own - The build that replays; nothing where the sources themselves run, which are taken for any.
 */
export async function replay(
  report: Report,
  askable: Askable,
  own: string | undefined = build(),
): Promise<ReplayedReport> {
  const isCurrent = isOfBuild(report, own)
  const replayed: Replayed[] = []
  const unlisted: (BrokenThere & { readonly target: string })[] = []
  const elsewhere = (report.elsewhere ?? []).map(({ finding }) => finding)
  for (const reported of report.targets) {
    const { name } = reported
    const isIts = ({ target }: { readonly target: string }) => target === name
    const findings = [...report.findings, ...elsewhere].filter(isIts)
    const asked = askedIn(reported, findings, report, isCurrent ? askable : undefined)
    for (const finding of findings) {
      replayed.push({ finding, result: await resultOf(finding, asked, report) })
    }
    const rows = unlistedRows(asked.broken, (report.setUp ?? []).filter(isIts), findings)
    unlisted.push(...rows.map((row) => ({ ...row, target: name })))
  }
  const named = new Set(report.targets.map(({ name }) => name))
  const strays = report.findings.filter(({ target }) => !named.has(target))
  const result = { is: 'differs', why: 'the report has no target of that name' } as const
  replayed.push(...strays.map((finding) => ({ finding, result })))
  return { findings: replayed, unlisted }
}

function askedIn(
  reported: ReportedTarget,
  findings: readonly Finding[],
  report: Report,
  all: Askable | undefined,
): Asked {
  const isIts = ({ dialect }: Pick<Suite, 'dialect'>) => dialect === reported.dialect
  const target = all && targetIn(reported)
  const suites = all?.suites.filter(isIts)
  const walks = all?.walks.find(isIts)
  if (!target || !suites) {
    const broken = { judged: [], setUp: [] }
    return { reported, target, suites, broken, walks, judge: () => [] }
  }
  const nothing = { answers: new RecordedAnswers([], () => true), missing: () => undefined }
  const run = runIn(report, findings[0]?.drawn)
  const { connection } = replaySession(target, run, seenIn(reported), nothing)
  return {
    reported,
    target,
    suites,
    broken: brokenIn(findings, suites, connection, isPrompt(target)),
    walks,
    // Another answer would end a walk before its time.
    judge: judgeOf((chosenIn(report, all.suites) ?? suites).filter(isIts)),
  }
}

async function resultOf(finding: Finding, asked: Asked, report: Report): Promise<Result> {
  const known = checkOf(finding, asked.suites ?? [])
  const obstacle = obstacleTo(finding, asked, report, known?.check)
  if (obstacle) return { is: 'not-replayed', because: obstacle }
  const { target, reported, broken, walks, judge } = asked
  if (!known || !target) throw new Error(`There is nothing to ask for ${finding.id}.`)
  const circle = { target, run: runIn(report, finding.drawn), seen: seenIn(reported) }
  const isOfAnother = finding.drawn === undefined && finding.evidence.length > 0
  const again = () =>
    walks && isOfWalk(finding)
      ? walkedAgain(walks, finding, circle, judge)
      : endedAgain(known.check, known.suite, finding, circle)
  const ended = isOfAnother ? undefined : await again()
  return compared({
    finding,
    ended,
    requirement: known.check.requirement,
    report,
    broken: [...broken.judged, ...broken.setUp].filter(
      ({ requirement }) => requirement === finding.id,
    ),
    isLent: target.given.loadBalancerId !== undefined,
  })
}

function checkOf(
  { id }: Finding,
  suites: readonly Suite[],
): { readonly check: Check; readonly suite: Suite } | undefined {
  for (const suite of suites) {
    const check = suite.entries.find(({ requirement }) => requirement.id === id)
    if (check && isCheck(check)) return { check, suite }
  }
  return undefined
}

function obstacleTo(
  finding: Finding,
  { target, suites }: Asked,
  { findings }: Report,
  check: Check | undefined,
): Obstacle | undefined {
  const { verdict, evidence, evidenceApart, drawn, reason } = finding
  const isOpen = verdict === 'inconclusive'
  if (!suites) return 'version'
  if (evidenceApart !== undefined) return 'away'
  if (!target) {
    const isAsked = findings.some((one) => one.target === finding.target && hasEvidence(one))
    return isAsked ? 'version' : 'unasked'
  }
  if (!check) return 'own'
  if (isOpen && isFaultOfOurs(reason)) return 'fault'
  return isOpen && evidence.length === 0 && !drawn ? 'unasked' : undefined
}

/** Other code asks otherwise, and what it asks for is then not in the evidence. */
export function isOfBuild({ tool }: Report, own: string | undefined = build()): boolean {
  const isSame = tool.build === undefined || own === undefined || tool.build === own
  return tool.version === version() && isSame
}

function hasEvidence({ evidence, evidenceApart }: Finding): boolean {
  return evidence.length > 0 || evidenceApart !== undefined
}
