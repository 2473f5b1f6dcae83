import { describe, expect, test } from 'vitest'
import { NoAnswer } from '../model.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { exchange } from './exchange.ts'
import { asking, connected, list, remove } from './loopback-connection.ts'
import { systemClock } from './retry.ts'

describe('the end of the run', () => {
  test('ends a request in progress', async () => {
    const controller = new AbortController()
    const { endpoint } = await httpLoopback(() => controller.abort())
    const connection = connected(endpoint, { over: controller.signal })
    const { error, evidence } = await asking(connection, list)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toContain('the time limit of the run was reached')
    expect(evidence).toHaveLength(1)
  })

  test('is reported with the reason that was given', async () => {
    const controller = new AbortController()
    const { endpoint } = await httpLoopback(() => controller.abort(new Error('somebody came')))
    const { error } = await asking(connected(endpoint, { over: controller.signal }), list)
    expect(String(error)).toMatch(/The run ended before \S+ had answered GET/)
    expect(String(error)).toContain('somebody came')
  })

  test('ends a wait between two attempts', async () => {
    const controller = new AbortController()
    const server = await httpLoopback((response) => {
      response.on('finish', () => setTimeout(() => controller.abort(), 30))
      response.writeHead(503, { 'Retry-After': '60' }).end()
    })
    const connection = connected(server.endpoint, {
      over: controller.signal,
      patienceMilliseconds: 600_000,
      clock: systemClock,
    })
    const { error, evidence } = await asking(connection, list)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toContain('the time limit of the run was reached')
    expect(evidence).toHaveLength(1)
    expect(server.arrived).toHaveLength(1)
  })

  test('does not end clean-up, which has its own time limit', async () => {
    const server = await httpLoopback((response) => response.writeHead(204).end())
    const over = AbortSignal.abort()
    const late = connected(server.endpoint, { over })
    expect((await exchange(late, 'clean-up', remove)).status).toBe(204)
    const ended = connected(server.endpoint, { over, end: AbortSignal.abort() })
    await expect(exchange(ended, 'clean-up', remove)).rejects.toThrow(NoAnswer)
  })

  test('leaves a write in progress some time to answer', async () => {
    const controller = new AbortController()
    const { endpoint } = await httpLoopback((response) => {
      controller.abort()
      setTimeout(() => response.writeHead(204).end(), 30)
    })
    const over = controller.signal
    const late = connected(endpoint, { over, late: new AbortController().signal })
    expect((await exchange(late, 'ask', remove)).status).toBe(204)
    const cut = connected(endpoint, { late: AbortSignal.timeout(10) })
    await expect(exchange(cut, 'ask', remove)).rejects.toThrow(
      'the time limit of the run was reached',
    )
  })

  test('stops every further request', async () => {
    const server = await httpLoopback((response) => json(response, 200, {}))
    let notes = 0
    const note = () => {
      notes += 1
      return () => undefined
    }
    const connection = connected(server.endpoint, { over: AbortSignal.abort(), note })
    expect((await asking(connection, list)).error).toBeInstanceOf(NoAnswer)
    expect([server.arrived, notes]).toEqual([[], 0])
  })
})
