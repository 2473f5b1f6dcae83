/** What others have put into objects of ours: many services delete it together with them. */

export class Strangers {
  /** What was shown last, by the key of the object that holds it. */
  readonly #in = new Map<string, string | undefined>()
  readonly #isKnown: (key: string) => boolean

  /** @param isKnown - Has this run made it, or may it put it there? */
  constructor(isKnown: (key: string) => boolean) {
    this.#isKnown = isKnown
  }

  /** @param holds - Keys of all that a look has shown in it. */
  note(key: string, holds: readonly string[]): void {
    this.#in.set(
      key,
      holds.find((one) => !this.#isKnown(one)),
    )
  }

  /** The key of something of theirs in this object, as it was shown last. */
  in(key: string): string | undefined {
    return this.#in.get(key)
  }
}
