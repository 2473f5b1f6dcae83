import { expect, test } from 'vitest'
import { sendOddRequests } from './odd-requests.ts'

const count = 10_000
const megabyte = 1024 * 1024

test.each(['elb', 'slb'] as const)(
  '%s: 10,000 odd requests leave nothing behind',
  async (dialect) => {
    const started = performance.now()
    const { sent, answered, heap, status } = await sendOddRequests(dialect, count)
    const megabytes = heap.map((bytes) => Math.round(bytes / megabyte))
    const seconds = Math.round((performance.now() - started) / 1000)
    console.log(
      `${dialect}: ${sent} sent, ${answered} answered, ${seconds} s; MB in use: ${megabytes.join(' ')}`,
    )
    expect(status).toBe(dialect === 'elb' ? 200 : 400)
    expect((heap.at(-1) ?? 0) - (heap[1] ?? 0)).toBeLessThan(8 * megabyte)
  },
)
