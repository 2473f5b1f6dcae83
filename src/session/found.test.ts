import { expect, test } from 'vitest'
import { Found } from './found.ts'

test('what was seen first counts', () => {
  const found = new Found()
  expect(found.offers('DescribeVServerGroups')).toBeUndefined()
  found.note('DescribeVServerGroups', true)
  found.note('DescribeVServerGroups', false, 'It answered 404.')
  expect(found.offers('DescribeVServerGroups')).toBe(true)
  expect(found.lacking).toEqual([])
})

test('what is not offered is a sentence of the report', () => {
  const found = new Found()
  found.note('XML', false, 'A call with Format=XML was answered in JSON.')
  expect(found.lacking).toEqual(['Not offered: XML. A call with Format=XML was answered in JSON.'])
})

test('a probe is made once, whoever asks', async () => {
  const found = new Found()
  let probes = 0
  const probe = () => Promise.resolve((probes += 1) > 0 ? 'It answered 405.' : undefined)
  const answers = await Promise.all([found.probe('POST', probe), found.probe('POST', probe)])
  expect([...answers, await found.probe('POST', probe)]).toEqual([false, false, false])
  expect(probes).toBe(1)
})

test('a probe that fails is made again', async () => {
  const found = new Found()
  const lost = found.probe('POST', () => Promise.reject(new Error('no answer')))
  await expect(lost).rejects.toThrow('no answer')
  expect(await found.probe('POST', () => Promise.resolve(undefined))).toBe(true)
})

test('how long load balancers settle is learned from those that were waited for', () => {
  const found = new Found()
  expect(found.expectedSettling).toBe(0)
  found.sawSettling(2_300, 1_900)
  expect(found.expectedSettling).toBe(1_900)
  found.sawSettling(1_600, 1_500)
  expect(found.expectedSettling).toBe(1_500)
  found.sawSettling(4_000, 3_900)
  expect(found.expectedSettling).toBe(1_875)
  // It had settled when it was looked at after that time: perhaps long before.
  found.sawSettling(1_700, 0)
  expect(found.expectedSettling).toBe(937.5)
  expect(found.longestSettling).toBe(4_000)
})

test('what may pass by itself is waited for, and no more once that was in vain twice', async () => {
  const found = new Found()
  expect(await found.mayPass('removal', 0)).toBe(true)
  const inVain = 5
  expect(await found.mayPass('removal', inVain)).toBe(false)
  expect(await found.mayPass('removal', 0)).toBe(true)
  expect(await found.mayPass('removal', inVain)).toBe(false)
  expect(await found.mayPass('removal', 0)).toBe(false)
  expect(await found.mayPass('a conflict at members', 0)).toBe(true)
})

test('what is given less time is waited for that long, and what is given more, more often', async () => {
  const found = new Found()
  expect(await found.mayPass('use of a pool', 0, 30)).toBe(true)
  expect(await found.mayPass('use of a pool', 1, 30)).toBe(false)
  expect(await found.mayPass('use of a pool', 5, 3_760)).toBe(true)
  expect(await found.mayPass('a pool', 4, 1_760)).toBe(true)
})
