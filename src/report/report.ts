/** The result of a run, as the writers receive it and as `conformance.json` stores it. */

import type {
  Circumstances,
  Dialect,
  Draws,
  Feature,
  Level,
  AnyOperation,
  RecordedExchange,
  Strength,
  TrafficRecord,
  Verdict,
} from '../model.ts'
import type { Limits, Waiver } from '../target.ts'

/** The result of one requirement on one target. */
export interface Finding {
  readonly id: string
  readonly dialect: Dialect
  readonly operation: AnyOperation
  readonly level: Level
  readonly text: string
  readonly source: string
  /** Where a reader can open an edition of the page that `source` begins with. */
  readonly address?: string
  /** The target's name. */
  readonly target: string
  readonly verdict: Verdict
  /** Why it is not a plain pass; for `fail` and `waived`, what was expected and what was received. */
  readonly reason?: string
  /** For level `reading`: which reading the target follows, and what it means. */
  readonly reading?: {
    readonly name: string
    readonly meaning: string
    /** The one that the target file expects, where it does. */
    readonly pinned?: string
  }
  /** Under which circumstances it was asked, by factor; of a failure, the least that still fail. */
  readonly circumstances?: Circumstances
  readonly waiver?: Waiver
  /** The command that asks this question again. */
  readonly repeat: string
  readonly evidence: readonly RecordedExchange[]
  /** What was drawn for it, one for each asking in the evidence; absent where that is not of its own check. */
  readonly drawn?: readonly Draws[]
  /** Where connections were made through the load balancer: who answered them. */
  readonly traffic?: readonly TrafficRecord[]
  /** How many exchanges of it are in the evidence file, and not in `evidence`. */
  readonly evidenceApart?: number
  readonly milliseconds: number
}

/** The verdict of a run that asked the requirement, and when that run began. */
export interface Earlier {
  readonly startedAt: string
  readonly verdict: Verdict
}

/** By the target's name, a space and the id: the verdicts of all runs, the oldest first, this one last. */
export type History = Readonly<Record<string, readonly Earlier[]>>

/** Of what a report shows in full; beyond that, the first of each cause is in full and the others are in brief. */
export const mostInFull = 60

/** What several failures, or several requirements that could not be decided, have in common. */
export interface Cause {
  /**
   * `answer`: the same answer to the same kind of request. `control`: the same reason why nothing could be
   * decided, such as a correct request that is refused. `circumstances`: the same least circumstances.
   * `words`: the same sentence but for ids, names and values. `single`: nothing in common with another one.
   */
  readonly kind: 'answer' | 'control' | 'circumstances' | 'words' | 'single'
  readonly sentence: string
  /** The target's name. */
  readonly target: string
  readonly verdict: 'fail' | 'inconclusive'
  /** The ids of the requirements. */
  readonly findings: readonly string[]
}

/** A row of the response table of a set-up operation that an answer did not keep. */
export interface SetUpFinding {
  /** `elb/create-pool/response.pool.lb_algorithm.type` */
  readonly id: string
  readonly level: Level
  /** The target's name. */
  readonly target: string
  /** Which request, and what of its answer. */
  readonly message: string
  /** The requirement whose check met it first; its evidence shows the exchange if that is not a pass. */
  readonly metIn: string
}

/** A requirement that no exchange can show. */
export interface Unasked {
  readonly id: string
  readonly dialect: Dialect
  readonly operation: AnyOperation
  readonly level: Level
  readonly text: string
  readonly source: string
  readonly address?: string
  readonly reason: string
}

export interface ReportedTarget {
  readonly name: string
  readonly dialect: Dialect
  readonly endpoint: string
  /** The target file, as the person who started the run named it; absent for the built-in reference. */
  readonly file?: string
  readonly profile: Readonly<Partial<Record<Feature, boolean>>>
  /** What the run has seen of it; absent when nothing was asked. */
  readonly found?: Found
  /** What it was asked with; absent when nothing was asked. */
  readonly setting?: Setting
}

/** What a target file says beside its profile, without secrets: with it, the same can be asked of the evidence. */
export interface Setting {
  /** What the operator lends, but for traffic. */
  readonly given: Readonly<Record<string, unknown>>
  readonly limits?: Limits
  /** The names of the credentials in the file, such as `otherToken`. */
  readonly credentials: readonly string[]
}

/** What a run observed of a target, which can differ from its profile. */
export interface Found {
  /** The longest time after a write at which a read still showed what was there before; 0 when none did. */
  readonly readLagMilliseconds: number
  /** What a probe showed that it does not offer. */
  readonly notOffered: readonly NotOfferedAsFound[]
  /** What was seen to be offered, in the same words. */
  readonly offered?: readonly string[]
  /** Could statuses of load balancers be set by a hook? */
  readonly hook?: true
}

export interface NotOfferedAsFound {
  /** In the vendor's words: `DELETE /v2.0/lbaas/l7policies`. */
  readonly what: string
  /** The exchange that showed it, in a line. */
  readonly evidence: string
}

/**
 * The result of all findings together.
 *
 * `conformant`: every requirement asked was kept, and all were asked. `partial`: none was broken, but
 * not all were asked or one is waived. `failed`: one was broken. `undecided`: some could not be asked.
 */
export type Conclusion = 'conformant' | 'partial' | 'failed' | 'undecided'

/** See `exitCodes` in `commands/exit-codes.ts`. That of an interrupted process is another one. */
export type ReportedExitCode = 0 | 1 | 2 | 3 | 70
/** The walks that one target took. What they found is among the findings. */
export interface ReportedWalks {
  /** The target's name. */
  readonly target: string
  readonly taken: number
  readonly steps: number
  /** With the shorter walks that were drawn from those that found something. */
  readonly requests: number
  /** Why some ended early, one sentence each. */
  readonly unfinished: readonly string[]
}

/** A failure that this shard has met of a requirement that another shard asks. */
export interface Elsewhere {
  /** As it would be without what the other shard found. */
  readonly finding: Finding
  /** Why its waiver is stale. */
  readonly stale?: string
}

/** The whole result of a run: one value, several writers. Described in `schemas/report.schema.json`. */
export interface Report {
  readonly $schema: string
  /** 1: all evidence is in `findings`. 2: that of what passed is in the evidence file. */
  readonly version: 1 | 2
  readonly tool: {
    readonly name: 'poolproof'
    readonly version: string
    /** Tells builds of one version apart; absent where the sources themselves ran. */
    readonly build?: string
    readonly node: string
  }
  readonly run: {
    readonly id: string
    readonly seed: number
    /** How many circumstances of a check were covered in all combinations. */
    readonly strength?: Strength
    /** ISO 8601, UTC. */
    readonly startedAt: string
    readonly milliseconds: number
    readonly exchanges: number
    /** The ids, beginnings and patterns that the run was limited to; empty for everything. */
    readonly only: readonly string[]
    /** The levels that the run was limited to; absent for all. */
    readonly levels?: readonly Level[]
    /** The ids, beginnings and patterns that were left out. */
    readonly skip?: readonly string[]
    /** Which part of a run this is; absent for a whole one. */
    readonly shard?: { readonly index: number; readonly total: number }
    /** How many requests each target was to get at most. */
    readonly budget?: number
    /** The command that repeats the run. */
    readonly command: string
  }
  readonly conclusion: Conclusion
  /** Why nothing could be asked at all, and what to correct. Then every finding is inconclusive. */
  readonly notAsked?: string
  /** Faults of this program, one text each. Then the exit code is 70. */
  readonly faults?: readonly string[]
  readonly exitCode: ReportedExitCode
  readonly targets: readonly ReportedTarget[]
  readonly counts: Readonly<Record<Verdict, number>>
  readonly findings: readonly Finding[]
  /** Of a shard: failures of requirements that other shards ask. `poolproof merge` joins them. */
  readonly elsewhere?: readonly Elsewhere[]
  /** Rows that answers to set-up operations did not keep. They are not part of the verdict. */
  readonly setUp?: readonly SetUpFinding[]
  /** Ids of the requirements that the operator left out (`--skip`, `--budget`). Then the result is partial. */
  readonly skipped?: readonly string[]
  /** Of everything that failed or was not decided, the one with the most findings first. */
  readonly causes?: readonly Cause[]
  /** The file beside this one that has the exchanges of everything that passed. */
  readonly evidenceFile?: { readonly name: string; readonly sha256: string }
  /** Verdicts of earlier runs and of this one, by the target's name, a space and the id. Never stored. */
  readonly history?: History
  /** From a reader's copies of the pages, by the source of a requirement. Never stored. */
  readonly passages?: Readonly<Record<string, string>>
  /** Says that conformance.json was changed after the run. Only on pages that are written again. */
  readonly altered?: string
  /** SHA-256 of `conformance.json` with 64 zeros in place of this value. Absent in memory. */
  readonly digest?: string
  /** For each target that took any. */
  readonly walks?: readonly ReportedWalks[]
  readonly unobservable: readonly Unasked[]
  /** Waivers that have expired or are no longer needed, one sentence each. */
  readonly staleWaivers: readonly string[]
  /** What clean-up could not remove. */
  readonly leftovers: readonly string[]
}

/** The same report, with faults of this program that were found later. */
export function withFaults(report: Report, faults: readonly string[]): Report {
  if (faults.length === 0) return report
  return {
    ...report,
    conclusion: report.conclusion === 'failed' ? 'failed' : 'undecided',
    exitCode: 70,
    faults: [...(report.faults ?? []), ...faults],
  }
}
