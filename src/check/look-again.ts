/**
 * Looks that are made again.
 *
 * No page promises that a read is never old. So a check that fails at a look is not over: what it wrote stays
 * written, its last looks are made again with growing pauses, and only what is still wrong in the end is wrong.
 * Where a look was right only then, this target's reads are late, and from then on every look waits for them.
 */

import { now } from '../exchange/clock.ts'
import { pauseUnless } from '../exchange/retry.ts'
import type { ReadLag } from '../session/read-lag.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../target.ts'
import type { Fixtures } from './check.ts'
import { contextOn, type AskedOn } from './check-context.ts'
import { cleanUp } from './clean-up.ts'
import { mayBeLate, type End } from './derivations.ts'
import { Tape } from './tape.ts'

/** Where the looks of a check are made. */
interface Looked<LoadBalancer> extends AskedOn<LoadBalancer> {
  readonly fixtures: Fixtures<Target, LoadBalancer>
}

const firstPause = 50
const longestPause = 400

/** Runs the body of a check, and again with its last looks made anew while those may be what is wrong. */
export async function lookedAgain<LoadBalancer>(
  { fixtures, session, loadBalancer }: Looked<LoadBalancer>,
  body: () => Promise<End>,
  tape: Tape,
): Promise<End> {
  const { reads, connection } = session
  const before = reads.longest
  let end = await body()
  if (mayBeLate(end) && tape.looked) {
    await reads.measureOnce(() => measureReadLag(fixtures, session, loadBalancer))
    // Then it is asked again in full, with a pause before each look.
    if (reads.longest > before) return end
  }
  let over = now() + reads.again
  for (
    let wait = firstPause;
    mayBeLate(end) && tape.looked;
    wait = Math.min(1.5 * wait, longestPause)
  ) {
    if (now() + wait > over || connection.over?.aborted) {
      reads.sawNothing()
      return end
    }
    await pauseUnless(connection.over, wait)
    const { writes } = tape
    tape.rewind()
    const next = await body()
    const moved = !('error' in next) || tape.writes > writes
    if (moved) {
      reads.saw(tape.looksTook)
      over = now() + reads.again
      wait = firstPause
    }
    // What keeps a question from being put while its looks are repeated says nothing about them.
    if (moved || mayBeLate(next)) end = next
  }
  return end
}

/** The dialect's own measurement, on the lane of the check that failed. What it makes is removed. */
export async function measureReadLag<LoadBalancer>(
  fixtures: Fixtures<Target, LoadBalancer>,
  session: Session,
  loadBalancer: LoadBalancer,
): Promise<number> {
  const tape = new Tape()
  const cleanUps: (() => Promise<void>)[] = []
  const ground = fixtures.ground(contextOn({ loadBalancer, session }, tape, cleanUps, {}))
  try {
    return (await fixtures.measureReadLag?.(ground, (look) => untilShown(look, tape, session))) ?? 0
  } finally {
    // What is left behind is found again, by its name, when the run cleans up at its end.
    await cleanUp(cleanUps, session)
  }
}

/** @returns milliseconds from the last write to the look that showed it; 0 if that was the first, or none did. */
async function untilShown(
  look: () => Promise<boolean>,
  tape: Tape,
  session: Session,
): Promise<number> {
  if (await look()) return 0
  const began = now()
  const { reads, connection } = session
  for (let wait = firstPause; now() - began < reads.again; wait = 1.5 * wait) {
    await pauseUnless(connection.over, Math.min(wait, longestPause))
    if (connection.over?.aborted) return 0
    if (await look()) return tape.sinceLastWrite
  }
  return 0
}

/**
 * Milliseconds before each look of another asking: none where reads are never late, and at first what they were
 * seen to need, where that was not known before. Then much more: a read may be late only now and then, and less so
 * when it was seen to be.
 */
export function pausesBeforeLooks({ longest, lateEnough }: ReadLag, knownBefore: number): number[] {
  if (longest === 0) return []
  const long = Math.min(rarelyLate * longest, longestPauseBeforeLooks)
  return longest > knownBefore ? [lateEnough, long] : [long]
}

const rarelyLate = 3
const longestPauseBeforeLooks = 5_000
