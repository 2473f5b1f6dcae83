/**
 * What this run made, and what looks have shown of it: nothing else is written to or removed.
 *
 * An id in an answer proves nothing. Before the first write to an object a look has to show that it has
 * the name that this run gave it; before its removal, a look since the last write to it.
 */

import { AssertionError } from 'node:assert'
import { now, pause } from '../exchange/clock.ts'
import { isPlausibleId, type Objects, type Sighting } from '../dialects/objects.ts'
import type { Creation } from '../dialects/spelling.ts'
import type { Guard } from '../exchange/connection.ts'
import { Unarranged, type HttpRequest, type HttpResponse, type Purpose } from '../model.ts'
import { claimOf, hasName, hidesWhatIsGone, isFresh, isSpelling } from './claim.ts'
import type { Claim, Shown } from './claim.ts'
import { inPath, spelledIn, unseenInBody } from './claims-in-request.ts'
import { assertReachesOnlyOurs } from './reach.ts'
import { assertHoldsNoStranger, RecentLists, type Holding } from './hanging.ts'
import * as say from './ownership-messages.ts'
import type { OwnershipOptions } from './ownership-options.ts'
import { Strangers } from './strangers.ts'

type Look = (request: HttpRequest) => Promise<HttpResponse>

/** The ledger of one run on one target. */
export class Ownership implements Guard, Holding {
  readonly objects: Objects
  readonly #options: OwnershipOptions
  readonly #claims = new Map<string, Claim>()
  /** The claims to what belongs to an object, by its key. */
  readonly #within = new Map<string, Set<Claim>>()
  /** Keys that no answer has named, and that a look has shown to be the key of nothing. */
  readonly #absent = new Set<string>()
  /** Names in requests to create or rename something. */
  readonly #given = new Set<string>()
  /** What was shown under a name that nobody here gave, before any look showed it to be ours. */
  readonly #others = new Map<string, string>()
  readonly strangers: Strangers
  readonly recentLists = new RecentLists()
  #isOurName: (name: string) => boolean

  constructor(options: OwnershipOptions) {
    this.#options = options
    this.#isOurName = options.isOurName
    this.objects = options.objects
    const { isLent = () => false } = options
    this.strangers = new Strangers((key) => this.#claims.has(key) || isLent(key))
  }

  /** What is known of an object by its key; nothing when this run did not ask for it. */
  claim(key: string): Claim | undefined {
    return this.#claims.get(key)
  }

  /** Has it been shown only under a name that nobody here gave? */
  isOthers(key: string): boolean {
    return Boolean(this.#others.get(key)) && !this.#claims.has(key)
  }

  /** @inheritdoc */
  knows(key: string): boolean {
    return (this.#claims.get(key)?.state ?? 'gone') !== 'gone'
  }

  /** From now on an object with one of these names, or held by this parent, is ours as well. */
  adopt(key: string, names: readonly string[], parent?: string): void {
    const known = this.#claims.get(key)
    const claim = known && known.state !== 'gone' ? known : claimOf(key, names, parent)
    for (const name of names) claim.names.add(name)
    // It was made some time ago: when no look shows it now, it is gone.
    if (claim.state === 'new') claim.state = 'unsure'
    this.#keep(claim)
  }

  /** From now on names are judged by this: for the sweep of earlier runs. */
  accept(isOurName: (name: string) => boolean): void {
    this.#isOurName = isOurName
  }

  /** @inheritdoc Before a write: every object that it names is ours, or does not exist. */
  async before(purpose: Purpose, request: HttpRequest, look: Look): Promise<void> {
    await assertReachesOnlyOurs(this.objects, request, look, (key, name) => {
      return this.knows(key) || this.#isOurName(name)
    })
    const { changed, removed, renamed } = this.objects.changes(request)
    const creation = this.#options.spelling.creation(request)
    for (const name of [creation?.name, renamed?.name]) if (name) this.#given.add(name)
    const claims = this.#claims
    const named = [
      ...inPath(claims, this.objects, request, changed),
      ...unseenInBody(claims, this.objects, request),
      ...spelledIn(claims, this.objects, changed),
    ]
    for (const key of new Set([...changed, ...named])) {
      const isRemoval = removed.includes(key)
      await this.#allow(key, isRemoval && purpose !== 'ask', look)
      if (isRemoval) await assertHoldsNoStranger(this, key, purpose, look)
    }
    for (const key of creation?.keys ?? []) {
      if (this.#claims.get(key)?.state !== 'ours')
        this.#claim(key, creation?.name, creation?.parent)
    }
    // Others have no name either: none is one of ours only where a request for it was not refused.
    if (renamed && renamed.name !== '') this.#rename(renamed)
  }

  #rename({ key, name }: { readonly key: string; readonly name: string }): void {
    const own = this.#claims.get(key)
    if (!own || own.state === 'gone' || own.names.has(name)) return
    own.names.add(name)
    this.#options.renaming?.(key, name)
  }

  /** @inheritdoc Keeps what an answer shows, and what a write may have changed. */
  after(purpose: Purpose, request: HttpRequest, answer?: HttpResponse): void {
    const { changed, removed, renamed } = this.objects.changes(request)
    const isRefused = answer && answer.status >= 300 && answer.status < 500
    if (renamed?.name === '' && !isRefused) this.#rename(renamed)
    // Whatever is created in an object leaves that where it is.
    const creation = this.#options.spelling.creation(request)
    if (!creation) this.#wrote(changed, removed, purpose, answer)
    if (answer && request.credentials === undefined) this.#see(request, answer)
    if (answer && creation) this.#created(request, creation, answer)
  }

  /**
   * Waits until a look shows a new object under the name that it was given.
   *
   * @throws {AssertionError} When the key is that of something else.
   * @throws {Unarranged} When it is not shown in time, or cannot be looked at.
   */
  async prove(key: string, look: Look): Promise<void> {
    if (key !== this.#options.lent) await this.#allow(key, false, look)
  }

  /** Looks at an object by its key. */
  async look(key: string, look: Look): Promise<Shown> {
    const request = this.objects.look(key)
    const answer = await look(request)
    this.#see(request, answer)
    const sightings = this.objects.shown(request, answer)
    const own = sightings.find((one) => one.key === key)
    if (own?.gone) return { is: 'gone' }
    if (own) return this.#withHome(await this.#named(own, look), look)
    const [seen] = sightings
    // Not among what is shown with its parent.
    if (seen && !seen.isAnother) return { is: 'gone' }
    const claim = this.#claims.get(key)
    if (claim?.removalAccepted && hidesWhatIsGone.includes(answer.status)) {
      this.#seeGone(claim)
      return { is: 'gone' }
    }
    return { is: 'unknown', why: `asked for it, the target answered ${answer.status}` }
  }

  /** Where the look leaves out a name that decides whose it is, another look may show it. */
  async #named(sighting: Sighting, look: Look): Promise<Sighting> {
    const { key, name } = sighting
    const isDecided = name !== undefined || this.#homeOf(sighting) !== this.#options.lent
    for (const request of isDecided ? [] : this.objects.nameLooks(key)) {
      const answer = await look(request)
      this.#see(request, answer)
      const shown = this.objects.shown(request, answer).find((one) => one.key === key)
      if (shown?.name !== undefined) return shown
    }
    return sighting
  }

  /** What has no name of its own is judged by what it belongs to, so that is looked at as well. */
  async #withHome(sighting: Sighting, look: Look): Promise<Shown> {
    const home = this.#homeOf(sighting)
    const { state } = this.#claims.get(home ?? '') ?? {}
    if (!sighting.name && home !== undefined && (state === 'new' || state === 'unsure')) {
      await this.look(home, look)
      this.#note(sighting)
    }
    return this.#judged(sighting)
  }

  /** @param isRemoval - Then what was seen before the last write is not enough. */
  async #allow(key: string, isRemoval: boolean, look: Look): Promise<void> {
    const { lent } = this.#options
    if (key === lent) {
      if (isRemoval) throw new Error(`${key} is lent, and is not removed.`)
      return
    }
    const claim = this.#claims.get(key)
    if (!claim) return this.#allowUnclaimed(key, look)
    if (claim.state === 'ours' && (!isRemoval || isFresh(claim))) return
    if (claim.state === 'new') return this.#allowNew(claim, look)
    const shown = await this.look(key, look)
    if (shown.is === 'foreign') throw new AssertionError({ message: say.reused(key, shown.name) })
    if (shown.is === 'unknown') throw new Unarranged(say.unseen(key, shown.why))
  }

  async #allowNew({ key }: Claim, look: Look): Promise<void> {
    const shown = await this.seen(key, look)
    if (shown.is === 'ours') return
    if (shown.is === 'foreign') throw this.#disowned(key, shown.name)
    throw new Unarranged(say.unseen(key, shown.is === 'gone' ? 'it is not there' : shown.why))
  }

  /** Looks at something new until it is shown, as long as that may take, unless its removal was accepted. */
  async seen(key: string, look: Look): Promise<Shown> {
    const { settleMilliseconds, pollMilliseconds } = this.#options
    const deadline = now() + settleMilliseconds
    for (let wait = firstPause; ; wait = Math.min(wait * 2, pollMilliseconds)) {
      const shown = await this.look(key, look)
      const isLast = this.#isRemoved(key) || now() + wait > deadline
      if (shown.is !== 'gone' || isLast) return shown
      await pause(wait)
    }
  }

  /** Was its removal accepted, or that of what it belonged to? */
  #isRemoved(key: string): boolean {
    const own = this.#claims.get(key)
    const home = this.#claims.get(own?.parent ?? this.objects.parent(key) ?? '')
    return [own, home].some((claim) => claim?.removalAccepted || claim?.state === 'gone')
  }

  /** An id that a check made up, or made from one of ours, has to be the id of nothing, or of ours. */
  async #allowUnclaimed(key: string, look: Look): Promise<void> {
    if (this.#absent.has(key)) return
    const request = this.objects.look(key)
    const answer = await look(request)
    // It may be another spelling of an id of ours.
    const own = this.objects.shown(request, answer).find(({ isAnother }) => !isAnother)
    const refused = answer.status >= 400 && answer.status < 500
    if (own?.gone || (!own && refused)) return void this.#absent.add(key)
    if (own && this.#mayBeOurs(own, key)) return
    const why = `the target answered ${answer.status}`
    throw new Unarranged(own ? say.existing(key, own.name) : say.unseen(key, why))
  }

  /** Something with a name of ours that no creation is known to have made: its answer was lost. */
  #mayBeOurs({ key, name }: Sighting, asked: string): boolean {
    if (name === undefined || !this.#isOurName(name) || this.#others.has(key)) return false
    return key === asked || (this.knows(key) && isSpelling(asked, key))
  }

  #see(request: HttpRequest, answer: HttpResponse): void {
    for (const sighting of this.objects.shown(request, answer)) this.#note(sighting)
  }

  #note(sighting: Sighting): void {
    this.#absent.delete(sighting.key)
    const claim = this.#claims.get(sighting.key)
    if (!claim || claim.state === 'new') this.#noteOther(sighting)
    if (!claim) return
    if (sighting.gone) return this.#seeGone(claim)
    if (sighting.holds) this.strangers.note(sighting.key, sighting.holds)
    const { is } = this.#judged(sighting)
    // A list says what is there, but only a look at one object says whose that is.
    if (sighting.listed && is === 'ours' && claim.state !== 'ours') return
    claim.seenAt = is === 'ours' ? now() : undefined
    if (is === 'ours') claim.state = 'ours'
    // Before anything more is sent to it, it is looked at again.
    else if (claim.state === 'ours' && (is === 'foreign' || sighting.isAnother))
      claim.state = 'unsure'
  }

  #noteOther({ key, name, gone }: Sighting): void {
    if (gone) this.#others.delete(key)
    const claim = this.#claims.get(key)
    if (name === undefined || (claim && hasName(claim, name))) return
    // Without a name it is another's only where ours has one.
    const isNamed = claim ? claim.names.size > 0 : !this.objects.mayBeNameless(key)
    const isOurs = name === '' ? !isNamed : this.#isOurName(name) || this.#given.has(name)
    if (isOurs) return
    this.#others.set(key, name)
    // Whoever sweeps later must not look for it by this id: what is shown then may be a lie.
    if (this.#claims.has(key)) this.#options.gone?.(key)
  }

  /** It is not what was created, and so not to be swept by this id either. */
  #disowned(key: string, name: string): AssertionError {
    this.#options.gone?.(key)
    return new AssertionError({ message: say.foreign(key, name) })
  }

  #seeGone(claim: Claim): void {
    // What is new may only not be shown yet.
    if (claim.state === 'gone' || claim.state === 'new') return
    // Where no removal was accepted, a target that shows nothing any more would say the same.
    if (this.#isRemoved(claim.key)) this.#options.gone?.(claim.key)
    Object.assign(claim, { state: 'gone', goneAt: now(), seenAt: undefined })
  }

  #judged(sighting: Sighting): Shown {
    const { key, name, isAnother } = sighting
    if (isAnother) return { is: 'unknown', why: 'asked for it, the target showed another id' }
    const claim = this.#claims.get(key)
    const other = this.#others.get(key)
    if (claim?.state === 'new' && other !== undefined) return { is: 'foreign', name: other }
    const isOurs = claim ? hasName(claim, name ?? '') : this.#isOurName(name ?? '')
    if (name !== undefined && isOurs) return { is: 'ours' }
    const nameless = claim !== undefined && this.objects.mayBeNameless(key)
    if (!name && nameless && this.#isHeld(sighting, claim)) return { is: 'ours' }
    if (!name && nameless && this.#homeOf(sighting) === undefined)
      return { is: 'unknown', why: 'neither its name nor what it belongs to is shown' }
    if (name === undefined && !nameless) return { is: 'unknown', why: 'its name is not shown' }
    return { is: 'foreign', name: name ?? '' }
  }

  /** Does something of ours hold it? Listeners of a lent load balancer need a name of their own. */
  #isHeld(sighting: Sighting, claim: Claim): boolean {
    const home = this.#homeOf(sighting)
    if (home === undefined || (claim.parent !== undefined && claim.parent !== home)) return false
    if (home === this.#options.lent) return this.objects.kind(claim.key) === 'BackendServer'
    return this.#claims.get(home)?.state === 'ours'
  }

  #homeOf({ key, parent }: Sighting): string | undefined {
    return this.objects.parent(key) ?? parent
  }

  #wrote(
    changed: readonly string[],
    removed: readonly string[],
    purpose: Purpose,
    answer: HttpResponse | undefined,
  ): void {
    const last = changed.at(-1)
    const written = last === undefined ? undefined : this.#claims.get(last)
    if (written) written.seenAt = undefined
    if (removed.length === 0) return
    const done = answer !== undefined && this.objects.isGone(answer)
    const own = removed.map((key) => this.#claims.get(key))
    const within = removed.flatMap((key) => [...(this.#within.get(key) ?? [])])
    for (const claim of new Set([...own, ...within])) {
      if (!claim) continue
      Object.assign(claim, { seenAt: undefined, removalSent: true })
      if (done) claim.removalAccepted = true
      if (removed.includes(claim.key) && purpose === 'clean-up' && done)
        Object.assign(claim, { state: 'gone', goneAt: now() })
      else if (claim.state !== 'gone' && claim.state !== 'new') claim.state = 'unsure'
    }
  }

  /** Enters a claim, and replaces what was known of the same key. */
  #keep(claim: Claim): void {
    const before = this.#claims.get(claim.key)
    if (before?.parent !== undefined) this.#within.get(before.parent)?.delete(before)
    this.#claims.set(claim.key, claim)
    if (claim.parent === undefined) return
    const siblings = this.#within.get(claim.parent) ?? new Set()
    this.#within.set(claim.parent, siblings.add(claim))
  }

  #created(request: HttpRequest, creation: Creation, answer: HttpResponse): void {
    if (answer.status >= 300) {
      for (const key of creation.keys ?? []) this.#refused(key, answer)
      return
    }
    if (creation.keys) return
    for (const key of this.#options.spelling.made(request, answer)) {
      const wrong = this.objects.ids(key).find((id) => !isPlausibleId(id))
      if (wrong !== undefined)
        throw new AssertionError({ message: say.implausible(creation.kind, wrong) })
      if (key === this.#options.lent) throw new AssertionError({ message: say.lent(key) })
      const other = this.#others.get(key)
      if (other !== undefined) throw this.#disowned(key, other)
      const { state } = this.#claims.get(key) ?? {}
      if (state === 'new' || state === 'ours') throw new AssertionError({ message: say.twice(key) })
      this.#claim(key, creation.name, creation.parent)
    }
  }

  /** What was refused is not there, unless it was there before. */
  #refused(key: string, { status }: HttpResponse): void {
    const claim = this.#claims.get(key)
    if (status >= 500 || claim?.state !== 'new') return
    this.#claims.delete(key)
    if (claim.parent !== undefined) this.#within.get(claim.parent)?.delete(claim)
  }

  #claim(key: string, name: string | undefined, parent: string | undefined): void {
    this.#absent.delete(key)
    this.#keep(claimOf(key, name === undefined ? [] : [name], parent))
  }
}

const firstPause = 10
