/** Tokens that the sessions of one run were given by an identity service, and signatures that they have sent. */

/** As plain data, for another thread. */
export interface Told {
  readonly tokens: readonly string[]
  readonly signatures: readonly string[]
}

/** What one session is given, all of them mask: a target may repeat what it heard from another. */
export class Tokens {
  readonly #all: Set<string>
  readonly #signatures: string[]
  readonly #listeners: ((token: string) => void)[] = []

  /** @param earlier - What sessions in another thread were given and have sent. */
  constructor({ tokens, signatures }: Told = { tokens: [], signatures: [] }) {
    this.#all = new Set(tokens)
    this.#signatures = [...signatures]
  }

  get told(): Told {
    return { tokens: [...this.#all], signatures: [...this.#signatures] }
  }

  add(token: string): void {
    this.#all.add(token)
    for (const told of this.#listeners) told(token)
  }

  /** A session that is opened later masks it. Those that are open have signatures of their own to tell apart. */
  signed(signature: string): void {
    if (this.#signatures.length < mostSignatures) this.#signatures.push(signature)
  }

  /** Calls `told` with all that are known, and with each that comes. */
  each(told: (token: string) => void): void {
    this.#all.forEach(told)
    this.#listeners.push(told)
  }
}

/** Far more than a probe sends. */
const mostSignatures = 100
