/** A report of checks that are asked of a server in this process, as a run would write it. For our tests. */

import {
  askable,
  isCheck,
  judgeOf,
  type Check,
  type Outcome,
  type Suite,
} from '../../check/check.ts'
import { Lanes } from '../../check/lanes.ts'
import { perform } from '../../check/perform.ts'
import { inShard } from '../../check/shard.ts'
import { takeWalk } from '../../check/take-walk.ts'
import { withSetUp } from '../../check/set-up-answers.ts'
import type { ServerUnderTest } from '../../prove/known-servers.ts'
import { withEvidence } from '../../report/evidence-file.ts'
import type { Report } from '../../report/report.ts'
import { reportFiles } from '../../report/write-report.ts'
import type { WalkOfTarget } from '../walk-findings.ts'
import type { Askable } from './replay.ts'
import { conclude, keyOf, type Question } from '../conclude.ts'
import { newRunId, type RunId } from '../../session/run-names.ts'
import { openSession, type Session } from '../../session/session.ts'

/** The report as it is in its files. */
export interface Written {
  readonly text: string
  readonly evidence: Uint8Array
}

/** Asks the checks of these suites whose id is meant, and closes the server. */
export async function reportFrom(
  server: ServerUnderTest,
  suites: readonly Suite[],
  meant: (id: string) => boolean,
  draw: Omit<RunId, 'id'> = { seed: 1 },
): Promise<Report> {
  const { whole } = await reportInShards(server, suites, meant, 0, draw)
  return whole
}

/** The same once more as the reports of so many shards, in which the same came of everything. */
export async function reportInShards(
  server: ServerUnderTest,
  suites: readonly Suite[],
  meant: (id: string) => boolean,
  total: number,
  draw: Omit<RunId, 'id'> = { seed: 1 },
): Promise<{ readonly whole: Report; readonly parts: readonly Report[] }> {
  const { target, run, session, own, fixtures, lanes } = around(server, suites, draw)
  const manner = { reduce: true, judge: withSetUp(judgeOf(own)) }
  const chosen = own.map((suite) => ({
    ...suite,
    entries: askable(suite.entries, session).filter(
      (entry): entry is Check => isCheck(entry) && meant(entry.requirement.id),
    ),
  }))
  const outcomes = await Promise.all(
    chosen
      .flatMap(({ entries }) => entries)
      .map(async (check): Promise<[string, Outcome]> => {
        const outcome = await perform(check, fixtures, session, lanes, manner)
        return [keyOf(target.name, check.requirement.id), outcome]
      }),
  )
  await lanes.close()
  await server.close()
  const shown = shownOf(session, run, own)
  const questionsOf = (some: readonly Suite[]) =>
    some.flatMap(({ operation, entries }): Question[] =>
      entries.map(({ requirement }) => ({ target, operation, requirement })),
    )
  const all = questionsOf(chosen)
  const parts = Array.from({ length: total }, (_, index) => {
    const shard = { index: index + 1, total }
    const questions = questionsOf(inShard(chosen, shard))
    const ids = new Set(questions.map(({ requirement }) => requirement.id))
    const others = all.filter(({ requirement }) => !ids.has(requirement.id))
    const keys = new Set([...ids].map((id) => keyOf(target.name, id)))
    const its = new Map(outcomes.filter(([key]) => keys.has(key)))
    return conclude({ ...shown, questions, others, outcomes: its, shard })
  })
  return { whole: conclude({ ...shown, questions: all, outcomes: new Map(outcomes) }), parts }
}

/** Takes so many walks, and closes the server. Only what they found broken is in the report. */
export async function walkReportFrom(
  server: ServerUnderTest,
  { suites, walks }: Askable,
  many: number,
  seed: number,
): Promise<Report> {
  const { target, run, session, own, lanes } = around(server, suites, { seed })
  const its = walks.find(({ dialect }) => dialect === target.dialect)!
  const walked: WalkOfTarget[] = []
  for (let number = 1; number <= many; number += 1) {
    const taken = await takeWalk(its, { number, seed }, session, lanes, judgeOf(own))
    walked.push({ ...taken, target: target.name })
  }
  await lanes.close()
  await server.close()
  const broken = new Set(walked.map(({ violation }) => violation?.requirement))
  const questions = own.flatMap(({ operation, entries }): Question[] =>
    entries
      .filter(({ requirement }) => broken.has(requirement.id))
      .map(({ requirement }) => ({ target, operation, requirement })),
  )
  const of = { walks: { count: many }, walked, questions, outcomes: new Map<string, Outcome>() }
  return conclude({ ...shownOf(session, run, own), ...of })
}

/** What is there before anything is asked. */
function around(server: ServerUnderTest, suites: readonly Suite[], draw: Omit<RunId, 'id'>) {
  const { target, wire, environment, setProvisioningStatus } = server
  const run = { ...draw, id: newRunId() }
  const session = openSession(target, run, { wire, environment, setProvisioningStatus })
  const own = suites.filter(({ dialect }) => dialect === target.dialect)
  const [{ fixtures }] = own as [Suite]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  return { target, run, session, own, fixtures, lanes }
}

/** What a run knows when the last question was asked, but for the answers. */
function shownOf({ target, reads, found, ...session }: Session, run: RunId, own: readonly Suite[]) {
  const seen = {
    readLagMilliseconds: reads.longest,
    notOffered: found.notOffered,
    offered: found.offered,
    ...(session.setProvisioningStatus ? { hook: true as const } : {}),
  }
  return {
    targets: [target],
    suites: own,
    only: [],
    run,
    started: new Date(),
    leftovers: [],
    found: new Map([[target.name, seen]]),
  }
}

/** Its two files. */
export function written(report: Report): Written {
  const files = new Map(reportFiles(report).files)
  return {
    text: String(files.get('conformance.json')),
    evidence: (files.get('evidence.json.gz') ?? new Uint8Array()) as Uint8Array,
  }
}

/** The report as whoever verifies it reads it. */
export function readBack({ text, evidence }: Written): Report {
  return withEvidence(JSON.parse(text) as Report, evidence.length > 0 ? evidence : undefined)
}
