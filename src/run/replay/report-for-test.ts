/** A report of checks that are asked of a server in this process, as a run would write it. For our tests. */

import { askable, isCheck, judgeOf, type Outcome, type Suite } from '../../check/check.ts'
import { Lanes } from '../../check/lanes.ts'
import { perform } from '../../check/perform.ts'
import { withSetUp } from '../../check/set-up-answers.ts'
import type { ServerUnderTest } from '../../prove/known-servers.ts'
import { withEvidence } from '../../report/evidence-file.ts'
import type { Report } from '../../report/report.ts'
import { reportFiles } from '../../report/write-report.ts'
import { conclude, keyOf, type Question } from '../conclude.ts'
import { newRunId, type RunId } from '../../session/run-names.ts'
import { openSession } from '../../session/session.ts'

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
  const { target, wire, environment, setProvisioningStatus } = server
  const run = { ...draw, id: newRunId() }
  const session = openSession(target, run, { wire, environment, setProvisioningStatus })
  const own = suites.filter(({ dialect }) => dialect === target.dialect)
  const [{ fixtures }] = own as [Suite]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
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
  const { reads, found } = session
  const seen = {
    readLagMilliseconds: reads.longest,
    notOffered: found.notOffered,
    offered: found.offered,
    ...(session.setProvisioningStatus ? { hook: true as const } : {}),
  }
  return conclude({
    targets: [target],
    suites: own,
    only: [],
    run,
    started: new Date(),
    questions,
    outcomes: new Map(outcomes),
    leftovers: [],
    found: new Map([[target.name, seen]]),
  })
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
