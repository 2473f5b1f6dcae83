/** Few combinations of many choices that contain every pair of choices: each two readings on one server. */

import { together, type Variant } from './mutant.ts'

/** One question and its answers; `undefined` is the answer of the reference. */
type Factor<Choice> = readonly (Choice | undefined)[]

/** Two choices of different factors, by their places. */
type Pair = readonly [factor: number, choice: number, otherFactor: number, otherChoice: number]

/**
 * Variants with several readings, so that any two that do not exclude each other are in one of them.
 *
 * @param variants - In the order in which they change a server.
 * @param exclusive - Ids of variants that answer the same question: they are never combined.
 */
export function combined<Store>(
  variants: readonly Variant<Store>[],
  exclusive: readonly (readonly string[])[],
): Variant<Store>[] {
  const inOrder = (row: readonly Variant<Store>[]) =>
    row.toSorted((one, other) => variants.indexOf(one) - variants.indexOf(other))
  const rows = allPairs(factorsOf(variants, exclusive)).map((row) => inOrder(row))
  return rows.map((row, index) => ({
    id: `readings-together-${index + 1}`,
    allowedBy: `Each alone: ${row.map(({ id }) => id).join(', ')}.`,
    unasked: [...new Set(row.flatMap(({ unasked = [] }) => unasked))],
    parts: row.map(({ id }) => id),
    change: together(...row.map(({ change }) => change)),
  }))
}

function factorsOf<Store>(
  variants: readonly Variant<Store>[],
  exclusive: readonly (readonly string[])[],
): Factor<Variant<Store>>[] {
  const named = (id: string): Variant<Store> => {
    const found = variants.find((variant) => variant.id === id)
    if (found) return found
    throw new Error(`There is no variant ${id}, so none can exclude it.`)
  }
  const grouped = new Set(exclusive.flat())
  const free = variants.filter(({ id }) => !grouped.has(id))
  return [...exclusive.map((ids) => ids.map(named)), ...free.map((one) => [one])].map((ways) => [
    undefined,
    ...ways,
  ])
}

/** Rows of choices, one of each factor; any two choices of different factors are in one of them. */
export function allPairs<Choice>(factors: readonly Factor<Choice>[]): Choice[][] {
  const open = new Set(pairsOf(factors).map((pair) => keyOf(pair)))
  const rows: Choice[][] = []
  for (const pair of pairsOf(factors)) {
    if (!open.has(keyOf(pair))) continue
    const row = rowAround(pair, factors, open)
    for (const met of metIn(row)) open.delete(keyOf(met))
    rows.push(chosen(row, factors))
  }
  return rows
}

function pairsOf<Choice>(factors: readonly Factor<Choice>[]): Pair[] {
  return factors.flatMap((ways, factor) =>
    factors
      .slice(factor + 1)
      .flatMap((others, offset) =>
        ways.flatMap((_way, choice) =>
          others.map((_other, other): Pair => [factor, choice, factor + 1 + offset, other]),
        ),
      ),
  )
}

/** A row with this pair; each other factor takes the choice that adds most pairs that are still missing. */
function rowAround<Choice>(
  [factor, choice, otherFactor, otherChoice]: Pair,
  factors: readonly Factor<Choice>[],
  open: ReadonlySet<string>,
): Map<number, number> {
  const row = new Map([
    [factor, choice],
    [otherFactor, otherChoice],
  ])
  for (const [index, ways] of factors.entries()) {
    if (row.has(index)) continue
    const gains = ways.map(
      (_way, way) => metBy(index, way, row).filter((met) => open.has(met)).length,
    )
    row.set(index, gains.lastIndexOf(Math.max(...gains)))
  }
  return row
}

/** The pairs that a choice would add to an incomplete row. */
function metBy(factor: number, choice: number, row: ReadonlyMap<number, number>): string[] {
  return [...row].map(([other, otherChoice]) =>
    keyOf(
      other < factor ? [other, otherChoice, factor, choice] : [factor, choice, other, otherChoice],
    ),
  )
}

function metIn(row: ReadonlyMap<number, number>): Pair[] {
  return [...row].flatMap(([factor, choice]) =>
    [...row]
      .filter(([other]) => factor < other)
      .map(([other, otherChoice]): Pair => [factor, choice, other, otherChoice]),
  )
}

/** In the order of the factors. */
function chosen<Choice>(
  row: ReadonlyMap<number, number>,
  factors: readonly Factor<Choice>[],
): Choice[] {
  return factors
    .map((ways, factor) => ways[row.get(factor) ?? 0])
    .filter((choice) => choice !== undefined)
}

function keyOf(pair: Pair): string {
  return pair.join()
}
