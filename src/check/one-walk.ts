/** One taking of a walk: from what it begins with to its last look, or to what it finds. */

import * as fc from 'fast-check'
import { NoAnswer, NotOffered, Unarranged } from '../model.ts'
import type { Drawn } from './drawn-walk.ts'
import { Violation, type Walks } from './walk.ts'
import { Watching, walkContext, type Keeping, type WalkedOn } from './walk-context.ts'

/** How one taking ended. */
export interface TakenOnce {
  readonly violation?: Violation
  readonly unfinished?: string
  /** What was done, step by step. */
  readonly sentences: readonly string[]
}

/** Takes it once. What it has made is not removed. @param thorough - Is everything looked at after each step? */
export async function takenOnce(
  { fixtures, begin, end }: Walks,
  [scene, steps]: Drawn,
  thorough: boolean,
  on: WalkedOn,
  kept: Keeping,
): Promise<TakenOnce> {
  const watch = new Watching(on.session, thorough, kept.tape)
  const ground = fixtures.ground(walkContext(on, watch, kept))
  const ended = await endOf(async () => {
    const world = await begin(ground, scene, watch)
    await fc.asyncModelRun(() => ({ model: world, real: undefined }), steps)
    await end(world)
  })
  return { ...ended, sentences: watch.sentences }
}

async function endOf(
  walk: () => Promise<void>,
): Promise<Pick<TakenOnce, 'violation' | 'unfinished'>> {
  try {
    await walk()
    return {}
  } catch (error) {
    if (error instanceof Violation) return { violation: error }
    if (isUnfinished(error)) return { unfinished: error.message }
    throw error
  }
}

/** What keeps a walk from going on: no answer, a fixture that was refused, a look that shows nothing. */
export function isUnfinished(error: unknown): error is Error {
  const known = [NoAnswer, Unarranged, NotOffered].some((family) => error instanceof family)
  return known || (error instanceof Error && error.name === 'AssertionError')
}

/** What a walk found, and the steps that led to it. */
export function inWords({ violation, sentences }: TakenOnce): string {
  const numbered = sentences.map((sentence, index) => `${index + 1}. ${sentence}`)
  return [violation?.message ?? '', 'After these steps:', ...numbered].join('\n')
}
