/** Creations that may still be carried out: no answer to them came, and nothing that was listed has come of them. */

import { isLoadBalancer } from '../dialects/objects.ts'
import { isSameName } from '../session/claim.ts'
import type { ReadJournal } from '../session/journal-file.ts'
import { notRemovedIn, type Entry, type Unremoved } from '../session/journal.ts'
import type { Ownership } from '../session/ownership.ts'
import type { Listing, TargetObject } from './target-object.ts'

/** What a person has to know of one. */
export type Awaited = TargetObject & { readonly why: string }

/** Of a journal that does not say how long its run could take. */
const longestRun = 86_400_000

/** Creations that are on their way when a run ends are long done by then. */
const longestOnItsWay = 600_000

/**
 * What may still come of these creations. What was to hang on something that is gone cannot come any more.
 *
 * @param own - What this process has noted: its creations were sent a moment ago.
 * @param read - Journals in files; what they name is too old to come some ten minutes after their runs have to be over.
 */
export class Awaiting {
  readonly #noted: readonly Unremoved[]
  readonly #made: ReadonlySet<string>
  readonly #ownership: Ownership
  #unread: ReadonlySet<string> = new Set()
  readonly #seen = new Map<string, TargetObject>()

  constructor(
    ownership: Ownership,
    own: readonly (readonly Entry[])[],
    read: readonly ReadJournal[],
    now: Date = new Date(),
  ) {
    const recent = read.filter(({ heading }) => now.getTime() < lastMoment(heading))
    const all = [...own, ...recent.map(({ entries }) => entries)]
    this.#ownership = ownership
    this.#noted = all.flatMap((one) => notRemovedIn(one)).filter(({ key }) => key === undefined)
    this.#made = new Set(all.flat().flatMap((one) => ('made' in one ? one.made : [])))
  }

  /** What lists have shown. What those would show that cannot be read is said with them. */
  see({ objects, unread }: Listing): void {
    for (const one of objects) this.#seen.set(one.key, one)
    this.#unread = new Set(unread.map(({ kind }) => kind))
  }

  /** What may still come, by now. */
  get open(): readonly Awaited[] {
    const come = new Set<string>()
    return this.#noted
      .filter((one) => this.#mayCome(one) && !this.#hasCome(one, come))
      .map(({ kind, names: [name = ''], parent }) => {
        const id = parent === undefined ? 'without an answer' : `without an answer, on ${parent}`
        return { kind, key: '', id, name, why: awaited }
      })
  }

  #mayCome({ kind, parent }: Unremoved): boolean {
    if (this.#unread.has(kind)) return false
    if (parent === undefined) return isLoadBalancer(kind)
    const { state, removalAccepted } = this.#ownership.claim(parent) ?? {}
    const isGone = state === 'gone' || removalAccepted === true
    return isLoadBalancer(this.#ownership.objects.kind(parent)) && !isGone
  }

  /** @param come - Keys of what others have come to: each object came of one creation. */
  #hasCome({ kind, names: [name = ''] }: Unremoved, come: Set<string>): boolean {
    const found = [...this.#seen.values()].find(
      (one) =>
        one.kind === kind &&
        isSameName(one.name, name) &&
        !this.#made.has(one.key) &&
        !come.has(one.key),
    )
    if (found) come.add(found.key)
    return found !== undefined
  }
}

const awaited =
  'no answer to its creation came, and no list shows it; some services carry out late what they have not answered, so sweep again in some minutes'

function lastMoment({ began, process }: ReadJournal['heading']): number {
  const until = Date.parse(process?.until ?? '')
  return (Number.isNaN(until) ? Date.parse(began) + longestRun : until) + longestOnItsWay
}
