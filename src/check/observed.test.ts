import { expect, test } from 'vitest'
import { Unarranged } from '../model.ts'
import { Observed } from './observed.ts'

const refused = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))
const unarranged = () => Promise.reject(new Unarranged('It cannot listen.'))
const never = () => Promise.reject(new Error('It was done again.'))

test('a replay has what was observed, in the order in which it was begun, and does nothing', async () => {
  const first = new Observed()
  let later: ((value: number) => void) | undefined
  const late = first.observe(() => new Promise<number>((resolve) => (later = resolve)))
  expect(await first.observe(() => Promise.resolve({ server: 2 }))).toEqual({ server: 2 })
  later?.(1)
  expect(await late).toBe(1)
  await expect(first.observe(refused)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await expect(first.observe(unarranged)).rejects.toThrow('It cannot listen.')
  const again = new Observed(first.written)
  expect([await again.observe(never), await again.observe(never)]).toEqual([1, { server: 2 }])
  await expect(again.observe(never)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await expect(again.observe(never)).rejects.toThrow(Unarranged)
  await expect(again.observe(never)).rejects.toThrow(/not in the evidence/)
})

const cookie = () => Promise.resolve({ setCookies: ['a=canary'] })
const redact = (text: string) => text.replaceAll('canary', '[redacted]')

test('no secret is written down', async () => {
  const observed = new Observed()
  expect(await observed.observe(cookie, redact)).toEqual({ setCookies: ['a=canary'] })
  expect(observed.written).toEqual(['{"value":{"setCookies":["a=[redacted]"]}}'])
})

test.each(['', 'null', '7', '{', '{"value"'])(
  'what is no observation is none: %j',
  async (text) => {
    const observed = new Observed([text])
    await expect(observed.observe(() => Promise.resolve(1))).rejects.toThrow(Unarranged)
  },
)
