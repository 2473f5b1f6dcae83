import type * as Dgram from 'node:dgram'
import { afterEach, expect, test, vi } from 'vitest'
import { startBackend } from './backend.ts'

const { inUse } = vi.hoisted(() => ({ inUse: { times: 0 } }))

/** As many of the next sockets as `inUse` says find their port in use, like one that another program has for UDP. */
vi.mock('node:dgram', async (original) => {
  const dgram = await original<typeof Dgram>()
  const createSocket = (type: Dgram.SocketType) => {
    const socket = dgram.createSocket(type)
    if (inUse.times === 0) return socket
    inUse.times -= 1
    const error = Object.assign(new Error('bind EADDRINUSE'), { code: 'EADDRINUSE' })
    socket.bind = () => {
      setImmediate(() => socket.emit('error', error))
      return socket
    }
    return socket
  }
  return { ...dgram, createSocket }
})

afterEach(() => void (inUse.times = 0))

test('where the port is free for TCP and in use for UDP, another one is taken', async () => {
  inUse.times = 3
  const backend = await startBackend('127.0.0.1')
  expect(inUse.times).toBe(0)
  expect(backend.port).toBeGreaterThan(0)
  await backend.close()
})

test('it does not try for ever, and a port that was named is tried once', async () => {
  inUse.times = 100
  await expect(startBackend('127.0.0.1')).rejects.toThrow('EADDRINUSE')
  expect(inUse.times).toBe(90)
  const free = await portThatIsFree()
  await expect(startBackend('127.0.0.1', free)).rejects.toThrow('EADDRINUSE')
  expect(inUse.times).toBe(89)
})

async function portThatIsFree(): Promise<number> {
  const before = inUse.times
  inUse.times = 0
  const backend = await startBackend('127.0.0.1')
  await backend.close()
  inUse.times = before
  return backend.port
}
