/** Tokens that the sessions of one run were given, by an identity service. */

/** What one session is given, all of them mask: a target may repeat what it heard from another. */
export class Tokens {
  readonly #all: Set<string>
  readonly #listeners: ((token: string) => void)[] = []

  /** @param earlier - Those that sessions in another thread were given. */
  constructor(earlier: Iterable<string> = []) {
    this.#all = new Set(earlier)
  }

  get all(): readonly string[] {
    return [...this.#all]
  }

  add(token: string): void {
    this.#all.add(token)
    for (const told of this.#listeners) told(token)
  }

  /** Calls `told` with all that are known, and with each that comes. */
  each(told: (token: string) => void): void {
    this.#all.forEach(told)
    this.#listeners.push(told)
  }
}
