/** What differs between two reports: failures, readings, what could be decided, and cost. Pure. */

import type { Verdict } from '../model.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Finding, Report } from './report.ts'

/** One side of a difference; absent where the report does not have the requirement. */
export interface Side {
  readonly target: string
  readonly verdict: Verdict
  readonly reason?: string
  readonly reading?: string
  /** Of a failure. */
  readonly fingerprint?: string
}

/** A requirement that came to something else. */
export interface Difference {
  readonly id: string
  readonly text: string
  readonly before?: Side
  readonly after?: Side
}

/** What one requirement took. */
export interface CostDifference {
  readonly id: string
  readonly before: number
  readonly after: number
}

/** A report, as a comparison names it. */
export interface ComparedReport {
  readonly run: string
  readonly startedAt: string
  readonly tool: string
  readonly seed: number
  readonly strength: number
  readonly only: readonly string[]
  readonly targets: readonly { readonly name: string; readonly endpoint: string }[]
  readonly exchanges: number
  readonly milliseconds: number
}

/** How two reports differ. A requirement is in at most one of the first five lists, and perhaps in `readings`. */
export interface Comparison {
  readonly before: ComparedReport
  readonly after: ComparedReport
  /** Broken now, and not before: kept, undecided, or not asked then. */
  readonly appeared: readonly Difference[]
  /** Broken before, and kept now. */
  readonly gone: readonly Difference[]
  /** Broken both times, in another way, or with another waiver. */
  readonly changed: readonly Difference[]
  /** Decided before, and now not: inconclusive, not applicable, or not asked. */
  readonly undecided: readonly Difference[]
  /** Not decided before, and kept now. */
  readonly decided: readonly Difference[]
  /** The target follows another reading of a page. */
  readonly readings: readonly Difference[]
  /** Requirements that needed a different number of requests. */
  readonly cost: readonly CostDifference[]
  /** 1: something is broken that was not. 3: nothing is, but something that was decided no longer is. */
  readonly exitCode: 0 | 1 | 3
}

/** A requirement in one or both of two reports. */
interface Pair {
  readonly id: string
  readonly before?: Finding
  readonly after?: Finding
}

/**
 * Compares two reports by the ids of the requirements: the targets may have other names, or be of another vendor.
 *
 * @param before - The baseline.
 */
export function comparison(before: Report, after: Report): Comparison {
  const pairs = pairsOf(before, after)
  const kindOf = new Map(pairs.map((pair) => [pair, kind(pair)] as const))
  const of = (wanted: Kind) =>
    pairs.filter((pair) => kindOf.get(pair) === wanted).map((pair) => difference(pair))
  const appeared = of('appeared')
  const undecided = of('undecided')
  const isNew = appeared.some((one) => one.after?.verdict === 'fail')
  return {
    before: described(before),
    after: described(after),
    appeared,
    gone: of('gone'),
    changed: of('changed'),
    undecided,
    decided: of('decided'),
    readings: pairs.filter((pair) => readsOtherwise(pair)).map((pair) => difference(pair)),
    cost: pairs.flatMap((pair) => costOf(pair)),
    exitCode: isNew ? 1 : undecided.length > 0 ? 3 : 0,
  }
}

/** A dialect has one target in a report, so an id names one finding. */
function pairsOf(before: Report, after: Report): Pair[] {
  const [earlier, later] = [before, after].map(
    ({ findings }) => new Map(findings.map((one) => [one.id, one] as const)),
  ) as [Map<string, Finding>, Map<string, Finding>]
  return [...new Set([...earlier.keys(), ...later.keys()])].map((id) => {
    const [one, other] = [earlier.get(id), later.get(id)]
    return { id, ...(one ? { before: one } : {}), ...(other ? { after: other } : {}) }
  })
}

type Kind = 'appeared' | 'gone' | 'changed' | 'undecided' | 'decided' | 'same'

const states = {
  fail: 'broken',
  waived: 'broken',
  pass: 'kept',
  inconclusive: 'open',
  'not-applicable': 'open',
} as const satisfies Readonly<Record<Verdict, string>>

function kind({ before, after }: Pair): Kind {
  const [then, now] = [before, after].map((one) => (one ? states[one.verdict] : 'open'))
  if (now === 'broken' && then !== 'broken') return 'appeared'
  if (now === 'open' && then !== 'open') return 'undecided'
  if (now === 'kept' && then === 'broken') return 'gone'
  if (now === 'kept' && then === 'open') return 'decided'
  return before && after && now === 'broken' && isOther(before, after) ? 'changed' : 'same'
}

function isOther(before: Finding, after: Finding): boolean {
  return before.verdict !== after.verdict || fingerprintOf(before) !== fingerprintOf(after)
}

function readsOtherwise({ before, after }: Pair): boolean {
  const [then, now] = [before?.reading?.name, after?.reading?.name]
  return then !== undefined && now !== undefined && then !== now
}

function difference({ id, before, after }: Pair): Difference {
  return {
    id,
    text: (after ?? before)?.text ?? '',
    ...(before ? { before: side(before) } : {}),
    ...(after ? { after: side(after) } : {}),
  }
}

function side(finding: Finding): Side {
  const { target, verdict, reason, reading } = finding
  return {
    target,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(reading ? { reading: reading.name } : {}),
    ...(states[verdict] === 'broken' ? { fingerprint: fingerprintOf(finding) } : {}),
  }
}

function costOf({ id, before, after }: Pair): CostDifference[] {
  if (!before || !after) return []
  const [then, now] = [requestsOf(before), requestsOf(after)]
  return then === now ? [] : [{ id, before: then, after: now }]
}

/** Also where the evidence is in a file of its own that was not copied. */
function requestsOf({ evidence, evidenceApart = 0 }: Finding): number {
  return evidence.length + evidenceApart
}

function described({ run, tool, targets }: Report): ComparedReport {
  const { id, startedAt, seed, strength = 1, only, exchanges, milliseconds } = run
  return {
    run: id,
    startedAt,
    tool: tool.version,
    seed,
    strength,
    only,
    targets: targets.map(({ name, endpoint }) => ({ name, endpoint })),
    exchanges,
    milliseconds,
  }
}
