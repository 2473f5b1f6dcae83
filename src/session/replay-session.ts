/** A session with a target that is not there: what it answered is in a report. */

import type { Replaying } from '../exchange/recorded-answers.ts'
import { now, pause } from '../exchange/clock.ts'
import type { Target } from '../target.ts'
import { Found } from './found.ts'
import type { Ownership } from './ownership.ts'
import { loadBalancerKey } from './run-ownership.ts'
import type { RunId } from './run-names.ts'
import { openSession, type Session } from './session.ts'

/** What the run had seen of the target. */
export interface Seen {
  readonly offered: readonly string[]
  readonly notOffered: readonly string[]
  /** Could statuses be set by a hook? */
  readonly hook: boolean
}

/** The load balancer that a check was asked on, with the names under which it may be shown. */
export interface LaneThen {
  readonly id: string
  readonly names: readonly string[]
}

/** Waits for what may pass as often as was waited then. */
class FoundThen extends Found {
  readonly #answers: Replaying['answers']

  constructor({ answers }: Replaying, { offered, notOffered }: Seen) {
    super()
    this.#answers = answers
    for (const what of offered) this.note(what, true)
    for (const what of notOffered) this.note(what, false)
  }

  override async mayPass(): Promise<boolean> {
    const { wasRepeated } = this.#answers
    if (wasRepeated) await pause(firstPause)
    return wasRepeated
  }
}

/** Milliseconds, of a time that does not pass. */
const firstPause = 50

const noWire = () => Promise.reject(new Error('Nothing is sent while a report is verified.'))

const noHook = () => Promise.resolve()

/** @param target - Its credentials are none: nothing is signed that is sent. */
export function replaySession(
  target: Target,
  run: RunId,
  seen: Seen,
  replaying: Replaying,
  lane?: LaneThen,
): Session {
  const { connection, ...session } = openSession(target, run, {
    wire: noWire,
    environment: {},
    ...(seen.hook ? { setProvisioningStatus: noHook } : {}),
  })
  const { learnSignature: _none, ...rest } = connection
  if (lane) own(session.ownership, loadBalancerKey(target, lane.id), lane.names)
  return {
    ...session,
    found: new FoundThen(replaying, seen),
    connection: { ...rest, redact: (text) => text, replaying },
  }
}

/** The run had made it, and a look had shown that, before the check was asked. */
function own(ownership: Ownership, key: string, names: readonly string[]): void {
  ownership.adopt(key, names)
  const claim = ownership.claim(key)
  if (claim) Object.assign(claim, { state: 'ours', seenAt: now() })
}
