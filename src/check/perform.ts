/** Asks one check of one target, and returns the outcome. */

import { keeping } from '../exchange/evidence.ts'
import {
  Denied,
  NoAnswer,
  type Circumstances,
  type Exchange,
  type RecordedExchange,
} from '../model.ts'
import { loadBalancerKey } from '../session/run-ownership.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../target.ts'
import {
  askUnderAll,
  isBroken,
  mayBeLate,
  type Asked,
  type End,
  type Manner,
} from './derivations.ts'
import { cleanUp } from './clean-up.ts'
import {
  hasTrouble,
  isPrompt,
  judgedAnswers,
  type Check,
  type Fixtures,
  type Outcome,
} from './check.ts'
import { contextOn, type AskedOn } from './check-context.ts'
import { assertOffered, endOf, laneIdOf, said } from './ending.ts'
import type { Lane, Lanes } from './lanes.ts'
import { drawnOn } from './recorded-draws.ts'
import { lookedAgain, measureReadLag, pausesBeforeLooks } from './look-again.ts'
import { Tape } from './tape.ts'

/** A check, and what it is asked of. */
interface Question<LoadBalancer> extends AskedOn<LoadBalancer> {
  readonly check: Check
  readonly fixtures: Fixtures<Target, LoadBalancer>
  readonly judge: Manner['judge']
}

/** Takes a lane, asks, cleans up, and returns the outcome. */
export async function perform<LoadBalancer>(
  check: Check,
  fixtures: Fixtures<Target, LoadBalancer>,
  session: Session,
  lanes: Lanes<LoadBalancer>,
  manner: Manner = { reduce: true },
): Promise<Outcome> {
  const started = performance.now()
  let lane: Lane<LoadBalancer> | undefined
  let asked: Asked
  try {
    assertOffered(check.requirement, session)
    lane = await lanes.lend()
    const { loadBalancer } = lane
    const question = { check, fixtures, session, loadBalancer, judge: manner.judge }
    const isUnsteady = ({ exchanges }: Asked) => session.reads.longest > 0 || hasTrouble(exchanges)
    const how = { ...manner, isUnsteady }
    asked = await askUnderAll(check.requirement, session.run, how, (circumstances) =>
      askPatiently(question, circumstances),
    )
    if (isBroken(asked.end) && manner.keep?.()) asked = await askedAndKept(question, asked, lane)
  } catch (error) {
    asked = { end: { error }, exchanges: [], leftovers: [], circumstances: {}, broken: [] }
  }
  const { changes, ...more } = await changesOn(lane)
  asked = { ...asked, ...more }
  const left = [...asked.leftovers, ...changes]
  lane?.release(left.length > 0 || asked.isKept === true)
  return {
    ...said(asked.end, session),
    ...(Object.keys(asked.circumstances).length > 0 ? { circumstances: asked.circumstances } : {}),
    ...brokenBy(asked, session),
    exchanges: asked.exchanges,
    ...(asked.drawn ? { drawn: asked.drawn } : {}),
    ...(asked.traffic?.length ? { traffic: asked.traffic } : {}),
    ...(asked.shared ? { shared: asked.shared } : {}),
    leftovers: left.map((sentence) => session.connection.redact(sentence)),
    milliseconds: Math.round(performance.now() - started),
  }
}

/** Whatever goes wrong here, the lane has to be given back: other checks wait for it. */
async function changesOn(
  lane: Pick<Lane<unknown>, 'changes'> | undefined,
): Promise<{ readonly changes: readonly string[]; readonly end?: End }> {
  try {
    return { changes: (await lane?.changes()) ?? [] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { changes: [message], end: { error } }
  }
}

/** Each requirement once, with the first answer that breaks it. */
function brokenBy({ broken }: Asked, { connection }: Session): Pick<Outcome, 'broken'> {
  const first = new Map(broken.toReversed().map((one) => [one.requirement, one]))
  if (first.size === 0) return {}
  const told = [...first.values()].map((one) => ({
    ...one,
    message: connection.redact(one.message),
  }))
  return { broken: told }
}

/**
 * Asks once; and again from the beginning, with a pause before each look, when it failed and the target's reads
 * were seen to be late. What a look showed before the first write
 * may then have been old, too.
 */
async function askPatiently<LoadBalancer>(
  question: Question<LoadBalancer>,
  circumstances: Circumstances,
): Promise<Asked> {
  const { fixtures, session, loadBalancer } = question
  const { reads } = session
  const knownBefore = reads.longest
  const first = await askUnlessLost(question, circumstances)
  if (mayBeTooSoon(first, session)) {
    const slowly = await ask({ ...question, betweenWrites: longLock(session) }, circumstances)
    return { ...slowly, leftovers: [...first.leftovers, ...slowly.leftovers] }
  }
  if (!mayBeLate(first.end)) return first
  await reads.measureOnce(() => measureReadLag(fixtures, session, loadBalancer))
  let last = first
  for (const beforeLooks of pausesBeforeLooks(reads, knownBefore)) {
    const { leftovers } = last
    const again = await ask({ ...question, beforeLooks }, circumstances)
    last = { ...again, leftovers: [...leftovers, ...again.leftovers] }
    if (!mayBeLate(last.end)) break
  }
  return last
}

/**
 * Asks, and once more from the beginning where an answer was lost: what was arranged then cannot be asked again,
 * because nobody knows what became of the request. The same after a 500, which may be a fault of the moment, and says
 * no more about what was done. Both askings are evidence.
 */
async function askUnlessLost<LoadBalancer>(
  question: Question<LoadBalancer>,
  circumstances: Circumstances,
): Promise<Asked> {
  const first = await ask(question, circumstances)
  if (!wasLost(first, question.session) && !failedInside(first)) return first
  const again = await ask(question, circumstances)
  return {
    ...again,
    exchanges: [...markedAsFailed(first.exchanges), ...again.exchanges],
    drawn: [...(first.drawn ?? []), ...(again.drawn ?? [])],
    leftovers: [...first.leftovers, ...again.leftovers],
  }
}

/** Where it took long to see that no answer comes, it would take as long again. */
function wasLost({ end, exchanges }: Asked, { connection }: Session): boolean {
  if (!('error' in end) || !(end.error instanceof NoAnswer) || end.error instanceof Denied)
    return false
  return !connection.over?.aborted && (exchanges.at(-1)?.milliseconds ?? longToLose) < longToLose
}

const longToLose = 2_000

/** Did it fail, and the question had been answered 500? */
function failedInside({ end, exchanges }: Asked): boolean {
  const answered = exchanges.findLast(({ purpose }) => purpose === 'ask')
  return isBroken(end) && answered?.response?.status === 500
}

/** Says beside the answer why more than one asking is in the evidence. */
function markedAsFailed(exchanges: readonly RecordedExchange[]): readonly RecordedExchange[] {
  const place = exchanges.findLastIndex(({ purpose }) => purpose === 'ask')
  const failed = exchanges[place]
  if (failed?.response?.status !== 500) return exchanges
  const trouble =
    'it answered 500, which may be a fault of the moment; the question is put once more from the beginning'
  return exchanges.with(place, { ...failed, trouble })
}

/** As long as a load balancer may be taken up with a write, although it shows that it takes the next. */
const longLock = ({ limits }: Session): number => Math.max(2_000 * limits.pollSeconds, 1_000)

/**
 * Did it end with a conflict, soon after another write? No page says how soon after one write the next has to be
 * taken: a removed member may hold its pool for a moment. It never does on a target that says it is synchronous.
 * Checks also look between the conflict and their failure, so it need not be what came last.
 */
function mayBeTooSoon({ end, exchanges }: Asked, { target }: Session): boolean {
  const last = exchanges.findLast(
    ({ purpose, request }) => purpose !== 'clean-up' && request.method !== 'GET',
  )
  if (last?.purpose !== 'ask' || last.response?.status !== 409) return false
  return 'error' in end && target.profile?.asynchronous !== false
}

/** Asks once more what has failed. What it created stays, with its load balancer, when it fails again. */
async function askedAndKept<LoadBalancer>(
  question: Question<LoadBalancer>,
  failed: Asked,
  lane: Lane<LoadBalancer>,
): Promise<Asked> {
  const again = await ask(question, failed.circumstances, true)
  const leftovers = [...failed.leftovers, ...again.leftovers]
  if (!again.isKept) return { ...failed, leftovers }
  lane.keep()
  // The circumstances are already named in the sentence of the failure.
  return { ...again, end: failed.end, leftovers, broken: failed.broken }
}

/** @param keep - When it fails, what it created is noted instead of removed. */
async function ask<LoadBalancer>(
  question: Question<LoadBalancer>,
  circumstances: Circumstances,
  keep = false,
): Promise<Asked> {
  const { check, fixtures, session, judge } = question
  const tape = new Tape(laneIdOf(question.loadBalancer))
  const cleanUps: (() => Promise<void>)[] = []
  const ground = fixtures.ground(contextOn(question, tape, cleanUps, circumstances))
  const end = await lookedAgain(question, () => endOf(check, ground, tape), tape)
  const { draws } = tape
  tape.finish()
  const isKept = keep && isBroken(end)
  if (isKept) keepAll(await tape.answers(), question)
  const leftovers = isKept ? [] : await cleanUp(cleanUps, session)
  await cleanUp(tape.closings, session)
  const isSure = isPrompt(session.target) && !hasTrouble(tape.exchanges)
  const broken = judge ? judgedAnswers(await tape.answers(), isSure, judge) : []
  const { sharedExchanges: shared, traffic } = tape
  const exchanges = kept(tape)
  const drawn = [drawnOn(draws, exchanges.length, session)]
  return { end, exchanges, drawn, traffic, shared, leftovers, circumstances, broken, isKept }
}

/** Notes what a check has created, and the load balancer that it is on. */
function keepAll<LoadBalancer>(
  answers: readonly Exchange[],
  { check, session, loadBalancer }: Question<LoadBalancer>,
): void {
  const { spelling } = session.connection
  const { id } = check.requirement
  const keep = (key: string, kind: string, name = '') =>
    session.kept.set(key, `${[kind, key, name].filter(Boolean).join(' ')}, kept for ${id}`)
  for (const answered of answers) {
    const creation = spelling.creation(answered.request)
    if (!creation || answered.status >= 300) continue
    const keys = creation.keys ?? spelling.made(answered.request, answered)
    for (const key of keys) keep(key, creation.kind, creation.name)
  }
  const loadBalancerId = laneIdOf(loadBalancer)
  if (loadBalancerId === undefined || session.target.given.loadBalancerId !== undefined) return
  keep(loadBalancerKey(session.target, loadBalancerId), 'load balancer')
}

/** The exchanges as a report keeps them. */
function kept(tape: Tape): readonly RecordedExchange[] {
  const exchanges: RecordedExchange[] = []
  const keep = keeping(exchanges)
  for (const one of tape.exchanges) keep(one)
  return exchanges
}
