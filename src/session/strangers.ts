/** What others have put into objects of ours: many services delete it together with them. */

export class Strangers {
  /** What its look showed last, by the key of the object that holds it; and what a list of what hangs on it did. */
  readonly #in = new Map<string, string | undefined>()
  readonly #hanging = new Map<string, string | undefined>()
  readonly #isKnown: (key: string) => boolean

  /** @param isKnown - Has this run made it, or may it put it there? */
  constructor(isKnown: (key: string) => boolean) {
    this.#isKnown = isKnown
  }

  /** @param holds - Keys of all that a look has shown in it. */
  note(key: string, holds: readonly string[]): void {
    this.#in.set(key, this.#among(holds))
  }

  /** @param keys - Of all that a list has shown to hang on it. */
  noteHanging(key: string, keys: readonly string[]): void {
    this.#hanging.set(key, this.#among(keys))
  }

  /** The key of something of theirs in this object, as it was shown last. */
  in(key: string): string | undefined {
    return this.#in.get(key) ?? this.#hanging.get(key)
  }

  #among(keys: readonly string[]): string | undefined {
    return keys.find((one) => !this.#isKnown(one))
  }
}
