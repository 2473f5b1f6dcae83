/** One known server and the checks that are asked of it. Plain data, so that threads can exchange it. */

import { createHash } from 'node:crypto'
import type { Suite, Outcome } from '../check/check.ts'
import type { WalkOrder, Walks } from '../check/walk.ts'
import type { Dialect } from '../model.ts'
import { selects } from '../check/select.ts'
import { checks, examine, type Draw, type Examined } from './examine.ts'
import { Incompatible, type KnownServers } from './known-servers.ts'

/** The server to ask. A mutant comes with the id of the requirement that it breaks. */
export type Trial =
  | {
      readonly kind: 'reference'
      readonly dialect: Dialect
      readonly asynchronous: boolean
      /** Only these checks, and no walks. */
      readonly checks?: readonly string[]
    }
  | {
      readonly kind: 'variant'
      readonly dialect: Dialect
      readonly id: string
      /** Only these checks, and no walks unless that is said. */
      readonly checks?: readonly string[]
      readonly walks?: true
      /** Its checks mostly wait. */
      readonly takesLong?: true
    }
  | {
      readonly kind: 'mutants'
      readonly dialect: Dialect
      readonly faults: readonly PlantedFault[]
      /** Its checks mostly wait. */
      readonly takesLong?: boolean
    }

export interface PlantedFault {
  readonly id: string
  readonly breaks: string
}

/** Which checks are asked, the same in every trial of one proof. */
export interface Selection {
  /** Prefixes of requirement ids; none means all. */
  readonly only: readonly string[]
  /** Ask every check of the operation, even after a mutant is killed. */
  readonly full: boolean
  /** How many walks are taken on each lawful server; none when absent. */
  readonly walks?: number
}

/** What is asked: the checks, and the walks of both dialects. */
export interface Questions {
  readonly suites: readonly Suite[]
  readonly walks: readonly Walks[]
}

/** A check that did not pass, and why. */
export interface NotPassed {
  readonly check: string
  readonly family: NonNullable<Outcome['thrown']>['family']
  readonly message: string
}

/** The result of a trial. */
export interface TrialResult {
  /** The checks that did not pass; checks of the broken requirements come first. */
  readonly notPassed: readonly NotPassed[]
  readonly asked: number
  /** The checks whose question could not be put: the server does not offer it, or refuses a fixture or a control. */
  readonly unput: readonly string[]
  /** What clean-up could not remove. */
  readonly leftovers: readonly string[]
  /** What the server still held at the end, by kind. */
  readonly held: Readonly<Record<string, number>>
  /** How many requests each check sent; only with `full`, and only on the reference. */
  readonly requests?: Readonly<Record<string, number>>
  /** Which servers with several variants were asked before, where this one is on some. */
  readonly askedOn?: readonly string[]
  /** These mutants cannot be combined in one server. */
  readonly incompatible?: true
}

/** Makes the server and asks it. */
export async function runTrial(
  trial: Trial,
  knownServers: KnownServers,
  questions: Questions,
  selection: Selection,
): Promise<TrialResult> {
  if (trial.kind === 'mutants') return runMutants(trial, knownServers, questions, selection)
  const server = await (trial.kind === 'reference'
    ? knownServers.reference(trial.dialect, trial.asynchronous)
    : knownServers.variant(trial.dialect, trial.id))
  const { suites, walks } = questions
  const { checks: some } = trial
  const walked = ('walks' in trial && trial.walks) || !some
  const meant = (id: string) => some?.includes(id) ?? isSelected(id, selection.only)
  const seed = seedOf('id' in trial ? trial.id : trial.kind)
  const orders = ordersFor(walked ? (selection.walks ?? 0) : 0, seed)
  const examined = await examine(server, suites, meant, { seed: 1 }, { walks, orders })
  const costs = selection.full && trial.kind === 'reference' ? requestsIn(examined) : {}
  return { ...resultOf(examined), ...costs }
}

/** With what a check shares with others: it takes so many when it is asked alone. */
function requestsIn({ outcomes }: Examined): Pick<TrialResult, 'requests'> {
  const sent = [...outcomes].map(([id, { exchanges }]) => [id, exchanges.length])
  return { requests: Object.fromEntries(sent) as Record<string, number> }
}

/** Each lawful server gets walks of its own, the same in every proof. */
function seedOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt16BE(0)
}

function ordersFor(many: number, seed: number): WalkOrder[] {
  return Array.from({ length: many }, (_, index) => ({ number: index + 1, seed }))
}

/** Does one of the prefixes select the id? */
export function isSelected(id: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((prefix) => selects(prefix, id))
}

/**
 * First asks the checks of the broken requirements; then, if they find nothing, takes walks; then asks the other
 * checks of the operation, if nothing was found yet or if all are wanted.
 */
async function runMutants(
  { dialect, faults }: Trial & { kind: 'mutants' },
  knownServers: KnownServers,
  { suites, walks }: Questions,
  { full }: Selection,
): Promise<TrialResult> {
  const broken = new Set(faults.map(({ breaks }) => breaks))
  const operations = new Set([...broken].map((id) => operationOf(id)))
  const make = () =>
    knownServers.mutant(
      dialect,
      faults.map(({ id }) => id),
    )
  const ask = async (meant: (id: string) => boolean, draw: Draw = { seed: 1 }) => {
    const some = checks(suites, meant).length > 0
    return some ? resultOf(await examine(await make(), suites, meant, draw)) : emptyResult
  }
  const walk = async () => {
    const orders = ordersFor(walksOnMutants, 1)
    return resultOf(
      await examine(await make(), suites, () => false, { seed: 1 }, { walks, orders }),
    )
  }
  const found = ({ notPassed }: TrialResult) => notPassed.some(({ family }) => family === 'broken')
  /** What an answer breaks by the way may be another requirement than the one that is meant. */
  const foundByMeant = ({ notPassed }: TrialResult) =>
    notPassed.some(({ check, family }) => family === 'broken' && broken.has(check))
  try {
    let first = await ask((id) => broken.has(id))
    // Under the circumstances of one seed a fault may not show: all pairs of them are asked then.
    if (!foundByMeant(first)) first = merged(first, await ask((id) => broken.has(id), allPairs))
    if (!found(first)) first = merged(first, await walk())
    if (!full && found(first)) return first
    const rest = await ask((id) => operations.has(operationOf(id)) && !broken.has(id))
    return merged(first, rest)
  } catch (error) {
    if (error instanceof Incompatible) return { ...emptyResult, incompatible: true }
    throw error
  }
}

/** What the checks of the broken requirement do not find, so many walks may. */
const walksOnMutants = 6

const allPairs: Draw = { seed: 1, strength: 2 }

/** Nothing was asked. */
export const emptyResult: TrialResult = {
  notPassed: [],
  asked: 0,
  unput: [],
  leftovers: [],
  held: {},
}

/** `elb/delete-pool` of `elb/delete-pool/members-first`. */
export function operationOf(id: string): string {
  return id.split('/', 2).join('/')
}

function resultOf({ outcomes, walked, leftovers, held }: Examined): TrialResult {
  const byChecks = [...outcomes].flatMap(([check, { thrown }]) =>
    thrown && thrown.family !== 'not-offered' ? [{ check, ...thrown }] : [],
  )
  const byWalks = walked.flatMap(({ violation }) =>
    violation
      ? [{ check: violation.requirement, family: 'broken' as const, message: violation.message }]
      : [],
  )
  const unput = [...outcomes].flatMap(([check, { thrown }]) =>
    thrown && unputFamilies.has(thrown.family) ? [check] : [],
  )
  const notPassed = [...byChecks, ...byWalks]
  return { notPassed, asked: outcomes.size, unput, leftovers, held }
}

const unputFamilies: ReadonlySet<string> = new Set(['unasked', 'not-offered'])

/** What was found in two trials of one server. */
export function merged(one: TrialResult, other: TrialResult): TrialResult {
  const kinds = [...Object.keys(one.held), ...Object.keys(other.held)]
  return {
    notPassed: [...one.notPassed, ...other.notPassed],
    asked: one.asked + other.asked,
    unput: [...one.unput, ...other.unput],
    leftovers: [...one.leftovers, ...other.leftovers],
    held: Object.fromEntries(
      kinds.map((kind) => [kind, (one.held[kind] ?? 0) + (other.held[kind] ?? 0)]),
    ),
  }
}
