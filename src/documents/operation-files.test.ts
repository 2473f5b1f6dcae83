import { expect, test } from 'vitest'
import { operations } from '../model.ts'
import { ofEachOperation } from './operation-files.ts'

const suites = new URL('../../suites/index.ts', import.meta.url).href

test('what each operation has in a place comes in the order of the list', async () => {
  const found = await ofEachOperation<(typeof operations)[number]>(
    suites,
    './{dialect}/{operation}.suite',
  )
  expect(found.map(({ operation }) => operation)).toEqual(
    operations.map(({ operation }) => operation),
  )
})

test('only that of one dialect, where one is named', async () => {
  const found = await ofEachOperation<object>(suites, './{dialect}/{operation}.suite', 'slb')
  expect(found).toHaveLength(operations.filter(({ dialect }) => dialect === 'slb').length)
})

test('an operation without its file is an error that names the file', async () => {
  const lost = ofEachOperation(suites, './{dialect}/{operation}.suites')
  await expect(lost).rejects.toThrow(/update-pool\.suites\.ts/)
})

test('a file without a default export is an error that names the file', async () => {
  const lost = ofEachOperation(import.meta.url, '../reference/{dialect}/behaviour')
  await expect(lost).rejects.toThrow(/elb\/behaviour\.ts has no default export\.$/)
})
