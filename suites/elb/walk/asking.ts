/** Asks one operation, holds the answer against what must follow, and looks at what came of it. */

import { setTimeout as pause } from 'node:timers/promises'
import { requestLine } from '../../../src/check/assert.ts'
import { Violation } from '../../../src/check/walk.ts'
import { Unarranged, type Exchange } from '../../../src/model.ts'
import type { Blame } from './blame.ts'
import type { Ruling } from './update-rules.ts'
import { allViews, differencesIn, type View } from './views.ts'
import type { World } from './world.ts'

const pauses = [200, 1_000]

/**
 * Asks, and holds the answer to what must follow from it.
 *
 * A 5xx is asked again once. So is a 409 to what must be accepted: services lock in many words.
 *
 * @returns the answer, when it is lawful.
 * @throws {Violation} When it is not.
 * @throws {Unarranged} When the credentials lack a right.
 */
export async function ask(
  world: World,
  ruling: Ruling,
  send: () => Promise<Exchange>,
): Promise<{ readonly answered: Exchange; readonly accepted: boolean }> {
  let answered = await send()
  if (answered.status >= 500) answered = await send()
  for (const wait of ruling.follows === 'accepted' && mayLock(world) ? pauses : []) {
    if (answered.status !== 409) break
    await pause(wait)
    answered = await send()
  }
  const { status } = answered
  const accepted = status >= 200 && status < 300
  const refused = status >= 400 && status < 500
  if (ruling.follows === 'accepted' && status === 403) {
    throw new Unarranged(`${requestLine(answered)} answered 403: the credentials lack a right.`)
  }
  const lawful =
    ruling.follows === 'open'
      ? accepted || refused
      : ruling.follows === 'accepted'
        ? accepted
        : refused
  if (!lawful) throw new Violation(ruling.requirement, unlawful(ruling, answered))
  return { answered, accepted }
}

function mayLock({ elb }: World): boolean {
  return elb.context.session.target.profile?.asynchronous !== false
}

const expectations = {
  accepted: 'expected it to be accepted (2xx)',
  refused: 'expected a refusal (4xx)',
  open: 'expected 2xx or 4xx',
}

function unlawful({ follows }: Ruling, answered: Exchange): string {
  const body = answered.text.replaceAll(/\s+/g, ' ').slice(0, 200)
  return `${requestLine(answered)} answered ${answered.status} with ${body || 'no body'}, ${expectations[follows]}.`
}

/**
 * Looks at some views, or at all of them where the walk is taken again, and blames what is not as it must be.
 *
 * @param blame - The requirement that a difference breaks; none where the step itself may have done it.
 * @param isLate - Is it looked at too late to say which step did it?
 * @throws {Violation} For the first difference that is still there when reads can no longer be late.
 */
export async function look(
  world: World,
  views: readonly View[],
  blame: Blame | ((...difference: Parameters<Blame>) => string | undefined),
  isLate = false,
): Promise<void> {
  const { watch } = world
  await watch.see(async () => {
    const own = await differencesIn(world, views)
    const all =
      own.length === 0 && watch.thorough ? await differencesIn(world, allViews(world)) : own
    const [first] = all
    if (!first) return
    const text = all.slice(0, mostTold).map((one) => one.text)
    const requirement = blame(first)
    const message = `Not as it must be: ${text.join('; ')}.`
    if (requirement === undefined) throw new Unarranged(`A step of set-up changed more. ${message}`)
    throw new Violation(requirement, message, isLate)
  })
}

const mostTold = 3

/** One of several, by a number that was drawn. */
export function pickedFrom<One>(all: readonly One[], drawn: number): One[] {
  const one = all.length === 0 ? undefined : all[drawn % all.length]
  return one === undefined ? [] : [one]
}
