/** One check under the circumstances that a run draws for it, and the least of them under which it fails. */

import { AssertionError } from 'node:assert'
import {
  Denied,
  Unarranged,
  type Circumstances,
  type Draws,
  type RecordedExchange,
  type Requirement,
  type Strength,
  type TrafficRecord,
  type Varies,
} from '../model.ts'
import { familyOf, type Answered, type Broken, type JudgeAnswer } from './check.ts'
import { drawn, inWords, reduced, usual } from './circumstances.ts'

/** How the body of a check ended: at its last line, or with what was thrown. */
export type End = { readonly reading: Answered } | { readonly error: unknown }

/** One asking of a check, from its fixtures to its clean-up. */
export interface Asked {
  readonly end: End
  readonly exchanges: readonly RecordedExchange[]
  /** What was drawn, one for each asking that the exchanges are of. */
  readonly drawn?: readonly Draws[]
  readonly traffic?: readonly TrafficRecord[]
  /** How many of them another check has sent. */
  readonly shared?: number
  readonly leftovers: readonly string[]
  readonly circumstances: Circumstances
  /** Is what it created still there, because that was wanted? */
  readonly isKept?: boolean
  /** What its answers break. */
  readonly broken: readonly Broken[]
}

/** How a check is performed. */
export interface Manner {
  /** Is a failure asked again with fewer unusual circumstances, until they are the least? */
  readonly reduce: boolean
  /**
   * Asked once when the check has failed: is what it created left on the target? Then it is asked once more, under
   * the least circumstances, and not cleaned up.
   */
  readonly keep?: () => boolean
  /** Were reads late, or was there trouble on the way? Then a failure that does not come again decides nothing. */
  readonly isUnsteady?: (failed: Asked) => boolean
  /** Judges every answer, where that is wanted. */
  readonly judge?: JudgeAnswer
}

type AskUnder = (circumstances: Circumstances) => Promise<Asked>

/**
 * Asks under each combination that is drawn, until one fails.
 *
 * Unusual circumstances that cannot be arranged keep no question from being put: it is then asked under the usual
 * ones. @returns the failing one with the least circumstances, or the last that passed.
 */
export async function askUnderAll(
  requirement: Requirement,
  { seed, strength = 1 }: { readonly seed: number; readonly strength?: Strength },
  manner: Manner,
  ask: AskUnder,
): Promise<Asked> {
  const { varies, id } = requirement
  const leftovers: string[] = []
  const broken: Broken[] = []
  let last: Asked | undefined
  for (const circumstances of drawn(varies, id, seed, strength)) {
    const asked = await askArrangeable(varies, circumstances, ask)
    leftovers.push(...asked.leftovers)
    broken.push(...asked.broken)
    last = asked
    if (isBroken(asked.end)) {
      const found = await failure(requirement, manner, asked, ask)
      return { ...found, leftovers: [...leftovers, ...found.leftovers], broken }
    }
    if ('error' in asked.end) break
  }
  if (!last) throw new Error(`Nothing was drawn for ${id}.`)
  return { ...last, leftovers, broken }
}

/** A failure with its least circumstances; undecided where it is seen once only, on a target that is not steady. */
async function failure(
  { varies }: Requirement,
  { reduce, isUnsteady = () => false }: Manner,
  asked: Asked,
  ask: AskUnder,
): Promise<Asked> {
  const own = { ...asked, leftovers: [] }
  const least: Least = varies && reduce ? await leastFailure(varies, asked, ask) : { failed: own }
  const { failed } = least
  if (!isUnsteady(failed)) return failed
  const again = least.again ?? (await ask(failed.circumstances))
  const leftovers = least.again ? failed.leftovers : [...failed.leftovers, ...again.leftovers]
  if ('error' in again.end || !('error' in failed.end)) return { ...failed, leftovers }
  const { message } = failed.end.error as Error
  return { ...failed, leftovers, end: { error: new Unarranged(`${seenOnce}${message}`) } }
}

/** How the reason of what was seen once begins. */
export const seenOnce =
  'Seen once, and not when it was repeated, on a target whose reads were late or that had trouble meanwhile: '

/** What a reduction has found. */
interface Least {
  readonly failed: Asked
  /** The same circumstances once more, where that was asked. */
  readonly again?: Asked
}

async function askArrangeable(
  varies: Varies | undefined,
  circumstances: Circumstances,
  ask: AskUnder,
): Promise<Asked> {
  const asked = await ask(circumstances)
  if (!varies || !isUnarranged(asked.end) || inWords(varies, circumstances) === '') return asked
  const again = await ask(usual(varies))
  return { ...again, leftovers: [...asked.leftovers, ...again.leftovers] }
}

/** A fixture was refused, by the target or by the policy of the user. */
function isUnarranged(end: End): boolean {
  return 'error' in end && (end.error instanceof Unarranged || end.error instanceof Denied)
}

/** Asks again with fewer unusual circumstances, once more under the least, and says what that shows. */
async function leastFailure(varies: Varies, failed: Asked, ask: AskUnder): Promise<Least> {
  let least = failed
  let isKnown = true
  const leftovers: string[] = []
  const askAgain = async (circumstances: Circumstances) => {
    const asked = await ask(circumstances)
    leftovers.push(...asked.leftovers)
    return asked
  }
  await reduced(varies, failed.circumstances, async (circumstances) => {
    const asked = await askAgain(circumstances)
    if (isBroken(asked.end)) least = asked
    // A question that was not decided says nothing about the circumstances that it left out.
    else if ('error' in asked.end) isKnown = false
    return isBroken(asked.end)
  })
  const words = inWords(varies, least.circumstances)
  if (words === '') return { failed: { ...least, leftovers } }
  const again = await askAgain(least.circumstances)
  const end = saying(least.end, shown(words, isKnown, again.end))
  return { failed: { ...least, end, leftovers }, again }
}

/** The failure, with a sentence about its circumstances. */
function saying(end: End, sentence: string): End {
  if (!('error' in end)) return end
  const { message } = end.error as Error
  return { error: new AssertionError({ message: `${message} ${sentence}` }) }
}

/**
 * What the askings show of the least circumstances with which the check failed. A failure that has another cause, such
 * as what another check did at that time, comes and goes without them.
 *
 * @param isKnown - Did the check pass whenever one of them was left out?
 * @param again - How it ended when it was asked once more under all of them.
 */
function shown(words: string, isKnown: boolean, again: End): string {
  const { once, again: always, unknown } = aboutLeast(words)
  if (!('error' in again)) return once
  return isKnown && isBroken(again) ? always : unknown
}

/** What may be said of the least circumstances of a failure, in the words of them. */
export function aboutLeast(words: string): Readonly<Record<'once' | 'again' | 'unknown', string>> {
  return {
    once: `It failed when ${words}, and passed when repeated in the same circumstances.`,
    again: `It failed again when ${words}, and passed when any of that was left out.`,
    unknown: `It failed when ${words}; it is not known whether all of these are needed.`,
  }
}

/** Was it a look that ended the check? Then a later one may show otherwise. */
export function mayBeLate(end: End): boolean {
  if (!('error' in end)) return false
  return end.error instanceof Unarranged || isBroken(end)
}

/** Was the requirement found broken? */
export function isBroken(end: End): boolean {
  return 'error' in end && familyOf(end.error) === 'broken'
}
