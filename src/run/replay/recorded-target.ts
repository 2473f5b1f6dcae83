/** The target of a report, as far as a check asks about it: what answered is not there any more. */

import type { Draws } from '../../model.ts'
import type { Report, ReportedTarget } from '../../report/report.ts'
import type { RunId } from '../../session/run-names.ts'
import type { Seen } from '../../session/replay-session.ts'
import type { Target } from '../../target.ts'

/** The target and the run of a finding. */
export interface Circle {
  readonly target: Target
  readonly run: RunId
  readonly seen: Seen
}

/** In the place of every credential: nothing is sent. */
const none = 'https://not-a-secret.invalid'

/** The target with everything that the report says of its file; `undefined` where it does not say what was lent. */
export function targetIn({ setting, ...said }: ReportedTarget): Target | undefined {
  if (!setting) return undefined
  const { name, dialect, endpoint, profile } = said
  const { given, limits, credentials } = setting
  const auth = Object.fromEntries(credentials.map((key) => [key, none]))
  const named = { name, dialect, endpoint, profile, given, auth, ...(limits ? { limits } : {}) }
  // A report is held against its schema; what a file lends is as free there as the dialects are.
  return named as unknown as Target
}

/** What the run had seen of it. */
export function seenIn({ found }: ReportedTarget): Seen {
  return {
    offered: found?.offered ?? [],
    notOffered: found?.notOffered.map(({ what }) => what) ?? [],
    hook: found?.hook === true,
  }
}

/** The run, or the shard of it that asked. */
export function runIn({ run }: Report, drawn: readonly Draws[] = []): RunId {
  const [first = ''] = run.id.split('+')
  const isPatient = run.command.split(' ').includes('--patient')
  return {
    id: drawn.at(-1)?.run ?? first,
    seed: run.seed,
    ...(run.strength ? { strength: run.strength } : {}),
    ...(isPatient ? { minute: minuteMilliseconds } : {}),
  }
}

const minuteMilliseconds = 60_000
