import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { deadline, firstOf } from './deadline.ts'

describe('a deadline', () => {
  test('aborts at its time limit', async () => {
    const { signal } = deadline(5)
    await pause(40)
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  test('aborts also after garbage collection', async () => {
    const signals = Array.from(
      { length: 50 },
      () => deadline(60, new AbortController().signal).signal,
    )
    for (let round = 0; round < 20; round += 1) {
      // Enough to make the young generation be collected several times.
      Array.from({ length: 50_000 }, (_, index) => ({ index }))
      await pause(1)
    }
    await pause(120)
    expect(signals.filter(({ aborted }) => !aborted)).toEqual([])
  })

  test('aborts together with another signal, with its reason, at once or later', () => {
    const [sooner, later] = [AbortSignal.abort('why'), new AbortController()]
    const [first, second] = [deadline(10_000, sooner), deadline(10_000, later.signal)]
    expect(second.signal.aborted).toBe(false)
    later.abort('because')
    expect([first.signal.reason, second.signal.reason]).toEqual(['why', 'because'])
    first.stop()
    second.stop()
  })

  test('that is stopped never aborts', async () => {
    const other = new AbortController()
    const { signal, stop } = deadline(5, other.signal)
    stop()
    other.abort()
    await pause(20)
    expect(signal.aborted).toBe(false)
  })
})

test('the first of several signals decides', () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const first = firstOf(one.signal, other.signal)
  other.abort('second')
  one.abort('first')
  expect(first.reason).toBe('second')
  expect(firstOf(AbortSignal.abort('before'), one.signal).reason).toBe('before')
})
