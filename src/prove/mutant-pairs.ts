/** Pairs of mutants of one dialect, drawn by a seed: in one server, one must not hide the other. */

import type { MutantInfo } from './known-servers.ts'

export type Pair = readonly [MutantInfo, MutantInfo]

/**
 * Pairs of different mutants of one dialect, each at most once, in an order that the seed decides.
 *
 * Ends when 1000 draws in a row give no new pair.
 */
export function* pairsOf(faults: readonly MutantInfo[], seed: number): Generator<Pair> {
  const random = sequence(seed)
  const drawn = new Set<string>()
  for (let misses = 0; misses < 1000; misses += 1) {
    const one = faults[Math.floor(random() * faults.length)]
    const others = faults.filter(({ dialect, id }) => dialect === one?.dialect && id !== one.id)
    const other = others[Math.floor(random() * others.length)]
    if (!one || !other) return
    const key = [one.id, other.id].toSorted().join(' ')
    if (drawn.has(key)) continue
    drawn.add(key)
    misses = 0
    yield [one, other]
  }
}

/** Pseudo-random numbers, at least 0 and below 1: mulberry32. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
