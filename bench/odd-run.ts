/** A run in this process, from its checks to its report, of a target that gives odd answers from some request on. */

import { XMLValidator } from 'fast-xml-parser'
import * as fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suites } from '../suites/index.ts'
import { isCheck, judgeOf, type Check, type Outcome } from '../src/check/check.ts'
import { Lanes } from '../src/check/lanes.ts'
import { perform } from '../src/check/perform.ts'
import { oddAnswers } from '../src/exchange/odd-answers.ts'
import type { Dialect } from '../src/model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import type { Report } from '../src/report/report.ts'
import { reportFiles } from '../src/report/write-report.ts'
import { conclude, keyOf, type Question } from '../src/run/conclude.ts'
import { finalCleanUp } from '../src/run/final-clean-up.ts'
import { openJournal } from '../src/session/journal.ts'
import { openSession } from '../src/session/session.ts'
import { sweep } from '../src/sweep/index.ts'
import type { Target } from '../src/target.ts'
import { decode } from '../src/wire/body.ts'
import { directWire, type Wire, type WireResponse } from '../src/wire/wire.ts'
import { altered, oddParts } from './altered-answer.ts'

/** What is odd about the answers of one run. */
export interface Oddities {
  /** Which checks are asked, by their place among all of the dialect. */
  readonly checks: readonly number[]
  /** The first request with an odd answer, and how many follow that, with so many others between them. */
  readonly at: number
  readonly stride: number
  /** Each a whole answer, or the right answer with one part of it replaced. */
  readonly answers: readonly ((right: WireResponse) => Promise<WireResponse>)[]
}

const whole = oddAnswers.map(({ status, headers, bytes }) => async (): Promise<WireResponse> => {
  return { status, headers, text: await decode(bytes, headers) }
})

const inPart = fc
  .tuple(fc.nat(200), oddParts)
  .map(([place, part]) => async (right: WireResponse): Promise<WireResponse> => {
    return Promise.resolve({ ...right, text: altered(right.text, place, part) })
  })

/** Drawn by a seed. */
export const oddities: fc.Arbitrary<Oddities> = fc.record({
  checks: fc.array(fc.nat(400), { minLength: 1, maxLength: 3 }),
  at: fc.nat(40),
  stride: fc.integer({ min: 1, max: 4 }),
  answers: fc.array(fc.oneof(whole, { weight: 2, arbitrary: inPart }), {
    minLength: 4,
    maxLength: 16,
  }),
})

export interface OddRun {
  /** How many odd answers were given. */
  readonly odd: number
  readonly report: Report
  /** What is wrong with a file of the report. */
  readonly unreadable: readonly string[]
}

const run = { id: '0a1b2c3d', seed: 1 }

/** Asks, cleans up, sweeps and writes: odd answers may come at any of their requests. */
export async function oddRun(dialect: Dialect, drawn: Oddities): Promise<OddRun> {
  const server = oddServer(dialect, drawn)
  const target = targetOf(dialect)
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-odd-'))
  try {
    const { name, endpoint } = target
    const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
    const around = { wire: server.wire, environment: referenceEnvironment }
    const session = openSession(target, run, { ...around, journal })
    const asked = await ask(dialect, drawn.checks, session)
    const entries = [journal.entries]
    await sweep(openSession(target, { ...run, id: 'ffffffff' }, around), { journals: entries })
    const report = reported(target, asked)
    const written = reportFiles(report)
    return { odd: server.odd(), report: written.report, unreadable: unreadable(written.files) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function oddServer(dialect: Dialect, { at, stride, answers }: Oddities) {
  const direct = directWire(reference(dialect, { asynchronousMilliseconds: 0 }))
  const waiting = [...answers]
  let requests = 0
  const wire: Wire = async (request, deadline) => {
    const right = await direct(request, deadline)
    requests += 1
    const isOdd = requests > at && (requests - at) % stride === 0
    const answer = isOdd ? waiting.shift() : undefined
    return answer ? answer(right) : right
  }
  return { wire, odd: () => answers.length - waiting.length }
}

function targetOf(dialect: Dialect): Target {
  const { hooks: _hooks, ...plain } = referenceTarget(dialect, 'http://reference.invalid', {
    asynchronousMilliseconds: 0,
  })
  const limits = {
    lanes: 2,
    requestSeconds: 5,
    patienceSeconds: 0,
    pollSeconds: 0.001,
    settleSeconds: 0.01,
    lastingSeconds: 0.001,
  }
  return { ...plain, limits }
}

interface Asked {
  readonly outcomes: ReadonlyMap<Check, Outcome>
  readonly leftovers: readonly string[]
}

async function ask(
  dialect: Dialect,
  places: readonly number[],
  session: ReturnType<typeof openSession>,
): Promise<Asked> {
  const own = suites.filter((suite) => suite.dialect === dialect)
  const all = own.flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
  const [{ fixtures }] = own as [(typeof own)[number]]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const manner = { reduce: true, judge: judgeOf(own) }
  const outcomes = new Map<Check, Outcome>()
  for (const place of places) {
    const check = all[place % all.length]
    if (check) outcomes.set(check, await perform(check, fixtures, session, lanes, manner))
  }
  const { leftovers } = await finalCleanUp(session, lanes)
  return { outcomes, leftovers }
}

function reported(target: Target, { outcomes, leftovers }: Asked): Report {
  const questions = [...outcomes.keys()].map(({ requirement }): Question => {
    const operation = requirement.id.split('/')[1] as Question['operation']
    return { target, operation, requirement }
  })
  const byId = [...outcomes].map(
    ([{ requirement }, outcome]) => [keyOf(target.name, requirement.id), outcome] as const,
  )
  return conclude({
    targets: [target],
    suites: [],
    only: [],
    run,
    started: new Date(),
    questions,
    outcomes: new Map(byId),
    leftovers,
  })
}

function unreadable(
  files: readonly (readonly [file: string, contents: string | Uint8Array])[],
): string[] {
  return files.flatMap(([file, contents]) => {
    const problem = typeof contents === 'string' ? problemIn(file, contents) : undefined
    return problem === undefined ? [] : [`${file}: ${problem}`]
  })
}

function problemIn(file: string, text: string): string | undefined {
  if (!text.isWellFormed()) return 'half of a surrogate pair'
  if (file.endsWith('.xml')) {
    const valid = XMLValidator.validate(text)
    return valid === true ? undefined : valid.err.msg
  }
  if (!file.endsWith('.json')) return text === '' ? 'it is empty' : undefined
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
