/** One specimen put to the questions: what is asked of it, and what came of that. Plain data, for threads. */

import type { Suite, Outcome } from '../check/check.ts'
import type { Dialect } from '../model.ts'
import { selects } from '../check/select.ts'
import { checks, examine, type Examined } from './examine.ts'
import { Incompatible, type Collection } from './specimen.ts'

/** What is to be tried. A fault comes with the id of the requirement that it breaks. */
export type Trial =
  | { readonly kind: 'reference'; readonly dialect: Dialect; readonly asynchronous: boolean }
  | { readonly kind: 'variant'; readonly dialect: Dialect; readonly id: string }
  | { readonly kind: 'mutants'; readonly dialect: Dialect; readonly faults: readonly Planted[] }

export interface Planted {
  readonly id: string
  readonly breaks: string
}

/** What holds for every trial of one proof. */
export interface Manner {
  /** Prefixes of requirement ids; none means all. */
  readonly only: readonly string[]
  /** Every check of the operation, also once a mutant is killed. */
  readonly full: boolean
}

/** What a check said that did not pass. */
export interface Said {
  readonly check: string
  readonly family: NonNullable<Outcome['thrown']>['family']
  readonly message: string
}

/** What came of a trial. */
export interface Tried {
  /** The checks that did not pass, those first that had to fail. */
  readonly said: readonly Said[]
  readonly asked: number
  /** What clean-up could not remove. */
  readonly leftovers: readonly string[]
  /** What the server still held at the end, by kind. */
  readonly held: Readonly<Record<string, number>>
  /** These faults cannot be planted in one server. */
  readonly incompatible?: true
}

/** Makes the specimen and asks it. */
export async function attempt(
  trial: Trial,
  collection: Collection,
  suites: readonly Suite[],
  manner: Manner,
): Promise<Tried> {
  if (trial.kind === 'mutants') return attemptMutants(trial, collection, suites, manner)
  const specimen = await (trial.kind === 'reference'
    ? collection.reference(trial.dialect, trial.asynchronous)
    : collection.variant(trial.dialect, trial.id))
  return tried(await examine(specimen, suites, (id) => isMeant(id, manner.only)))
}

/** Is the id selected? */
export function isMeant(id: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((prefix) => selects(prefix, id))
}

/** First the checks of what is broken; the others of the operation if those find nothing, or all are wanted. */
async function attemptMutants(
  { dialect, faults }: Trial & { kind: 'mutants' },
  collection: Collection,
  suites: readonly Suite[],
  { full }: Manner,
): Promise<Tried> {
  const broken = new Set(faults.map(({ breaks }) => breaks))
  const operations = new Set([...broken].map((id) => operationOf(id)))
  const make = () =>
    collection.mutant(
      dialect,
      faults.map(({ id }) => id),
    )
  const ask = async (meant: (id: string) => boolean) => {
    const some = checks(suites, meant).length > 0
    return some ? tried(await examine(await make(), suites, meant)) : nothing
  }
  try {
    const first = await ask((id) => broken.has(id))
    if (!full && first.said.some(({ family }) => family === 'broken')) return first
    return joined(first, await ask((id) => operations.has(operationOf(id)) && !broken.has(id)))
  } catch (error) {
    if (error instanceof Incompatible) return { ...nothing, incompatible: true }
    throw error
  }
}

const nothing: Tried = { said: [], asked: 0, leftovers: [], held: {} }

/** `elb/delete-pool` of `elb/delete-pool/members-first`. */
export function operationOf(id: string): string {
  return id.split('/', 2).join('/')
}

function tried({ outcomes, leftovers, held }: Examined): Tried {
  const said = [...outcomes].flatMap(([check, { thrown }]) =>
    thrown && thrown.family !== 'not-offered' ? [{ check, ...thrown }] : [],
  )
  return { said, asked: outcomes.size, leftovers, held }
}

function joined(one: Tried, other: Tried): Tried {
  const kinds = [...Object.keys(one.held), ...Object.keys(other.held)]
  return {
    said: [...one.said, ...other.said],
    asked: one.asked + other.asked,
    leftovers: [...one.leftovers, ...other.leftovers],
    held: Object.fromEntries(
      kinds.map((kind) => [kind, (one.held[kind] ?? 0) + (other.held[kind] ?? 0)]),
    ),
  }
}
