import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../model.ts'
import { newRunId } from './run-names.ts'
import { openSession } from './session.ts'
import { around, noHook, run, target } from './target-for-test.ts'

describe('openSession', () => {
  test('names what a run creates with our prefix, its id and a number of its own', () => {
    const session = openSession(target, run, around)
    expect([session.name('pool'), session.name('pool'), session.name('lb')]).toEqual([
      'poolproof-0a1b2c3d-pool-1',
      'poolproof-0a1b2c3d-pool-2',
      'poolproof-0a1b2c3d-lb-3',
    ])
  })

  test('fills in the limits that the target is silent about', () => {
    const limits = { lanes: 1, requestSeconds: 2.5 }
    const session = openSession({ ...target, limits }, run, around)
    expect(session.limits).toMatchObject({ lanes: 1, requestSeconds: 2.5, settleSeconds: 120 })
    expect(session.connection).toMatchObject({
      requestMilliseconds: 2500,
      patienceMilliseconds: 60_000,
    })
  })

  test('takes what the profile does not mention as offered', () => {
    const { offers } = openSession({ ...target, profile: { udp: false, xml: true } }, run, around)
    expect([offers('udp'), offers('xml'), offers('healthMonitors')]).toEqual([false, true, true])
  })

  test('redacts what the environment held', () => {
    const { connection } = openSession(target, run, around)
    expect(connection.redact('token=canary-token')).toBe('token=[redacted]')
  })

  test('does not begin without its secrets', () => {
    expect(() => openSession(target, run, { ...around, environment: {} })).toThrow(UsageError)
  })

  test('has a hook only where there is one', async () => {
    expect(openSession(target, run, around)).not.toHaveProperty('setProvisioningStatus')
    const hooks = { setProvisioningStatus: 'false' }
    const session = openSession({ ...target, hooks }, run, {
      ...around,
      setProvisioningStatus: noHook,
    })
    await expect(session.setProvisioningStatus?.('lb-1', 'ERROR')).resolves.toBeUndefined()
  })

  test('lets the first request go at once, and none wait beyond the end of the run', async () => {
    const controller = new AbortController()
    const slow = { ...target, limits: { requestsPerSecond: 0.001 } }
    const { connection } = openSession(slow, run, around)
    await connection.pace()
    const second = connection.pace(controller.signal)
    controller.abort()
    await expect(second).resolves.toBeUndefined()
  })

  test('lets clean-up go soon, however many were waiting when they gave up', async () => {
    const controller = new AbortController()
    const slow = { ...target, limits: { requestsPerSecond: 2 } }
    const { connection } = openSession(slow, run, around)
    const waiting = Array.from({ length: 2_000 }, () => connection.pace(controller.signal))
    controller.abort()
    await Promise.all(waiting)
    const sooner = await Promise.race([
      connection.pace().then(() => 'gone'),
      pause(60_000, 'waits', { ref: false }),
    ])
    expect(sooner).toBe('gone')
  })
})

test('newRunId is eight hexadecimal digits, almost always different', () => {
  const ids = Array.from({ length: 50 }, () => newRunId())
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}$/)
  expect(new Set(ids).size).toBeGreaterThan(45)
})
