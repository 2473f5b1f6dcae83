import { expect, test } from 'vitest'
import { drawnPairs, resultOf } from './mutant-pairs.ts'

/** How many pairs: `PAIRS=1000 SEED=7 npm run bench:pairs`. */
const many = Number(process.env['PAIRS'] ?? 200)
const seed = Number(process.env['SEED'] ?? 1)

test('compare and merge miss and invent no difference', { timeout: 3_600_000 }, async () => {
  const wrong: string[] = []
  let real = 0
  for (const pair of drawnPairs(many, seed)) {
    const result = await resultOf(pair)
    real += result.real
    wrong.push(...result.wrong)
  }
  console.log(`${many} pairs of mutants, ${real} differences: ${wrong.length} missed or invented`)
  expect(wrong).toEqual([])
})
