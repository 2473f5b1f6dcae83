/** Whose account a journal is about: what it names can be said to be gone only with credentials that would see it. */

import { compared, inWords, type Account } from '../session/account.ts'
import type { ReadJournal } from '../session/journal-file.ts'
import type { Entry } from '../session/journal.ts'
import { runIdIn } from '../session/run-names.ts'
import type { TargetObject } from './target-object.ts'

/** Whether something that a journal speaks of was shown: then it is about the account that is looked at. */
export class Sightings {
  readonly #keys = new Set<string>()
  readonly #runs = new Set<string>()

  /** @param objects - Whatever a list has shown. */
  see(objects: readonly TargetObject[]): void {
    for (const { key, name } of objects) {
      this.#keys.add(key)
      const run = runIdIn(name)
      if (run !== undefined) this.#runs.add(run)
    }
  }

  /** A load balancer that was lent counts as well: what was made on it says so. */
  isOf({ heading, entries }: ReadJournal): boolean {
    return (
      this.#runs.has(heading.run) ||
      entries.flatMap((entry) => keysIn(entry)).some((key) => this.#keys.has(key))
    )
  }
}

function keysIn(entry: Entry): readonly string[] {
  if ('intent' in entry) return [...(entry.keys ?? []), ...(entry.parent ? [entry.parent] : [])]
  return 'made' in entry ? entry.made : []
}

/** Journals of another account than that of the target, and those of which that is not known. */
export function byAccount(journals: readonly ReadJournal[], account: Account) {
  const how = (is: ReturnType<typeof compared>) =>
    journals.filter(({ heading }) => compared(heading.account ?? {}, account) === is)
  return { same: how('same'), others: how('other'), unknown: how('unknown') }
}

/** Why a journal of another account stays. */
export function otherSentence({ file, heading }: ReadJournal, account: Account): string {
  return (
    `The journal ${file} is of ${inWords(heading.account ?? {})}, and this target has ${inWords(account)}: what it ` +
    `names was not looked for. Sweep with the credentials of that run, or delete ${file} when nothing of it is needed.`
  )
}

/** Why a journal stays that may be of another account: an empty list would say the same there. */
export function unprovedSentence({ file }: ReadJournal): string {
  return (
    `The journal ${file} may be of another account: nothing that it names is shown, and the credentials do not say whose ` +
    `they are. Sweep with those of that run, or look at what it names, and delete ${file} when nothing of it is left.`
  )
}
