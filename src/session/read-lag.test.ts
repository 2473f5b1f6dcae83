import { describe, expect, test } from 'vitest'
import { ReadLag } from './read-lag.ts'

const settle = 120_000

describe('a look that shows the wrong thing is made again', () => {
  test('for ten seconds where nothing is known', () => {
    expect(new ReadLag(settle).again).toBe(10_000)
  })

  test('for three where a measurement showed every view at once', async () => {
    const reads = new ReadLag(settle)
    await reads.measureOnce(() => Promise.resolve(0))
    expect(reads.again).toBe(3_000)
  })

  test('for ten where the measurement came to nothing', async () => {
    const reads = new ReadLag(settle)
    await reads.measureOnce(() => Promise.reject(new Error('refused')))
    expect(reads.again).toBe(10_000)
  })

  test('for three times the lag where that is longer', async () => {
    const reads = new ReadLag(settle)
    await reads.measureOnce(() => Promise.resolve(5_000))
    expect([reads.again, reads.lateEnough]).toEqual([15_000, 6_020])
  })

  test('for two once four were made again in vain', () => {
    const reads = new ReadLag(settle)
    for (let vain = 0; vain < 4; vain += 1) reads.sawNothing()
    expect(reads.again).toBe(2_000)
  })

  test('never where reads are never late, and nothing is measured there', async () => {
    const reads = new ReadLag(0)
    await reads.measureOnce(() => Promise.reject(new Error('must not be measured')))
    expect(reads.again).toBe(0)
  })
})

describe('a look that took much longer than what was measured', () => {
  test('does not make every look wait, but is looked for', async () => {
    const reads = new ReadLag(settle)
    await reads.measureOnce(() => Promise.resolve(400))
    reads.saw(3_100)
    expect([reads.lateEnough, reads.longest, reads.again]).toEqual([500, 3_100, 10_000])
  })

  test('counts once there is a second of its kind', async () => {
    const reads = new ReadLag(settle)
    await reads.measureOnce(() => Promise.resolve(400))
    for (const seen of [3_000, 2_500]) reads.saw(seen)
    expect(reads.lateEnough).toBe(3_020)
  })

  test('counts at once where nothing was measured: shorter ones may only have begun late', () => {
    const reads = new ReadLag(settle)
    for (const seen of [50, 60, 400]) reads.saw(seen)
    expect(reads.lateEnough).toBe(500)
  })
})

test('a run measures once', async () => {
  const reads = new ReadLag(settle)
  let measured = 0
  const measure = () => Promise.resolve((measured += 1))
  await Promise.all([reads.measureOnce(measure), reads.measureOnce(measure)])
  expect(measured).toBe(1)
})
