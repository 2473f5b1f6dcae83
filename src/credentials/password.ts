/** `elb`: a password, which the identity service exchanges for tokens. */

import type { Wire } from '../wire/wire.ts'
import { askForToken, type Identity, type Issued } from './keystone.ts'
import { NoCredentials, type Signed, type Signer } from './signer.ts'
import { isWrong, tokenHeader, withToken } from './token.ts'

/** The target's own user and project, and another if the operator provides one. */
export interface Identities {
  readonly own: Identity
  readonly other?: Identity
}

/** What fetching a token needs besides an identity. */
export interface Surroundings {
  readonly wire: Wire
  readonly requestMilliseconds: number
  /** Called with every token, so that it is masked from then on. */
  readonly learn: (secret: string) => void
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number
}

/** Puts a token on each request: fetched when first needed, shortly before it expires, and after a 401. */
export function passwordSigner({ own, other }: Identities, around: Surroundings): Signer {
  const sources = {
    own: new TokenSource(own, around),
    other: new TokenSource(other ?? own, around),
  }
  const given = new WeakMap<Signed, { source: TokenSource; token: string }>()
  return {
    carrier: tokenHeader,
    async sign(request, deadline) {
      const { credentials } = request
      if (credentials === 'none' || isWrong(credentials)) return withToken(request, '')
      const source = credentials === 'other' ? sources.other : sources.own
      const token = await orAborted(source.token(), deadline())
      const signed = withToken(request, token)
      given.set(signed, { source, token })
      return signed
    },
    renew(refused) {
      const { source, token } = given.get(refused) ?? {}
      return source !== undefined && token !== undefined && source.refused(token)
    },
  }
}

/** A token is replaced when this share of its life is left, but at most five minutes before its end. */
const margin = { share: 0.1, mostMilliseconds: 5 * 60_000 }

/** When a replacement is refused sooner than this, another would be refused as well. */
const soonMilliseconds = 60_000

interface Held extends Issued {
  readonly fetchedAt: number
  /** Was it fetched because the earlier one was refused? */
  readonly replacement: boolean
}

/** The token of one identity: fetched once, however many requests wait for it. */
class TokenSource {
  readonly #identity: Identity
  readonly #around: Surroundings
  #held: Held | undefined
  #fetching: Promise<string> | undefined
  #replacing = false
  /** A refused password is not sent again: some services lock the user. */
  #refusal: NoCredentials | undefined

  constructor(identity: Identity, around: Surroundings) {
    this.#identity = identity
    this.#around = around
  }

  /** @throws {NoCredentials} */
  async token(): Promise<string> {
    if (this.#refusal) throw this.#refusal
    if (this.#held && !this.#isEnding(this.#held)) return this.#held.token
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  /** @returns whether it makes sense to fetch another. */
  refused(token: string): boolean {
    const held = this.#held
    if (held?.token !== token) return true
    const soon = this.#now() - held.fetchedAt < soonMilliseconds
    if (held.replacement && soon && !this.#isEnding(held)) return false
    this.#held = undefined
    this.#replacing = true
    return true
  }

  async #fetch(): Promise<string> {
    const { wire, requestMilliseconds, learn } = this.#around
    try {
      const issued = await askForToken(this.#identity, wire, requestMilliseconds, learn)
      this.#held = { ...issued, fetchedAt: this.#now(), replacement: this.#replacing }
      this.#replacing = false
      return issued.token
    } catch (error) {
      if (error instanceof NoCredentials && !error.passing) this.#refusal = error
      else if (this.#held && !this.#isOver(this.#held)) return this.#held.token
      throw error
    }
  }

  #isEnding(held: Held): boolean {
    const { lifeMilliseconds = Infinity } = held
    return this.#isOver(held, Math.min(margin.mostMilliseconds, lifeMilliseconds * margin.share))
  }

  #isOver({ lifeMilliseconds = Infinity, fetchedAt }: Held, spare = 0): boolean {
    return this.#now() - fetchedAt >= lifeMilliseconds - spare
  }

  #now(): number {
    return (this.#around.now ?? (() => performance.now()))()
  }
}

/** Ends only this wait when the signal aborts; the fetch itself continues for other requests. */
async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = withReject()
  const stop = () => reject(signal.reason as Error)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** `Promise.withResolvers` does not exist in Node.js 20. */
function withReject(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = ignore
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  return { promise, reject }
}

function ignore(): void {}
