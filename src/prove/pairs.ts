/** Two faults at once: one must not hide the other. A seeded sample, each pair of one dialect. */

import type { Fault } from './specimen.ts'

export type Pair = readonly [Fault, Fault]

/**
 * Pairs of different faults of one dialect, none twice, in an order that the seed decides.
 *
 * Ends when it has drawn as many pairs as there are, or finds no new one for a long time.
 */
export function* pairsOf(faults: readonly Fault[], seed: number): Generator<Pair> {
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

/** Numbers from 0 to below 1 that look random: mulberry32. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
