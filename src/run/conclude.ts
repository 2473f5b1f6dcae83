/** Makes a report from outcomes: verdicts, waivers, counts and the conclusion. Pure; the time is an argument. */

import { withBrokenAnswers } from '../check/broken-answers.ts'
import { apartFromSetUp, type SetUpBroken } from '../check/set-up-answers.ts'
import {
  askable,
  isCheck,
  type Entry,
  type Outcome,
  type Suite,
  type Unobservable,
} from '../check/check.ts'
import type { Shard } from '../check/shard.ts'
import { defaultWalks, pathText, type WalkSelection } from '../check/walk-selection.ts'
import {
  addressOf,
  type Level,
  type AnyOperation,
  type Requirement,
  type Verdict,
} from '../model.ts'
import { pinMismatch } from './expected-readings.ts'
import {
  withFaults,
  type Conclusion,
  type Elsewhere,
  type Finding,
  type Found,
  type Report,
  type SetUpFinding,
  type Setting,
  type ReportedTarget,
  type ReportedWalks,
  type Unasked,
} from '../report/report.ts'
import { causesOf } from '../report/causes.ts'
import type { RunId } from '../session/run-names.ts'
import type { Budget } from '../check/select.ts'
import { waiversOf, type Target } from '../target.ts'
import { judge, type Judgement } from './verdict.ts'
import { joined, summedUp, type WalkOfTarget } from './walk-findings.ts'
import { build } from '../documents/build.ts'
import { version } from '../documents/version.ts'

/** One requirement, asked of one target. */
export interface Question {
  readonly target: Target
  readonly operation: AnyOperation
  readonly requirement: Requirement
}

/** Everything that is known when the last check has ended. */
export interface RunResult {
  readonly targets: readonly Target[]
  readonly suites: readonly Suite[]
  readonly only: readonly string[]
  readonly levels?: readonly Level[]
  readonly skip?: readonly string[]
  readonly shard?: Shard
  /** What other shards ask. */
  readonly others?: readonly Question[]
  readonly budget?: Budget
  /** What `skip` and the budget have left out. */
  readonly skipped?: readonly Entry[]
  readonly run: RunId
  readonly started: Date
  readonly questions: readonly Question[]
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** The walks that were selected, and their results. */
  readonly walks?: WalkSelection
  readonly walked?: readonly WalkOfTarget[]
  readonly leftovers: readonly string[]
  /** What the run has seen of each target, by its name. */
  readonly found?: ReadonlyMap<string, Found>
  /** Why nothing was asked, and the exit code that this gives. */
  readonly notAsked?: NotAsked
  /** What this program could not do because of faults of its own, beside those of single checks. */
  readonly faults?: readonly string[]
}

/** 2: someone has to correct something. 3: the target cannot be asked now. */
export interface NotAsked {
  readonly reason: string
  readonly exitCode: 2 | 3
}

/** The key of an outcome in `RunResult.outcomes`. */
export function keyOf(target: string, id: string): string {
  return `${target} ${id}`
}

function unasked(message = 'The run ended before this was asked.'): Outcome {
  return {
    thrown: { family: 'unasked', message },
    exchanges: [],
    leftovers: [],
    milliseconds: 0,
  }
}

function thisTool(): Report['tool'] {
  const built = build()
  const builtAs = built === undefined ? {} : { build: built }
  return { name: 'poolproof', version: version(), ...builtAs, node: process.version }
}

/** Judges every outcome, and counts the verdicts. */
export function conclude(result: RunResult, now: Date = new Date()): Report {
  const today = now.toISOString().slice(0, 10)
  const { outcomes: asked, setUp } = apartFromSetUp(result.outcomes, idsAsked(result))
  const outcomes = withBrokenAnswers(asked)
  const judged = result.questions.map((question) =>
    judgedOne(question, { ...result, outcomes }, today),
  )
  const findings = judged.map(({ finding }) => finding)
  const staleWaivers = judged.flatMap(({ stale }) => stale ?? [])
  const counts = count(findings)
  const skipped = skippedOf(result)
  const conclusion = partial(concludeFrom(counts, staleWaivers, skipped), result)
  const elsewhere = elsewhereIn({ ...result, outcomes }, today)
  const walks = summedUp(result.walked ?? [])
  const report: Report = {
    $schema: 'https://poolproof.dev/schemas/report.schema.json',
    version: 2,
    tool: thisTool(),
    run: {
      ...result.run,
      startedAt: result.started.toISOString(),
      milliseconds: now.getTime() - result.started.getTime(),
      exchanges: exchangesOf(findings, walks, outcomes),
      only: result.only,
      ...limitsOf(result),
      ...(result.shard ? { shard: result.shard } : {}),
      command: `${command(result.targets, result, result.run)}${walksFlag(result)}${shardFlag(result)}`,
    },
    conclusion,
    exitCode: result.notAsked?.exitCode ?? exitCodeOf(conclusion, result.leftovers),
    ...(result.notAsked ? { notAsked: result.notAsked.reason } : {}),
    targets: result.targets.map((target) => reportedTarget(target, findings, result)),
    counts,
    findings,
    ...(elsewhere.length > 0 ? { elsewhere } : {}),
    ...setUpFindings(setUp),
    ...(skipped.length > 0 ? { skipped } : {}),
    causes: causesOf(findings),
    ...(walks.length > 0 ? { walks } : {}),
    unobservable: unobservableOf(result),
    staleWaivers,
    leftovers: result.leftovers,
  }
  return withFaults(report, [...faultsIn(result), ...(result.faults ?? [])])
}

function idsAsked({ questions }: RunResult): ReadonlySet<string> {
  return new Set(questions.map(({ requirement }) => requirement.id))
}

/** Each row of each target once, with the first answer that did not keep it. */
function setUpFindings(broken: readonly SetUpBroken[]): Pick<Report, 'setUp'> {
  const first = new Map<string, SetUpFinding>()
  for (const { key, requirement: id, message } of broken) {
    const end = key.lastIndexOf(' ')
    const [target, metIn] = [key.slice(0, end), key.slice(end + 1)]
    const known = first.get(keyOf(target, id))
    if (!known) first.set(keyOf(target, id), { id, level: 'must', target, message, metIn })
  }
  return first.size > 0 ? { setUp: [...first.values()] } : {}
}

/** A part of a run is never conformant. */
function partial(conclusion: Conclusion, { shard }: RunResult): Conclusion {
  return shard && shard.total > 1 && conclusion === 'conformant' ? 'partial' : conclusion
}

/** What answers and walks of this shard break among the requirements of others. */
function elsewhereIn(result: RunResult, today: string): Elsewhere[] {
  return (result.others ?? [])
    .map((question) => judgedOne(question, result, today))
    .filter(({ finding: { verdict } }) => verdict === 'fail' || verdict === 'waived')
    .map(({ finding, stale }) => ({ finding, ...(stale === undefined ? {} : { stale }) }))
}

function shardFlag({ shard }: RunResult): string {
  return shard ? ` --shard ${shard.index}/${shard.total}` : ''
}

function limitsOf({
  levels = [],
  skip = [],
  budget,
}: RunResult): Pick<Report['run'], 'levels' | 'skip' | 'budget'> {
  return {
    ...(levels.length > 0 ? { levels } : {}),
    ...(skip.length > 0 ? { skip } : {}),
    ...(budget ? { budget: budget.requests } : {}),
  }
}

/** The checks of these targets' dialects that the operator chose to leave out. */
function skippedOf({ skipped = [], targets }: RunResult): string[] {
  const dialects = targets.map(({ dialect }) => `${dialect}/`)
  return skipped
    .filter((entry) => isCheck(entry))
    .map(({ requirement }) => requirement.id)
    .filter((id) => dialects.some((dialect) => id.startsWith(dialect)))
}

/** Where no exchange took place, nothing was found. */
function reportedTarget(
  { name, dialect, endpoint, file, profile = {}, ...asked }: Target,
  findings: readonly Finding[],
  { found: all }: RunResult,
): ReportedTarget {
  const found = all?.get(name)
  const seen = findings.some(({ target, evidence }) => target === name && evidence.length > 0)
  const named = file === undefined ? {} : { file }
  return {
    name,
    dialect,
    endpoint,
    ...named,
    profile,
    ...(found && seen ? { found, setting: settingOf(asked) } : {}),
  }
}

/** Without secrets: neither those of the credentials nor that of traffic. */
function settingOf({ given, limits, auth }: Pick<Target, 'given' | 'limits' | 'auth'>): Setting {
  const { traffic, ...lent } = given
  const { secret: _secret, ...way } = traffic ?? {}
  const shown = { ...lent, ...(traffic ? { traffic: way } : {}) }
  return { given: shown, ...(limits ? { limits } : {}), credentials: Object.keys(auth) }
}

/** Checks that ended by a fault of this program. */
function faultsIn({ outcomes }: RunResult): string[] {
  return [...outcomes].flatMap(([key, { thrown }]) =>
    thrown?.family === 'ours' ? [`${key}: ${thrown.message}`] : [],
  )
}

function judgedOne(
  { target, operation, requirement }: Question,
  { outcomes, run, walked = [], notAsked }: RunResult,
  today: string,
): { finding: Finding; stale: string | undefined } {
  const asked = outcomes.get(keyOf(target.name, requirement.id)) ?? unasked(notAsked?.reason)
  const { outcome, path } = joined(asked, target.name, requirement.id, walked)
  const pinned = target.readings?.[requirement.id]
  const { id, level, text, source } = requirement
  const { stale, verdict, reason, ...judgement } = judge({
    outcome,
    id,
    waivers: waiversOf(target, id),
    today,
    pinMismatch: pinMismatch(outcome.reading, pinned, requirement),
  })
  const finding: Finding = {
    id,
    dialect: target.dialect,
    operation,
    level,
    text,
    ...sourceOf(source),
    target: target.name,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...readingOf(outcome, requirement, pinned),
    ...waiverOf(judgement),
    ...(outcome.circumstances ? { circumstances: outcome.circumstances } : {}),
    repeat:
      command([target], { only: [id] }, run) + (path === undefined ? '' : ` --walk-path ${path}`),
    evidence: outcome.exchanges,
    ...(outcome.drawn ? { drawn: outcome.drawn } : {}),
    ...(outcome.traffic?.length ? { traffic: outcome.traffic } : {}),
    milliseconds: outcome.milliseconds,
  }
  return { finding, stale }
}

/** What a finding says of the reading that was seen. */
export function readingOf(
  { reading, seen }: Pick<Outcome, 'reading' | 'seen'>,
  { readings = {} }: Requirement,
  pinned: string | undefined,
): Pick<Finding, 'reading'> {
  if (reading === undefined) return {}
  const pin = pinned === undefined ? {} : { pinned }
  const meaning = [readings[reading] ?? '', ...(seen === undefined ? [] : [`Seen: ${seen}`])]
  return { reading: { name: reading, meaning: meaning.join(' '), ...pin } }
}

function waiverOf({ waiver }: Pick<Judgement, 'waiver'>): Pick<Finding, 'waiver'> {
  return waiver ? { waiver } : {}
}

/** The command that repeats the run. The built-in reference needs no `--target`. */
function command(
  targets: readonly Target[],
  { only, levels = [], skip = [], budget }: Pick<RunResult, 'only' | 'levels' | 'skip' | 'budget'>,
  { seed, strength = 1, minute }: RunId,
): string {
  const files = targets.flatMap(({ file }) => (file === undefined ? [] : ['--target', file]))
  const selection = [
    ...only.flatMap((prefix) => ['--only', quoted(prefix)]),
    ...levels.flatMap((level) => ['--level', level]),
    ...skip.flatMap((prefix) => ['--skip', quoted(prefix)]),
    ...(budget ? ['--budget', String(budget.requests)] : []),
  ]
  const drawn = strength === 1 ? [] : ['--strength', String(strength)]
  const patient = minute === undefined ? [] : ['--patient']
  const words = [...files, ...selection, '--seed', String(seed), ...drawn, ...patient]
  return ['poolproof run', ...words].join(' ')
}

/** A shell would expand a pattern. */
function quoted(pattern: string): string {
  return pattern.includes('*') ? `'${pattern}'` : pattern
}

/** Only where it is not what a run does by itself: some walks for everything, none for a selection. */
function walksFlag({ only, levels = [], budget, walks }: RunResult): string {
  const usual = only.length + levels.length > 0 || budget ? 0 : defaultWalks
  if (walks?.only) return ` --walk-path ${pathText(walks.only)}`
  return walks === undefined || walks.count === usual ? '' : ` --walks ${walks.count}`
}

/** How many were sent: what several checks share as evidence counts once. */
function exchangesOf(
  findings: readonly Finding[],
  walks: readonly ReportedWalks[],
  outcomes: ReadonlyMap<string, Outcome>,
): number {
  const asked = findings.reduce((sum, { evidence }) => sum + evidence.length, 0)
  const again = [...outcomes.values()].reduce((sum, { shared = 0 }) => sum + shared, 0)
  return walks.reduce((sum, { requests }) => sum + requests, asked - again)
}

/** How many findings have each verdict. */
export function count(findings: readonly Finding[]): Record<Verdict, number> {
  const counts = { pass: 0, fail: 0, waived: 0, inconclusive: 0, 'not-applicable': 0 }
  for (const { verdict } of findings) counts[verdict] += 1
  return counts
}

/** A result with any verdict but `pass` is partial, never conformant; so is one with skipped requirements. */
export function concludeFrom(
  { fail, waived, inconclusive, ...counts }: Record<Verdict, number>,
  stale: readonly string[],
  skipped: readonly string[],
): Conclusion {
  if (fail > 0 || stale.length > 0) return 'failed'
  if (inconclusive > 0) return 'undecided'
  return waived + counts['not-applicable'] + skipped.length > 0 ? 'partial' : 'conformant'
}

/** What is left behind may cost money, so the run does not end with 0. */
export function exitCodeOf(conclusion: Conclusion, leftovers: readonly string[]): 0 | 1 | 3 {
  if (conclusion === 'failed') return 1
  return conclusion === 'undecided' || leftovers.length > 0 ? 3 : 0
}

/** A requirement that could be asked of one target of its dialect is not among them. */
function unobservableOf({ suites, targets, run }: RunResult): Unasked[] {
  return suites.flatMap(({ dialect, operation, entries }) => {
    const [target] = targets.filter((one) => one.dialect === dialect)
    const asked = target ? askable(entries, { target, run }) : entries
    return asked
      .filter((entry): entry is Unobservable => !isCheck(entry))
      .map(({ requirement: { id, level, text, source }, reason }) => ({
        id,
        dialect,
        operation,
        level,
        text,
        ...sourceOf(source),
        reason,
      }))
  })
}

/** The place in a page, and where a reader can open that page. */
function sourceOf(source: string): Pick<Finding, 'source' | 'address'> {
  const address = addressOf(source)
  return { source, ...(address === undefined ? {} : { address }) }
}
