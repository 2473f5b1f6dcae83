/** Creations whose answer nobody read: what came of them has no key in a journal, and often no name of a run. */

import type { Unremoved } from '../session/journal.ts'
import type { TargetObject } from './target-object.ts'

/** What is listed as if it had come of them. */
export interface Unanswered {
  /** Looks for it in a new list. */
  see(objects: readonly TargetObject[], isOurs: (one: TargetObject) => boolean): void
  has(key: string): boolean
}

/**
 * Takes for ours what is of the kind and the name that was asked for, in the object of ours that it was asked for.
 *
 * Where there are more of them than creations without an answer, some are somebody else's, and which ones cannot be
 * told: then it takes none.
 *
 * @param noted - What journals say was asked for.
 * @param isKnown - Has an object a creation with an answer, by its key?
 */
export function unansweredIn(
  noted: readonly Unremoved[],
  isKnown: (key: string) => boolean,
): Unanswered {
  const asked = new Map<string, number>()
  for (const {
    kind,
    names: [name = ''],
    key,
    parent,
  } of noted) {
    if (key !== undefined || parent === undefined) continue
    const place = placeOf({ kind, name, parent })
    asked.set(place, (asked.get(place) ?? 0) + 1)
  }
  const found = new Map<string, string>()
  return {
    has: (key) => found.has(key),
    see: (objects, isOurs) => {
      const ours = new Set(objects.filter((one) => isOurs(one)).map(({ key }) => key))
      for (const [place, times] of asked) {
        const before = [...found.values()].filter((one) => one === place).length
        const more = objects.filter(
          (one) =>
            placeOf(one) === place &&
            ours.has(one.parent ?? '') &&
            !found.has(one.key) &&
            !isKnown(one.key),
        )
        if (before + more.length > times) continue
        for (const { key } of more) found.set(key, place)
      }
    },
  }
}

function placeOf({ kind, name, parent }: Pick<TargetObject, 'kind' | 'name' | 'parent'>): string {
  return JSON.stringify([kind, name, parent])
}
