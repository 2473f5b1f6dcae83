import { Socket } from 'node:dgram'
import { afterEach, expect, test, vi } from 'vitest'
import { startBackend } from './backend.ts'

afterEach(() => void vi.restoreAllMocks())

function refused(this: Socket): Socket {
  const error = Object.assign(new Error('bind EADDRINUSE'), { code: 'EADDRINUSE' })
  setImmediate(() => this.emit('error', error))
  return this
}

/** So many of the next sockets find their port in use, like one that another program has for UDP. */
function inUse(times: number) {
  const spy = vi.spyOn(Socket.prototype, 'bind')
  for (let one = 0; one < times; one += 1) spy.mockImplementationOnce(refused)
  return spy
}

test('where the port is free for TCP and in use for UDP, another one is taken', async () => {
  const bind = inUse(3)
  const backend = await startBackend('127.0.0.1')
  expect(bind).toHaveBeenCalledTimes(4)
  expect(backend.port).toBeGreaterThan(0)
  await backend.close()
})

test('it does not try for ever, and a port that was named is tried once', async () => {
  const backend = await startBackend('127.0.0.1')
  await backend.close()
  const bind = inUse(100)
  await expect(startBackend('127.0.0.1')).rejects.toThrow('EADDRINUSE')
  expect(bind).toHaveBeenCalledTimes(10)
  await expect(startBackend('127.0.0.1', backend.port)).rejects.toThrow('EADDRINUSE')
  expect(bind).toHaveBeenCalledTimes(11)
})
