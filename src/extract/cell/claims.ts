/** Which parts of a sentence were understood, so that the rest can be examined. */

/** Stands for what was taken, so that the words around it do not grow together. */
const TAKEN = ' ¦ '

/** Words that only say again, or by example, what stands before them. */
const EXPLANATION =
  /[,(]? ?\b(?:indicating|which indicates|which means|that is,|for example,?|such as|e\.g\.|i\.e\.)[^;]*$/i

export class Claims {
  readonly #text: string
  readonly #spans: (readonly [from: number, to: number])[] = []
  #ruled = false

  constructor(text: string) {
    this.#text = text
  }

  /**
   * Takes characters; taking them twice does no harm.
   *
   * @param aside - The sentence states no rule by that.
   */
  take(from: number, to: number = this.#text.length, aside = false): void {
    this.#spans.push([from, to])
    this.#ruled ||= !aside
  }

  /** What was taken states a rule: the sentence does more than describe. */
  get ruled(): boolean {
    return this.#ruled
  }

  get any(): boolean {
    return this.#spans.length > 0
  }

  /** What was not taken. */
  rest(): string {
    const parts: string[] = []
    let at = 0
    for (const [from, to] of this.#spans.toSorted(([one], [other]) => one - other)) {
      if (from > at) parts.push(this.#text.slice(at, from))
      at = Math.max(at, to)
    }
    return [...parts, this.#text.slice(at)].join(TAKEN)
  }
}

/** A sentence without its explanation, and the explanation. */
export function explained(text: string): { readonly said: string; readonly explanation: string } {
  const at = EXPLANATION.exec(text)?.index ?? text.length
  return { said: text.slice(0, at), explanation: text.slice(at) }
}
