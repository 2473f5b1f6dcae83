import { expect, test } from 'vitest'
import { smallest } from './reduce.ts'

const body = { name: 'n', description: 'd', lb_algorithm: 'RANDOM' }

const always = () => Promise.resolve(true)
const withName = (smaller: object) => Promise.resolve('name' in smaller)

test('what has no part in the failure is left out', async () => {
  expect(await smallest(body, ['lb_algorithm'], always)).toEqual({ lb_algorithm: 'RANDOM' })
})

test('what it takes to fail stays', async () => {
  expect(await smallest(body, ['lb_algorithm'], withName)).toEqual({
    name: 'n',
    lb_algorithm: 'RANDOM',
  })
})

test('each field is tried once', async () => {
  const tried: object[] = []
  const never = (smaller: object) => Promise.resolve(tried.push(smaller) < 0)
  expect(await smallest(body, ['lb_algorithm'], never)).toEqual(body)
  expect(tried).toHaveLength(2)
})
