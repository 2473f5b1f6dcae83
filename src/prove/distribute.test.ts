import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { distribute } from './distribute.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A thread that finishes nothing until it is told to. */
function thread(utilization: number) {
  const started: string[] = []
  const ends: (() => void)[] = []
  return {
    started,
    endFirst: () => ends.shift()?.(),
    utilization: () => utilization,
    run: (work: string) =>
      new Promise<string>((resolve) => {
        started.push(work)
        ends.push(() => resolve(work))
      }),
  }
}

const works = Array.from({ length: 12 }, (_, index) => `${index + 1}`)

test('each thread is given a few works, in their order, and another as soon as one has ended', async () => {
  const [one, other] = [thread(1), thread(1)]
  const { run, end } = distribute([one, other], { few: 2, most: 4 })
  const first = works.map((work) => run(work))[0]
  await vi.advanceTimersByTimeAsync(1_000)
  expect([one.started, other.started]).toEqual([
    ['1', '3'],
    ['2', '4'],
  ])
  one.endFirst()
  expect(await first).toBe('1')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(one.started).toEqual(['1', '3', '5'])
  end()
})

test('what takes long is begun before the others', async () => {
  const one = thread(1)
  const { run, end } = distribute([one], { few: 1, most: 1 })
  for (const work of ['1', '2']) void run(work)
  void run('long', true)
  for (let ended = 0; ended < 3; ended += 1) {
    one.endFirst()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(one.started).toEqual(['1', 'long', '2'])
  end()
})

test('a thread that mostly waits is given more, but not without bounds', async () => {
  const [waiting, busy] = [thread(0.1), thread(1)]
  const { run, end } = distribute([waiting, busy], { few: 2, most: 4 })
  for (const work of works) void run(work)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([waiting.started.length, busy.started.length]).toEqual([4, 2])
  end()
})

test('a work that fails makes room for the next', async () => {
  const failing = {
    utilization: () => 1,
    run: (work: string) =>
      work === 'bad' ? Promise.reject(new Error('It failed.')) : Promise.resolve(work),
  }
  const { run, end } = distribute([failing], { few: 1, most: 1 })
  const bad = run('bad')
  const good = run('good')
  await expect(bad).rejects.toThrow('It failed.')
  expect(await good).toBe('good')
  end()
})
