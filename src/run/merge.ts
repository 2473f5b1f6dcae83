/** The reports of all shards of a run as one: what the run would have reported without shards. Pure. */

import { UsageError } from '../model.ts'
import { causesOf } from '../report/causes.ts'
import {
  withFaults,
  type Elsewhere,
  type Finding,
  type Report,
  type SetUpFinding,
} from '../report/report.ts'
import { concludeFrom, count, exitCodeOf } from './conclude.ts'
import { isFaultOfOurs } from './verdict.ts'

/**
 * Merges the reports of all shards.
 *
 * @param order - The ids of all requirements, in the order of a report.
 * @throws {UsageError} When they are not the shards of one run: one is missing, or they were asked otherwise.
 */
export function merged(reports: readonly Report[], order: readonly string[]): Report {
  const parts = inOrder(reports)
  const [first] = parts as [Report]
  const all = parts.flatMap(({ findings }) => findings)
  const elsewhere = parts.flatMap((part) => part.elsewhere ?? [])
  const results = sorted(all, first, order).map((finding) => withElsewhere(finding, elsewhere))
  const findings = results.map(({ finding }) => finding)
  const staleWaivers = stale(parts, results)
  const leftovers = parts.flatMap((part) => part.leftovers)
  const { skipped = [] } = first
  const counts = count(findings)
  const conclusion = concludeFrom(counts, staleWaivers, skipped)
  const { elsewhere: _elsewhere, evidenceFile: _file, ...rest } = first
  const { notAsked: _notAsked, faults: _faults, walks: _walks, setUp: _setUp, ...about } = rest
  const walks = walksOf(parts)
  const setUp = setUpOf(parts)
  const whole: Report = {
    ...about,
    run: runOf(parts),
    conclusion,
    exitCode: wrongFirst(parts) ?? exitCodeOf(conclusion, leftovers),
    ...notAskedIn(parts),
    targets: targetsOf(parts),
    counts,
    findings,
    causes: causesOf(findings),
    ...(setUp.length > 0 ? { setUp } : {}),
    ...(walks.length > 0 ? { walks } : {}),
    staleWaivers,
    leftovers,
  }
  return withFaults(
    whole,
    parts.flatMap(({ faults = [] }) => faults),
  )
}

/** Each row of each target once, whichever shard met it first. */
function setUpOf(parts: readonly Report[]): readonly SetUpFinding[] {
  const all = parts.flatMap(({ setUp = [] }) => setUp).toReversed()
  return [...new Map(all.map((one) => [`${one.target} ${one.id}`, one])).values()].toReversed()
}

/** @throws {UsageError} When they are not all shards of one run. */
function inOrder(reports: readonly Report[]): readonly Report[] {
  const [first] = reports
  if (!first) throw new UsageError('There is no report to merge.')
  for (const report of reports) assertOfOneRun(first, report)
  assertOfOneDay(reports)
  const total = first.run.shard?.total ?? 0
  const indexes = reports.map(({ run }) => run.shard?.index ?? 0)
  const all = Array.from({ length: total }, (_, index) => index + 1)
  const missing = all.filter((index) => !indexes.includes(index))
  const twice = indexes.find((index, place) => indexes.indexOf(index) !== place)
  if (missing.length > 0) {
    throw new UsageError(
      `Of ${total} shards, ${missing.map((index) => `${index}/${total}`).join(', ')} is missing. Name the report directory of every shard.`,
    )
  }
  if (twice !== undefined) throw new UsageError(`The shard ${twice}/${total} was given twice.`)
  return reports.toSorted(
    (one, other) => (one.run.shard?.index ?? 0) - (other.run.shard?.index ?? 0),
  )
}

/** What all shards of a run have in common. */
function commonOf({ tool, run, targets }: Report): Readonly<Record<string, unknown>> {
  const { seed, strength = 1, only, levels = [], skip = [], shard } = run
  return {
    'the version of Poolproof': tool.version,
    'the build of Poolproof': tool.build,
    'the number of shards': shard?.total,
    seed,
    strength,
    only,
    levels,
    skip,
    targets: targets.map(({ name, dialect, endpoint, profile }) => ({
      name,
      dialect,
      endpoint,
      profile,
    })),
  }
}

function assertOfOneRun(first: Report, report: Report): void {
  if (report.run.shard === undefined) {
    throw new UsageError(`The run ${report.run.id} is not a shard: it was made without --shard.`)
  }
  const [one, other] = [commonOf(first), commonOf(report)]
  for (const [what, value] of Object.entries(one)) {
    const [mine, its] = [JSON.stringify(value), JSON.stringify(other[what])]
    if (mine === its) continue
    throw new UsageError(
      `The runs ${first.run.id} and ${report.run.id} are not shards of one run: ${what} differs, ${mine} and ${its}.`,
    )
  }
}

/** In milliseconds. Shards of one pipeline begin within hours; what a directory still holds of the last one is older. */
const longestBetween = 86_400_000

function assertOfOneDay(reports: readonly Report[]): void {
  const [first, ...others] = reports.toSorted((one, other) => beganAt(one) - beganAt(other))
  const last = others.at(-1)
  if (!first || !last || beganAt(last) - beganAt(first) <= longestBetween) return
  throw new UsageError(
    `The runs ${first.run.id} and ${last.run.id} are not shards of one run: they began on ${first.run.startedAt} and ` +
      `${last.run.startedAt}, more than a day apart. One may be left over from an earlier pipeline.`,
  )
}

function beganAt({ run }: Report): number {
  return Date.parse(run.startedAt)
}

function sorted(all: readonly Finding[], { targets }: Report, order: readonly string[]): Finding[] {
  const places = new Map(order.map((id, index) => [id, index] as const))
  const names = targets.map(({ name }) => name)
  const place = ({ id }: Finding) => places.get(id) ?? order.length
  return all.toSorted(
    (one, other) =>
      names.indexOf(one.target) - names.indexOf(other.target) || place(one) - place(other),
  )
}

interface Result {
  readonly finding: Finding
  /** What another shard found of it. */
  readonly found?: Elsewhere
}

/**
 * A failure that another shard met counts, unless the check of the requirement has found one itself. An answer counts
 * before a walk, and the walk with the lowest number before the others, as in a run without shards.
 */
function withElsewhere(own: Finding, elsewhere: readonly Elsewhere[]): Result {
  const isBroken = ['fail', 'waived'].includes(own.verdict)
  if (isBroken && walkIn(own) === undefined) return { finding: own }
  const about = elsewhere.filter(
    ({ finding }) => finding.id === own.id && finding.target === own.target,
  )
  const byAnswer = about.find(({ finding }) => walkIn(finding) === undefined)
  const before = isFaultOfOurs(own.reason) ? 0 : (walkIn(own) ?? Infinity)
  const [byWalk] = about
    .filter(({ finding }) => (walkIn(finding) ?? Infinity) < before)
    .toSorted((one, other) => (walkIn(one.finding) ?? 0) - (walkIn(other.finding) ?? 0))
  const found = byAnswer ?? byWalk
  if (!found) return { finding: own }
  const { reading: _reading, reason: _reason, waiver: _waiver, circumstances: _at, ...kept } = own
  const { drawn: _drawn, ...rest } = kept
  const { verdict, reason, waiver, evidence, drawn, repeat } = found.finding
  const finding = {
    ...rest,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(waiver ? { waiver } : {}),
    repeat,
    evidence,
    ...(drawn ? { drawn } : {}),
  }
  return { finding, found }
}

/** The number of the walk that found a failure. */
function walkIn({ repeat }: Finding): number | undefined {
  const [, number] = / --walk-path \w{1,8}\/(\d{1,6})/.exec(repeat) ?? []
  return number === undefined ? undefined : Number(number)
}

/** Waivers that were not needed in one shard are, when another shard has found the failure. */
function stale(parts: readonly Report[], results: readonly Result[]): string[] {
  const replaced = results.filter(({ found }) => found !== undefined)
  const own = parts
    .flatMap(({ staleWaivers }) => staleWaivers)
    .filter((one) => !replaced.some(({ finding }) => isAbout(one, finding.id)))
  return [...own, ...replaced.flatMap(({ found }) => found?.stale ?? [])]
}

function isAbout(sentence: string, id: string): boolean {
  return sentence.split(' ').includes(id)
}

function runOf(parts: readonly Report[]): Report['run'] {
  const [first] = parts as [Report]
  const { shard: _shard, ...run } = first.run
  const starts = parts.map((part) => Date.parse(part.run.startedAt))
  const ends = parts.map((part, index) => (starts[index] ?? 0) + part.run.milliseconds)
  const start = Math.min(...starts)
  return {
    ...run,
    id: parts.map((part) => part.run.id).join('+'),
    startedAt: new Date(start).toISOString(),
    milliseconds: Math.max(...ends) - start,
    exchanges: parts.reduce((sum, part) => sum + part.run.exchanges, 0),
    command: run.command.replace(/ --shard \d+\/\d+/, ''),
  }
}

/** The exit codes that count before those of verdicts. */
function wrongFirst(parts: readonly Report[]): 2 | 70 | undefined {
  const codes = parts.map(({ exitCode }) => exitCode)
  return codes.includes(70) ? 70 : codes.includes(2) ? 2 : undefined
}

function notAskedIn(parts: readonly Report[]): Pick<Report, 'notAsked'> {
  const reasons = parts.flatMap(({ notAsked }) => notAsked ?? [])
  return reasons.length < parts.length ? {} : { notAsked: [...new Set(reasons)].join('\n') }
}

function targetsOf(parts: readonly Report[]): Report['targets'] {
  const [first] = parts as [Report]
  return first.targets.map((target) => {
    const { found: _found, ...about } = target
    const seen = parts.flatMap(
      (part) => part.targets.find(({ name }) => name === target.name)?.found ?? [],
    )
    if (seen.length === 0) return about
    const notOffered = new Map(
      seen.flatMap((one) => one.notOffered).map((one) => [one.what, one] as const),
    )
    const readLagMilliseconds = Math.max(...seen.map((one) => one.readLagMilliseconds))
    const offered = [...new Set(seen.flatMap((one) => one.offered ?? []))]
    const hook = seen.some((one) => one.hook) ? { hook: true as const } : {}
    const found = { readLagMilliseconds, notOffered: [...notOffered.values()], offered, ...hook }
    return { ...about, found }
  })
}

function walksOf(parts: readonly Report[]): NonNullable<Report['walks']> {
  const all = parts.flatMap(({ walks = [] }) => walks)
  return [...new Set(all.map(({ target }) => target))].toSorted().map((target) => {
    const own = all.filter((one) => one.target === target)
    const sum = (of: (one: (typeof own)[number]) => number) =>
      own.reduce((total, one) => total + of(one), 0)
    return {
      target,
      taken: sum(({ taken }) => taken),
      steps: sum(({ steps }) => steps),
      requests: sum(({ requests }) => requests),
      unfinished: own.flatMap(({ unfinished }) => unfinished),
    }
  })
}
