/** The first line of a journal, put together from the target file. */

import type { Target } from '../target.ts'
import { accountOf } from './account.ts'
import type { Heading } from './journal.ts'
import type { RunId } from './run-names.ts'

/** What the journal of a run on a target says of itself. @throws {UsageError} When a secret is not there. */
export function headingOf(
  target: Target,
  run: Pick<RunId, 'id'>,
  environment: Readonly<Record<string, string | undefined>>,
): Omit<Heading, 'process' | 'began'> {
  const { name, dialect, endpoint, given } = target
  const lent = given.loadBalancerId === undefined ? {} : { lent: given.loadBalancerId }
  const account = accountOf(target, environment)
  return { run: run.id, target: name, dialect, endpoint, ...lent, account }
}
