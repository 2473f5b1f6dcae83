/** What a check leaves to be removed at its end, and how its errors are told. */

import type { Session } from '../session/session.ts'
import { familyOf } from './check.ts'

/** Removes in reverse order. @returns a sentence for each thing that could not be removed. */
export async function cleanUp(
  removals: (() => Promise<void>)[],
  session: Session,
): Promise<string[]> {
  const leftovers: string[] = []
  for (const remove of removals.toReversed()) {
    try {
      await remove()
    } catch (error) {
      leftovers.push(messageOf(error, session))
    }
  }
  return leftovers
}

/** What a report says of an error: with its place where it is a fault of ours. */
export function messageOf(error: unknown, { connection }: Session): string {
  const text = error instanceof Error ? error.message : String(error)
  const ours = familyOf(error) === 'ours' && error instanceof Error
  return connection.redact(ours ? (error.stack ?? text) : text)
}
