import { describe, expect, test } from 'vitest'
import { derivedFrom } from '../extract/index.ts'
import { ownSchemas, readDocuments } from '../extract/schema/store.ts'
import type { Operation } from '../model.ts'
import { casesOf, omitted } from './cases.ts'
import { drawing } from './draw.ts'
import { fits } from './fit.ts'
import { rowsOf, type Part, type Row } from './row.ts'

const documents = readDocuments(ownSchemas())
const parts: readonly Part[] = ['request', 'response']
const rows = documents.flatMap(({ operation }) =>
  parts.flatMap((part) => rowsOf(operation as Operation, part)),
)
const seeds = [0, 1, 7, 42, 2 ** 31 - 1]

const spell = (_key: string, value: unknown) => (value === omitted ? 'omitted' : value)

/** Cases as they would go over the wire. */
async function written(row: Row, seed: number): Promise<string> {
  const draw = await drawing(seed, row.id)
  return JSON.stringify(casesOf(row, draw, { type: 'HTTP_COOKIE' }), spell)
}

describe('rows', () => {
  test('are those that the schemas derive, by the same ids', () => {
    const derived = documents.flatMap((document) => [...derivedFrom(document)])
    const ofTables = derived.filter(
      ([id, value]) => /\/(?:request|response)\./.test(id) && value !== null,
    )
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ofTables.map(([id]) => id).toSorted())
  })

  test('say which page, section and row they come from', () => {
    expect(rows.filter(({ source }) => source.split(' › ').length < 2)).toEqual([])
  })
})

describe('cases', () => {
  test('of one seed are the same to the byte, whatever was drawn in between', async () => {
    for (const seed of seeds) {
      const first = await Promise.all(rows.map((row) => written(row, seed)))
      const again = await Promise.all(rows.toReversed().map((row) => written(row, seed)))
      expect(again.toReversed()).toEqual(first)
    }
  })

  test('of another seed have other values', async () => {
    const row = rows.find(({ id }) => id === 'elb/update-pool/request.pool.name.max-length')
    if (!row) throw new Error('No such row.')
    expect(await written(row, 1)).not.toBe(await written(row, 2))
  })

  test.each(rows.map((row) => [row.id, row] as const))(
    '%s: what is to be accepted fits the row, and what is to be refused does not',
    async (_id, row) => {
      for (const seed of seeds) {
        const cases = casesOf(row, await drawing(seed, row.id), { type: 'HTTP_COOKIE' })
        const judged = cases.filter(({ value }) => value !== omitted && row.keyword !== 'mandatory')
        const wrong = judged.filter(
          ({ value, follows }) => fits(row, value) !== (follows === 'accepted'),
        )
        expect(wrong).toEqual([])
      }
    },
  )
})
