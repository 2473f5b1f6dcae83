/** What recorded answers break, whichever check they came in. */

import { hasTrouble, judgeOf, type Broken, type Suite } from '../../check/check.ts'
import { judgeSetUp } from '../../check/set-up-answers.ts'
import type { Connection } from '../../exchange/connection.ts'
import { exchangeIn } from '../../exchange/recorded-request.ts'
import type { Exchange, RecordedExchange } from '../../model.ts'
import type { Finding, SetUpFinding } from '../../report/report.ts'
import { damageIn } from './obstacles.ts'

/** An answer in the evidence that breaks a requirement. */
export interface BrokenThere extends Broken {
  /** The finding that has it in its evidence. */
  readonly shownIn: string
}

/** What the answers of one target break. */
export interface BrokenAnswers {
  /** Requirements of the operations that are judged. */
  readonly judged: readonly BrokenThere[]
  /** Rows of set-up operations. */
  readonly setUp: readonly BrokenThere[]
}

type Reading = Pick<Connection, 'endpoint' | 'spelling' | 'redact'>

/**
 * Judges the answers in the evidence of these findings.
 *
 * @param isSure - Does the profile say that reads follow writes at once?
 */
export function brokenIn(
  findings: readonly Finding[],
  suites: readonly Suite[],
  connection: Reading,
  isSure: boolean,
): BrokenAnswers {
  const judge = judgeOf(suites)
  const judged: BrokenThere[] = []
  const setUp: BrokenThere[] = []
  for (const { id: shownIn, evidence } of findings) {
    const before: Exchange[] = []
    const mayCompare = isSure && !hasTrouble(evidence)
    for (const recorded of evidence) {
      const answered = damageIn([recorded]) ? undefined : exchangeIn(connection, recorded)
      if (!answered) continue
      judged.push(...judge(answered, mayCompare ? before : []).map((one) => ({ ...one, shownIn })))
      before.push(answered)
      // A look of the guard is no answer to a check, and nothing tells it from one.
      if (mayBeOfGuard(recorded)) continue
      setUp.push(...judgeSetUp(answered).map((one) => ({ ...one, shownIn })))
    }
  }
  return { judged, setUp }
}

function mayBeOfGuard({ purpose, request }: RecordedExchange): boolean {
  return request.method === 'GET' && purpose === 'arrange'
}

/** Rows of set-up operations that the evidence of a target shows to be broken, and the report does not name. */
export function unlistedRows(
  { setUp }: BrokenAnswers,
  listed: readonly SetUpFinding[],
  asked: readonly Finding[],
): readonly BrokenThere[] {
  const known = new Set([...listed, ...asked].map(({ id }) => id))
  const first = new Map(setUp.toReversed().map((one) => [one.requirement, one]))
  return [...first.values()].filter(({ requirement }) => !known.has(requirement))
}
