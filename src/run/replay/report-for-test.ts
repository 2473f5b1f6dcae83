/** A report of checks that are asked of a server in this process, as a run would write it. For our tests. */

import { askable, isCheck, judgeOf, type Outcome, type Suite } from '../../check/check.ts'
import { Lanes } from '../../check/lanes.ts'
import { perform } from '../../check/perform.ts'
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
  const { target, run, session, own, fixtures, lanes } = around(server, suites, draw)
  const manner = { reduce: true, judge: withSetUp(judgeOf(own)) }
  const questions = own.flatMap(({ operation, entries }): Question[] =>
    askable(entries, session)
      .filter((entry) => isCheck(entry) && meant(entry.requirement.id))
      .map(({ requirement }) => ({ target, operation, requirement })),
  )
  const ids = new Set(questions.map(({ requirement }) => requirement.id))
  const checks = own.flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
  const outcomes = await Promise.all(
    checks
      .filter(({ requirement }) => ids.has(requirement.id))
      .map(async (check): Promise<[string, Outcome]> => {
        const outcome = await perform(check, fixtures, session, lanes, manner)
        return [keyOf(target.name, check.requirement.id), outcome]
      }),
  )
  await lanes.close()
  await server.close()
  return conclude({ ...shownOf(session, run, own), questions, outcomes: new Map(outcomes) })
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
