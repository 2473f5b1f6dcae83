/** The one way in which anything is removed from a target: only what a look has shown to be ours. */

import { AssertionError } from 'node:assert'
import { holdsOthers, isPlausibleId } from '../dialects/objects.ts'
import { NoAnswer, Unarranged, type HttpRequest, type HttpResponse } from '../model.ts'
import { isFresh, type Claim, type Shown } from './claim.ts'
import { seeHanging } from './hanging.ts'
import type { Ownership } from './ownership.ts'

/** How requests of a clean-up are sent. */
export interface CleanUpRequests {
  look(request: HttpRequest): Promise<HttpResponse>
  /** Also waits for the load balancer to take writes again, where that is needed. */
  write(request: HttpRequest): Promise<HttpResponse>
}

/** Why something is still there, or may be. */
export interface NotRemoved {
  readonly key: string
  /** `foreign`: it is not ours, and nothing was sent to it. */
  readonly is: 'foreign' | 'unknown' | 'refused'
  /** Continues a sentence: `… is still there: ` */
  readonly why: string
}

/**
 * Removes these objects, each after a look has shown that it is ours.
 *
 * What has another name, or cannot be looked at, is left as it is.
 *
 * @returns what is not gone.
 */
export async function removeOurs(
  ownership: Ownership,
  keys: readonly string[],
  requests: CleanUpRequests,
): Promise<NotRemoved[]> {
  const left: NotRemoved[] = []
  const ours: string[] = []
  for (const key of keys) {
    const shown = await seen(ownership, key, requests)
    const stranger = shown.is === 'ours' ? ownership.strangers.in(key) : undefined
    if (stranger !== undefined) {
      left.push({ key, is: 'refused', why: `it holds ${stranger}, which this run has not made` })
    } else if (shown.is === 'ours') ours.push(key)
    else if (shown.is === 'foreign') {
      left.push({ key, is: 'foreign', why: whyForeign(shown.name, ownership.claim(key)) })
    } else if (shown.is === 'unknown') left.push({ key, is: 'unknown', why: shown.why })
  }
  for (const { request, keys: some } of ownership.objects.removals(ours)) {
    const why = await refusal(ownership, request, requests)
    if (why !== undefined) left.push(...some.map((key) => ({ key, is: 'refused' as const, why })))
  }
  return left
}

function whyForeign(name: string, claim: Claim | undefined): string {
  if (claim?.names.size === 0) return 'what it belongs to is not ours; it is left'
  const is = name === '' ? 'has no name' : `is called ${JSON.stringify(name)}`
  return `it ${is}, and this run gave it another; it is left`
}

/** @throws {Unarranged} When something was not removed: what a person has to know of it. */
export function assertRemoved(left: readonly NotRemoved[]): void {
  if (left.length === 0) return
  throw new Unarranged(left.map(({ key, why }) => `${key} is still there: ${why}.`).join(' '))
}

async function seen(ownership: Ownership, key: string, requests: CleanUpRequests): Promise<Shown> {
  const shown = await seenItself(ownership, key, requests)
  if (shown.is !== 'ours') return shown
  const listing = ownership.recentLists.looking(requests.look, ownership.claim(key)?.since)
  try {
    const why = await seeHanging(ownership, key, listing)
    return why === undefined ? shown : { is: 'unknown', why }
  } catch (error) {
    return { is: 'unknown', why: unansweredWhy(error) }
  }
}

async function seenItself(
  ownership: Ownership,
  key: string,
  { look }: CleanUpRequests,
): Promise<Shown> {
  const claim = ownership.claim(key)
  if (claim?.state === 'gone') return { is: 'gone' }
  // What it holds may have changed since it was seen, and goes with it.
  const isHolder = holdsOthers(ownership.objects.kind(key))
  if (claim?.state === 'ours' && !isHolder && isFresh(claim)) return { is: 'ours' }
  const wrong = ownership.objects.ids(key).find((id) => !isPlausibleId(id))
  if (wrong !== undefined) return { is: 'foreign', name: wrong }
  try {
    return claim?.state === 'new'
      ? await ownership.seen(key, look)
      : await ownership.look(key, look)
  } catch (error) {
    return { is: 'unknown', why: unansweredWhy(error) }
  }
}

/** @returns why it is still there; nothing when it is gone. */
async function refusal(
  { objects }: Ownership,
  request: HttpRequest,
  { write }: CleanUpRequests,
): Promise<string | undefined> {
  try {
    const answer = await write(request)
    return objects.isGone(answer) ? undefined : `its deletion answered ${answer.status}`
  } catch (error) {
    return unansweredWhy(error)
  }
}

/** @throws what is a fault of ours. */
function unansweredWhy(error: unknown): string {
  if (error instanceof AssertionError) return error.message.replace(/\.$/, '')
  if (!(error instanceof NoAnswer || error instanceof Unarranged)) throw error
  return `no answer came (${error.message.replace(/\.$/, '')})`
}
