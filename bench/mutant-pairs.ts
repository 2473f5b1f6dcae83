/**
 * Pairs of mutants, whose reports are compared and merged; what must come of it is worked out from the verdicts of both
 * reports, without the code that compares.
 */

import { isCheck } from '../src/check/check.ts'
import type { Dialect } from '../src/model.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { comparison, type Comparison } from '../src/report/comparison.ts'
import { comparisonText } from '../src/report/comparison-text.ts'
import type { Finding, Report } from '../src/report/report.ts'
import { merged } from '../src/run/merge.ts'
import { reportFrom, reportInShards } from '../src/run/replay/report-for-test.ts'
import { suites } from '../suites/index.ts'

export interface MutantPair {
  readonly dialect: Dialect
  readonly one: string
  readonly other: string
  /** How many shards the run on both faults is divided into. */
  readonly shards: number
  /** Every so many-th check is asked, beside those of the two faults. */
  readonly every: number
}

export interface PairResult {
  /** Differences between the two reports that must be told. */
  readonly real: number
  /** One sentence for each difference that was missed or invented, and for each that a merge makes. */
  readonly wrong: readonly string[]
}

/** Pairs of different mutants of one dialect, drawn. */
export function drawnPairs(many: number, seed: number): readonly MutantPair[] {
  const draw = drawing(seed)
  const quick = knownServers.mutants.filter(
    ({ takesLong, breaks }) => !takesLong && !isOfTraffic(breaks),
  )
  return Array.from({ length: many }, (_, index): MutantPair => {
    const dialect = index % 2 === 0 ? 'elb' : 'slb'
    const own = quick.filter((mutant) => mutant.dialect === dialect)
    const first = draw(own.length)
    const second = (first + 1 + draw(own.length - 1)) % own.length
    const [one = '', other = ''] = [first, second].map((place) => own[place]?.id)
    return { dialect, one, other, shards: 2 + draw(3), every: 5 + draw(4) }
  })
}

/** Numbers that look drawn, and are the same each time. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff
    return (state >>> 8) % below
  }
}

function isOfTraffic(id: string): boolean {
  return /traffic|connections|datagrams|requests|stick|cookie-(?:followed|set)/.test(id)
}

/** Asks both mutants, one of them twice, and a server with both faults, whose outcomes are divided into shards. */
export async function resultOf(pair: MutantPair): Promise<PairResult> {
  const { dialect, one, other, shards } = pair
  const asks = selectionOf(pair)
  const ask = async (id: string) =>
    reportFrom(await knownServers.mutant(dialect, [id]), suites, asks)
  const [before, again, after] = [await ask(one), await ask(one), await ask(other)]
  const both = await knownServers.mutant(dialect, [one, other])
  const { whole, parts } = await reportInShards(both, suites, asks, shards)
  const told = comparison(before, after)
  const expected = differencesOf(before, after)
  // A fault that depends on time is not found each time; what is found twice is the same failure.
  const unsteady = { ...differencesOf(before, again), changed: [] }
  const wrong = [
    ...wronglyTold(told, expected, false),
    ...wronglyTold(comparison(before, again), unsteady, true),
    ...unsaid(told),
    ...mergeFaults(merged(parts.toReversed(), order), whole),
  ]
  const name = `${one} and ${other}`
  const real = Object.values(expected).reduce((sum, ids) => sum + ids.length, 0)
  return { real, wrong: wrong.map((sentence) => `${name}: ${sentence}`) }
}

const order = suites.flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))

function selectionOf({ dialect, one, other, every }: MutantPair): (id: string) => boolean {
  const broken = knownServers.mutants.flatMap(({ id, breaks }) =>
    id === one || id === other ? [breaks] : [],
  )
  const ids = suites
    .filter((suite) => suite.dialect === dialect)
    .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
    .map(({ requirement }) => requirement.id)
    .filter((id, place) => !isOfTraffic(id) && (broken.includes(id) || place % every === 0))
  return (id) => ids.includes(id)
}

const lists = ['appeared', 'gone', 'changed', 'undecided', 'decided', 'readings'] as const

type Lists = Readonly<Record<(typeof lists)[number], readonly string[]>>

/** What differs, worked out for each requirement by itself; one that was not asked is as open as one that was in vain. */
function differencesOf(before: Report, after: Report): Lists {
  const [earlier, later] = [before, after].map(
    ({ findings }) => new Map(findings.map((finding) => [finding.id, finding])),
  ) as [Map<string, Finding>, Map<string, Finding>]
  const ids = [...new Set([...earlier.keys(), ...later.keys()])]
  const idsOf = (differ: (one?: Finding, other?: Finding) => boolean) =>
    ids.filter((id) => differ(earlier.get(id), later.get(id)))
  return {
    appeared: idsOf((one, other) => comesTo(other, 'fail') && !comesTo(one, 'fail')),
    gone: idsOf((one, other) => comesTo(one, 'fail') && comesTo(other, 'pass')),
    changed: idsOf(
      (one, other) => comesTo(one, 'fail') && comesTo(other, 'fail') && !isAlike(one, other),
    ),
    undecided: idsOf((one, other) => comesTo(one, 'pass', 'fail') && isOpen(other)),
    decided: idsOf((one, other) => isOpen(one) && comesTo(other, 'pass')),
    readings: idsOf((one, other) => {
      const [then, now] = [one?.reading, other?.reading]
      return then !== undefined && now !== undefined && then.name !== now.name
    }),
  }
}

function comesTo(
  finding: Finding | undefined,
  ...verdicts: readonly Finding['verdict'][]
): boolean {
  return finding !== undefined && verdicts.includes(finding.verdict)
}

function isOpen(finding: Finding | undefined): boolean {
  return !comesTo(finding, 'pass', 'fail')
}

/** The same words, whatever objects and values are told with them. */
function isAlike(one: Finding | undefined, other: Finding | undefined): boolean {
  return wordsOf(one?.reason ?? '') === wordsOf(other?.reason ?? '')
}

function wordsOf(reason: string): string {
  const words = reason.split(/\s/)
  return words.map((word) => (/[\d"{}]/.test(word) ? '#' : word)).join(' ')
}

/**
 * Failures of two faults that have the same words may still be two, which only their values show; those of the same
 * fault are one, whatever was drawn.
 */
function wronglyTold(told: Comparison, expected: Lists, isSameFault: boolean): string[] {
  return lists.flatMap((list) => {
    const its = told[list].map(({ id }) => id)
    const missed = expected[list].filter((id) => !its.includes(id))
    const mayBe = list === 'changed' && !isSameFault
    const invented = mayBe ? [] : its.filter((id) => !expected[list].includes(id))
    return [
      ...missed.map((id) => `${id} is missed in ${list}`),
      ...invented.map((id) => `${id} is invented in ${list}`),
    ]
  })
}

/** Is every difference in the text? */
function unsaid(told: Comparison): string[] {
  const text = comparisonText(told)
  const all = lists.flatMap((list) => told[list].map(({ id }) => id))
  return all.filter((id) => !text.includes(id)).map((id) => `${id} is not in the text`)
}

/** What a report says, but for its findings. */
function said({ findings, setUp = [], ...report }: Report) {
  return {
    counts: report.counts,
    conclusion: report.conclusion,
    exitCode: report.exitCode,
    ids: findings.map(({ id }) => id),
    setUp: setUp.map(({ id }) => id).toSorted(),
    unobservable: report.unobservable.map(({ id }) => id),
  }
}

/** What differs between a merged report and that of one run, but for ids, times and run ids. */
function mergeFaults(whole: Report, single: Report): string[] {
  const [one, other] = [said(whole), said(single)]
  const keys = Object.keys(one) as (keyof typeof one)[]
  const about = keys
    .filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]))
    .map(
      (key) => `merged, ${key} are ${JSON.stringify(one[key])}, not ${JSON.stringify(other[key])}`,
    )
  const findings = single.findings.flatMap((finding) => {
    const its = whole.findings.find(({ id }) => id === finding.id)
    const same = its && sameIn(its) === sameIn(finding)
    return same
      ? []
      : [`merged, ${finding.id} is ${its ? sameIn(its) : 'absent'}, not ${sameIn(finding)}`]
  })
  return [...about, ...findings]
}

/** Of a failure that answers of several checks show, which of them tells it depends on their order. */
function sameIn({ verdict, level, reading, drawn, circumstances, ...finding }: Finding): string {
  const told = drawn ? [finding.reason, finding.evidence] : []
  return JSON.stringify([verdict, level, reading, circumstances, ...told])
}
