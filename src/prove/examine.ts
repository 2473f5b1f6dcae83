/** Asks checks of a server whose behaviour is known. */

import { withBrokenAnswers } from '../check/broken-answers.ts'
import { askable, isCheck, judgeOf, type Check, type Outcome, type Suite } from '../check/check.ts'
import { perform } from '../check/perform.ts'
import { Lanes } from '../check/lanes.ts'
import { takeWalk, type Walked } from '../check/take-walk.ts'
import type { WalkOrder, Walks } from '../check/walk.ts'
import type { RunId } from '../session/run-names.ts'
import { openSession, type Session } from '../session/session.ts'
import type { ServerUnderTest } from './known-servers.ts'

/** The outcomes, and what was left behind. */
export interface Examined {
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly walked: readonly Walked[]
  /** What clean-up reported that it could not remove. */
  readonly leftovers: readonly string[]
  /** What the server still holds, by kind; only kinds of which something is left. */
  readonly held: Readonly<Record<string, number>>
}

/** How the circumstances of checks are drawn. */
export type Draw = Omit<RunId, 'id'>

const id = '00000000'

/** The walks of both dialects, and which of them are taken. */
export interface WalksToTake {
  readonly walks: readonly Walks[]
  readonly orders: readonly WalkOrder[]
}

/** Asks a server the checks that are meant, a few at a time, takes walks, and closes it. */
export async function examine(
  server: ServerUnderTest,
  suites: readonly Suite[],
  meant: (id: string) => boolean = () => true,
  draw: Draw = { seed: 1 },
  walks: WalksToTake = { walks: [], orders: [] },
): Promise<Examined> {
  const { target, wire, environment, setProvisioningStatus } = server
  const run = { ...draw, id, ...(server.minute === undefined ? {} : { minute: server.minute }) }
  const session = unmasked(openSession(target, run, { wire, environment, setProvisioningStatus }))
  const own = suites.filter(({ dialect }) => dialect === target.dialect)
  const fixtures = own[0]?.fixtures
  if (!fixtures) throw new Error(`There is no suite for the dialect ${target.dialect}.`)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const manner = { reduce: false, judge: judgeOf(own) }
  const asked = await Promise.all(
    checks(own, meant, { target, run }).map(async (check) => {
      const outcome = await perform(check, fixtures, session, lanes, manner)
      return [check.requirement.id, outcome] as const
    }),
  )
  const outcomes = withBrokenAnswers(new Map(asked))
  const walked: Walked[] = []
  for (const one of walks.walks.filter(({ dialect }) => dialect === target.dialect)) {
    for (const order of walks.orders) {
      walked.push(await takeWalk(one, order, session, lanes, manner.judge))
    }
  }
  const ended = [...asked.map(([, outcome]) => outcome), ...walked]
  const leftovers = [...ended.flatMap((one) => one.leftovers), ...(await lanes.close())]
  const left = held(server.inventory())
  await server.close()
  return { outcomes, walked, leftovers, held: left }
}

/** A known server has no secrets: to look for some in every answer takes about a third of a run's time. */
function unmasked(session: Session): Session {
  const { learnSignature: _none, ...connection } = session.connection
  return { ...session, connection: { ...connection, redact: (text) => text } }
}

/** The checks of some suites whose id is meant, as far as they can be asked where that is said. */
export function checks(
  suites: readonly Suite[],
  meant: (id: string) => boolean,
  asked?: Pick<Session, 'target' | 'run'>,
): Check[] {
  return suites
    .flatMap(({ entries }) => (asked ? askable(entries, asked) : entries))
    .filter((entry) => isCheck(entry))
    .filter(({ requirement }) => meant(requirement.id))
}

function held(inventory: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(inventory).filter(([, count]) => count > 0))
}
