/** Finds which parts of a text also occur in one of many secrets, in linear time. */

const firstBase = 0x01000193
const secondBase = 0x5bd1e995

function hashOf(codes: Uint16Array, from: number, to: number, base: number): number {
  let hash = 0
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, base) + codes[at]!) | 0
  return hash
}

/** What the character that leaves a window of this length counts in its hash. */
function power(base: number, length: number): number {
  let product = 1
  for (let times = 0; times < length; times += 1) product = Math.imul(product, base)
  return product
}

/** The hash of the window one character further on. */
function rolled(hash: number, base: number, leaving: number, gone: number, come: number): number {
  return (Math.imul(hash, base) + come - Math.imul(gone, leaving)) | 0
}

/** A set of parts, by two hashes each: 64 bits, so that no part is found by chance. */
class PartSet {
  #slots = new Int32Array(256)
  #size = 0

  has(first: number, second: number): boolean {
    const at = this.#find(first, second)
    return this.#slots[at] !== 0 || this.#slots[at + 1] !== 0
  }

  add(first: number, second: number): void {
    if (this.#size * 4 >= this.#slots.length) this.#grow()
    const at = this.#find(first, second)
    if (this.#slots[at] === 0 && this.#slots[at + 1] === 0) this.#size += 1
    this.#slots[at] = first
    this.#slots[at + 1] = second
  }

  /** Where the pair is, or the free place where it belongs: even, with the second hash behind it. */
  #find(first: number, second: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (Math.imul(first ^ (second >>> 11), 0x2c1b3c6d) >>> 7) & mask & ~1
    while (
      (slots[at] !== 0 || slots[at + 1] !== 0) &&
      (slots[at] !== first || slots[at + 1] !== second)
    ) {
      at = (at + 2) & mask
    }
    return at
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 4)
    this.#size = 0
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] !== 0 || old[at + 1] !== 0) this.add(old[at]!, old[at + 1]!)
    }
  }
}

/** So many characters at the beginning of a part are looked up first. */
const window = 6

const leaving = power(firstBase, window)

/** The parts of secrets, of one or several lengths. */
export class PartIndex {
  /** Two bits for the beginning of each part: says no for almost everything else, and fits a cache. */
  #bits = new Int32Array(1024)
  #shift = 22
  #beginnings = new Int32Array(256)
  #count = 0
  readonly #byLength = new Map<number, PartSet>()
  /** Are there parts shorter than `window`? Then every place has to be looked up. */
  #hasShort = false

  get isEmpty(): boolean {
    return this.#byLength.size === 0
  }

  /**
   * Adds the parts of this length; nothing when the whole is shorter.
   *
   * @param step - From the beginning of one part to the next. The last part is always added.
   */
  add(codes: Uint16Array, length: number, step = 1): void {
    if (codes.length < length) return
    const set = this.#byLength.get(length) ?? new PartSet()
    this.#byLength.set(length, set)
    this.#hasShort ||= length < window
    let first = hashOf(codes, 0, length, firstBase)
    let second = hashOf(codes, 0, length, secondBase)
    const firstLeaving = power(firstBase, length)
    const secondLeaving = power(secondBase, length)
    for (let from = 0, to = length; ; from += 1, to += 1) {
      const isLast = to === codes.length
      if (isLast || from % step === 0) {
        set.add(first, second)
        if (length >= window) this.#addBeginning(hashOf(codes, from, from + window, firstBase))
      }
      if (isLast) return
      first = rolled(first, firstBase, firstLeaving, codes[from]!, codes[to]!)
      second = rolled(second, secondBase, secondLeaving, codes[from]!, codes[to]!)
    }
  }

  /** May a part begin here? @param hash - Of the next `window` characters. */
  mayBegin(hash: number): boolean {
    const word = this.#bits[Math.imul(hash, 0x9e3779b1) >>> this.#shift]!
    return this.#hasShort || ((word >>> (hash & 31)) & (word >>> ((hash >>> 5) & 31)) & 1) !== 0
  }

  /** The length of the longest part that begins at a place; 0 when none does. */
  longestAt(codes: Uint16Array, from: number, end: number): number {
    let longest = 0
    for (const [length, set] of this.#byLength) {
      const to = from + length
      if (to > end || length <= longest) continue
      const first = hashOf(codes, from, to, firstBase)
      if (set.has(first, hashOf(codes, from, to, secondBase))) longest = length
    }
    return longest
  }

  #addBeginning(hash: number): void {
    if (this.#count === this.#beginnings.length) this.#grow()
    this.#beginnings[this.#count] = hash
    this.#count += 1
    this.#set(hash)
  }

  #set(hash: number): void {
    const word = Math.imul(hash, 0x9e3779b1) >>> this.#shift
    this.#bits[word] = this.#bits[word]! | (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31))
  }

  #grow(): void {
    const old = this.#beginnings
    this.#beginnings = new Int32Array(old.length * 4)
    this.#beginnings.set(old)
    this.#bits = new Int32Array(this.#bits.length * 4)
    this.#shift -= 2
    for (let at = 0; at < this.#count; at += 1) this.#set(old[at]!)
  }
}

/**
 * Calls `found` for every place where a part of a secret begins, with the end of the longest.
 *
 * Takes a constant number of steps for each character, whatever the text is.
 *
 * @param length - How many of `codes` belong to the text.
 */
export function eachPart(
  indexes: readonly PartIndex[],
  codes: Uint16Array,
  length: number,
  found: (from: number, to: number) => void,
): void {
  let hash = hashOf(codes, 0, Math.min(window, length), firstBase)
  for (let from = 0; from < length; from += 1) {
    for (const index of indexes) {
      if (!index.mayBegin(hash)) continue
      const longest = index.longestAt(codes, from, length)
      if (longest > 0) found(from, from + longest)
    }
    const come = from + window < length ? codes[from + window]! : 0
    hash = rolled(hash, firstBase, leaving, codes[from]!, come)
  }
}
