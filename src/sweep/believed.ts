/** What may be believed of a journal that was read from a file: whoever can write there could have changed it. */

import { isPlausibleId, type Objects } from '../dialects/objects.ts'
import type { ReadJournal } from '../session/journal-file.ts'
import { forcedIn, notRemovedIn, type Unremoved } from '../session/journal.ts'
import { runIdIn } from '../session/run-names.ts'
import type { Target } from '../target.ts'
import { isServerOfRuns } from '../session/servers-of-runs.ts'

/** What a journal names with a name that its run did not make. */
export interface Renamed extends Unremoved {
  readonly key: string
  /** Those of its names that are made as the run makes them. */
  readonly own: readonly string[]
  /** Why it is left, if the target does not show it in something of ours. */
  readonly doubt: string
}

/** What one journal names as still there, told apart. */
export interface Believed {
  /** Its names are those of the run, or it has none and is judged by what holds it. */
  readonly believed: readonly Unremoved[]
  /** It counts only in something that is ours by its name: checks rename what they made, also to `x`. */
  readonly renamed: readonly Renamed[]
  /** Load balancers that the operator's hook may hold in a status. */
  readonly forced: readonly string[]
  /** What does not count at all; one sentence for each. */
  readonly doubted: readonly string[]
}

/**
 * Tells apart what a journal names.
 *
 * @param objects - Of the dialect of the target.
 */
export function believedOf(journal: ReadJournal, objects: Objects, target: Target): Believed {
  const { file, heading, entries } = journal
  const believed: Unremoved[] = []
  const renamed: Renamed[] = []
  const doubted: string[] = []
  for (const one of notRemovedIn(entries)) {
    const why = whyNot(one, objects, target)
    const own = one.names.filter((name) => runIdIn(name) === heading.run)
    // What has no key yet is only named, and never asked for.
    if (why !== undefined) doubted.push(doubtSentence(one, why, file))
    else if (one.key === undefined || isBelieved(one, own, objects)) believed.push(one)
    else renamed.push({ ...one, key: one.key, own, doubt: doubtSentence(one, otherName, file) })
  }
  const forced = forcedIn(entries)
  for (const id of forced.filter((one) => !isPlausibleId(one))) {
    doubted.push(doubtSentence({ kind: 'the status of', names: [id] }, 'that is not an id', file))
  }
  return { believed, renamed, forced: forced.filter((one) => isPlausibleId(one)), doubted }
}

const otherName =
  'no run gives such a name, and it is not shown on a load balancer with a name of a run'

function doubtSentence({ kind, names, key }: Unremoved, why: string, file: string): string {
  const named = names.map((name) => JSON.stringify(name)).join(', ')
  const called = [kind, key, named === '' ? '' : `(${named})`].filter(Boolean).join(' ')
  return `${called}: ${why}. Look at it, and delete ${file} when nothing of it is needed.`
}

/** Why an entry does not count, whatever the target shows; nothing for one that may. */
function whyNot(
  { kind, key, parent }: Unremoved,
  objects: Objects,
  target: Target,
): string | undefined {
  if (key === undefined) return undefined
  if (!objects.isKey(key)) return 'that is not the key of an object'
  if (objects.kind(key) !== kind) return `that is the key of ${objects.kind(key)}`
  if (parent !== undefined && !objects.isKey(parent)) return `${parent} is not the key of an object`
  return isForeignServer(key, objects, target)
    ? 'the load balancer is lent, and the target file lends no such server'
    : undefined
}

/** Servers of a default group have no name, and a lent load balancer does not say whose they are. */
function isForeignServer(key: string, objects: Objects, { given }: Target): boolean {
  if (objects.kind(key) !== 'BackendServer' || !('serverIds' in given)) return false
  const [balancer, server = ''] = objects.ids(key)
  return balancer === given.loadBalancerId && !isServerOfRuns(server, given)
}

function isBelieved(
  { key = '', names }: Unremoved,
  own: readonly string[],
  objects: Objects,
): boolean {
  return names.length > 0 ? own.length === names.length : objects.mayBeNameless(key)
}
