/** The journals that a sweep goes by: whose they are, what they still name, and which of them stay. */

import { removeIfPossible } from '../documents/directory.ts'
import type { Account } from '../session/account.ts'
import { leftoverSentences, type ReadJournal } from '../session/journal-file.ts'
import { withRemoved } from '../session/journal-removals.ts'
import { forcedIn, notRemovedIn, type Unremoved } from '../session/journal.ts'
import type { Swept } from './index.ts'
import { byAccount, otherSentence, unprovedSentence } from './journal-account.ts'

export class SweptJournals {
  readonly #account: Account
  /** By their files, as they are by now. */
  readonly #journals: Map<string, ReadJournal>
  readonly #same: ReadonlySet<string>
  readonly #others: ReadonlySet<string>

  constructor(journals: readonly ReadJournal[], account: Account) {
    const { same, others } = byAccount(journals, account)
    this.#account = account
    this.#journals = new Map(journals.map((one) => [one.file, one]))
    this.#same = new Set(same.map(({ file }) => file))
    this.#others = new Set(others.map(({ file }) => file))
  }

  /** Those that may be about the account that is swept. */
  get read(): readonly ReadJournal[] {
    return [...this.#journals.values()].filter(({ file }) => !this.#others.has(file))
  }

  /** Notes what was seen gone, in those that are about the account that is swept. */
  gone(keys: readonly string[], isShown: (journal: ReadJournal) => boolean): void {
    for (const [file, journal] of this.#journals) {
      const isIts = this.#same.has(file) || isShown(journal)
      if (isIts) this.#journals.set(file, withRemoved(journal, keys))
    }
  }

  /** What those name that may be about the account that is swept. */
  get named(): string[] {
    return this.read.flatMap((one) => namedIn(one))
  }

  /** What those of other accounts name, and why they stay. */
  get ofOthers(): string[] {
    return [...this.#journals.values()]
      .filter(({ file }) => this.#others.has(file))
      .flatMap((one) => whole(one, otherSentence(one, this.#account)))
  }

  /** What those name that may be of another account, because nothing of them was shown; and why they stay. */
  unproved(unseen: Swept['unseen']): string[] {
    return this.#unproved(unseen).flatMap((one) => whole(one, unprovedSentence(one)))
  }

  #unproved(unseen: Swept['unseen']): ReadJournal[] {
    return unseen
      .filter(({ file }) => !this.#same.has(file))
      .map((one) => this.#journals.get(one.file) ?? one)
      .filter((one) => namedIn(one).length > 0)
  }

  /** Deletes those of which nothing is left: they are of no more use. */
  deleteCleared({ cleared, unseen }: Pick<Swept, 'cleared' | 'unseen'>): void {
    const stay = new Set(this.#unproved(unseen).map(({ file }) => file))
    const go = cleared.filter(({ file }) => !stay.has(file))
    for (const { file } of go) removeIfPossible(file)
  }
}

/** What a journal names and does not say to be gone, one sentence for each thing. */
function namedIn({ entries }: ReadJournal): string[] {
  const forced = forcedIn(entries).map((id) => `The load balancer ${id} may still be forced.`)
  return [...leftoverSentences(stillThereIn(entries)), ...forced]
}

/**
 * Without what went with its pool or its load balancer: what a check removes because that is its question is not noted
 * as removed. A pool outlives its listener.
 */
function stillThereIn(entries: ReadJournal['entries']): Unremoved[] {
  const gone = new Set(entries.flatMap((entry) => ('removed' in entry ? entry.removed : [])))
  let open = notRemovedIn(entries)
  for (;;) {
    const went = open.filter(
      ({ parent = '' }) => gone.has(parent) && !parent.startsWith('/listeners/'),
    )
    if (went.length === 0) return open
    for (const { key } of went) if (key !== undefined) gone.add(key)
    open = open.filter((one) => !went.includes(one))
  }
}

function whole(journal: ReadJournal, why: string): string[] {
  const named = namedIn(journal)
  return named.length === 0 ? [] : [...named, why]
}
