/**
 * Estimates what a run costs, by asking the same checks of a server in this process.
 *
 * Because the checks themselves are asked, the figures are always up to date. A target that refuses more,
 * lists in pages or settles late takes more requests than estimated.
 */

import {
  askable,
  isCheck,
  type Check,
  type Fixtures,
  type Outcome,
  type Suite,
} from '../../check/check.ts'
import { perform } from '../../check/perform.ts'
import { Lanes } from '../../check/lanes.ts'
import type { Guard } from '../../exchange/connection.ts'
import type { HttpRequest, Level, AnyOperation, Purpose } from '../../model.ts'
import { openSession, type Session, type SessionOptions } from '../../session/session.ts'
import { mostLanesOf, type Target } from '../../target.ts'

/** An empty server in place of the target, and the options of a session with it. */
export interface StandIn extends SessionOptions {
  /** Profile, limits and waivers of the real target; the rest is what this server provides. */
  readonly target: Target
}

/** Requests by purpose; `writes` are those that may change something. */
export interface Cost {
  readonly requests: number
  readonly writes: number
  readonly purposes: Readonly<Record<Purpose, number>>
  /** How many objects of each kind are created, by the vendor's name of the kind. */
  readonly creates: Readonly<Record<string, number>>
  /** How often the operator's hook is used. */
  readonly hooks: number
}

/** One requirement, and the cost of asking it. */
export interface Planned extends Cost {
  readonly id: string
  readonly operation: AnyOperation
  readonly level: Level
  /** Why it cannot be asked, where it cannot. */
  readonly unasked?: {
    readonly verdict: 'inconclusive' | 'not-applicable'
    readonly reason: string
  }
}

/** The cost of a whole run. */
export interface Estimate {
  readonly requirements: readonly Planned[]
  /** The cost of creating and deleting one load balancer. */
  readonly lane: Cost
  /** How many load balancers a run would create; 0 where one is lent. */
  readonly lanes: number
  readonly total: Cost
}

const run = { id: '00000000', seed: 1 }

/** Asks every selected check of a server in place of the target, one after another, and counts. */
export async function estimate(standIn: StandIn, suites: readonly Suite[]): Promise<Estimate> {
  const { target } = standIn
  const own = suites.filter(({ dialect }) => dialect === target.dialect)
  const fixtures = own[0]?.fixtures
  const asked = own.flatMap(({ operation, entries }) =>
    askable(entries, { target, run })
      .filter((entry) => isCheck(entry))
      .map((check) => ({ operation, check })),
  )
  if (!fixtures) return { requirements: [], lane: noCost, lanes: 0, total: noCost }
  const tally = new Tally()
  const context = await lent(standIn, fixtures)
  const session = counted(openSession(context.target, run, tally.hooked(context)), tally)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const lend = await tally.of(async () => (await lanes.lend()).release(false))
  const requirements: Planned[] = []
  for (const { operation, check } of asked) {
    requirements.push(await planned(operation, check, fixtures, session, lanes, tally))
  }
  const close = await tally.of(() => lanes.close())
  const many = target.given.loadBalancerId === undefined ? lanesNeeded(target, requirements) : 0
  const lane = sum([lend, close])
  const each = Array.from({ length: Math.max(many, 1) }, () => lane)
  const total = sum([looksBefore(target), ...each, ...requirements])
  return { requirements, lane, lanes: many, total }
}

/** A run first looks whether the target answers, and whether it may create load balancers there. */
function looksBefore({ given }: Target): Cost {
  const looks = given.loadBalancerId === undefined && given.shared !== true ? 2 : 1
  return { ...noCost, requests: looks, purposes: { ...noCost.purposes, look: looks } }
}

/** Where the target lends a load balancer, one is created on the replacement before counting begins. */
async function lent(standIn: StandIn, fixtures: Fixtures): Promise<StandIn> {
  const { target } = standIn
  if (target.given.loadBalancerId === undefined) return standIn
  const { loadBalancerId: _theirs, ...given } = target.given
  const owner = openSession({ ...target, given } as Target, run, standIn)
  const laneSource = fixtures.laneSource(owner, () => undefined)
  const loadBalancer = (await laneSource.create()) as { readonly loadBalancerId: string }
  await laneSource.ready(loadBalancer)
  const { loadBalancerId } = loadBalancer
  return { ...standIn, target: { ...target, given: { ...given, loadBalancerId } } as Target }
}

/** At most as many load balancers as there are checks that use one. */
function lanesNeeded({ limits }: Target, requirements: readonly Planned[]): number {
  return Math.min(mostLanesOf(limits), requirements.filter(({ requests }) => requests > 0).length)
}

async function planned<LoadBalancer>(
  operation: AnyOperation,
  check: Check,
  fixtures: Fixtures<Target, LoadBalancer>,
  session: Session,
  lanes: Lanes<LoadBalancer>,
  tally: Tally,
): Promise<Planned> {
  let outcome: Outcome | undefined
  const cost = await tally.of(async () => {
    outcome = await perform(check, fixtures, session, lanes)
  })
  const { id, level } = check.requirement
  return { id, operation, level, ...cost, ...unaskedIn(outcome) }
}

function unaskedIn(outcome: Outcome | undefined): Pick<Planned, 'unasked'> {
  const { family, message = '' } = outcome?.thrown ?? {}
  // What happened after the first request may be different on the target itself.
  const reason = outcome?.exchanges.length === 0 ? message : `On the built-in reference: ${message}`
  if (family === 'unasked') return { unasked: { verdict: 'inconclusive', reason } }
  if (family === 'not-offered') return { unasked: { verdict: 'not-applicable', reason } }
  if (family === 'ours') throw new Error(message)
  return {}
}

/** The session, whose requests are counted before they are sent. */
function counted(session: Session, tally: Tally): Session {
  const { connection } = session
  const { spelling, guard } = connection
  const note = (purpose: Purpose, request: HttpRequest) => {
    tally.add(purpose, !spelling.repeatable(request))
    const creation = spelling.creation(request)
    return (answer?: { status: number }) => {
      const made = answer !== undefined && answer.status < 300
      if (made && creation) tally.made(creation.kind, creation.keys?.length ?? 1)
    }
  }
  const counting = guard && { guard: countedLooks(guard, tally) }
  return { ...session, connection: { ...connection, note, ...counting } }
}

/** The looks that a guard takes before a write are requests of the same purpose as the write's fixture. */
function countedLooks(guard: Guard, tally: Tally): Guard {
  return {
    before: (purpose, request, look) =>
      guard.before(purpose, request, (read) => {
        tally.add(purpose === 'clean-up' ? purpose : 'arrange', false)
        return look(read)
      }),
    after: (...told) => guard.after(...told),
    knows: (key) => guard.knows(key),
  }
}

const noCost: Cost = {
  requests: 0,
  writes: 0,
  purposes: { arrange: 0, ask: 0, look: 0, 'clean-up': 0 },
  creates: {},
  hooks: 0,
}

/** Counts what is sent while some work is done. */
class Tally {
  #requests: { purpose: Purpose; write: boolean }[] = []
  #creates: string[] = []
  #hooks = 0

  add(purpose: Purpose, write: boolean): void {
    this.#requests.push({ purpose, write })
  }

  made(kind: string, many: number): void {
    this.#creates.push(...Array.from({ length: many }, () => kind))
  }

  hooked(around: SessionOptions): SessionOptions {
    const { setProvisioningStatus: hook } = around
    if (!hook) return around
    const setProvisioningStatus = async (id: string, status: string) => {
      this.#hooks += 1
      await hook(id, status)
    }
    return { ...around, setProvisioningStatus }
  }

  /** The cost of this work. */
  async of(work: () => Promise<unknown>): Promise<Cost> {
    ;[this.#requests, this.#creates, this.#hooks] = [[], [], 0]
    await work()
    const many = (purpose: Purpose) =>
      this.#requests.filter((request) => request.purpose === purpose).length
    return {
      requests: this.#requests.length,
      writes: this.#requests.filter(({ write }) => write).length,
      purposes: {
        arrange: many('arrange'),
        ask: many('ask'),
        look: many('look'),
        'clean-up': many('clean-up'),
      },
      creates: counts(this.#creates),
      hooks: this.#hooks,
    }
  }
}

function counts(names: readonly string[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const name of names) all[name] = (all[name] ?? 0) + 1
  return all
}

function sum(costs: readonly Cost[]): Cost {
  const creates: Record<string, number> = {}
  for (const cost of costs) {
    for (const [kind, many] of Object.entries(cost.creates)) {
      creates[kind] = (creates[kind] ?? 0) + many
    }
  }
  const total = (of: (cost: Cost) => number) => costs.reduce((all, cost) => all + of(cost), 0)
  return {
    requests: total(({ requests }) => requests),
    writes: total(({ writes }) => writes),
    purposes: {
      arrange: total(({ purposes }) => purposes.arrange),
      ask: total(({ purposes }) => purposes.ask),
      look: total(({ purposes }) => purposes.look),
      'clean-up': total(({ purposes }) => purposes['clean-up']),
    },
    creates,
    hooks: total(({ hooks }) => hooks),
  }
}
