import { expect, test } from 'vitest'
import { misfits } from './fit.ts'
import { rowsOf, type Row } from './row.ts'

const whole = rowsOf('update-pool', 'response').find(
  ({ path, keyword }) => path.length === 0 && keyword === 'type',
) as Row

test('an answer without a body is reported as not an object', () => {
  expect(misfits(whole, undefined)).toEqual(['no body'])
})

test('an answer that is an object fits, and one that is a list does not', () => {
  expect(misfits(whole, { pool: {} })).toEqual([])
  expect(misfits(whole, [1])).toEqual(['[1]'])
})
