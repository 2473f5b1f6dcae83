/** Carries UDP: what comes from one address and port goes to one backend server while it comes. */

import { createSocket, type Socket } from 'node:dgram'
import type { LivePool } from './pool.ts'
import type { Listener } from './streams.ts'

const flowMilliseconds = 30_000

interface Flow {
  readonly upstream: Socket
  readonly server: { readonly address: string; readonly port: number }
  timer: NodeJS.Timeout
}

/** @throws the error of `bind`. */
export async function carryDatagrams(
  address: string,
  port: number,
  pool: LivePool,
): Promise<Listener> {
  const front = createSocket('udp4')
  const flows = new Map<string, Flow>()
  const end = (name: string) => {
    const flow = flows.get(name)
    if (!flow) return
    clearTimeout(flow.timer)
    flow.upstream.close()
    flows.delete(name)
  }
  front.on('error', () => undefined)
  front.on('message', (message, { address: from, port: fromPort }) => {
    const name = `${from} ${fromPort}`
    const flow = flows.get(name) ?? open(name, from, fromPort)
    if (!flow) return
    flow.timer.refresh()
    flow.upstream.send(message, flow.server.port, flow.server.address, () => undefined)
  })
  const open = (name: string, from: string, fromPort: number): Flow | undefined => {
    const routed = pool.route({ address: from, port: fromPort, protocol: 'UDP', cookies: {} })
    if (!routed) return undefined
    const { server } = routed
    const upstream = createSocket('udp4')
    upstream.on('error', () => end(name)).unref()
    upstream.on('message', (message) => front.send(message, fromPort, from, () => undefined))
    const ended = pool.opened({ server, protocol: 'UDP', end: () => end(name) })
    upstream.on('close', ended)
    const timer = setTimeout(() => end(name), flowMilliseconds).unref()
    const flow = { upstream, server, timer }
    flows.set(name, flow)
    return flow
  }
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject).bind(port, address, resolve)
  })
  front.unref()
  return {
    close: async () => {
      for (const name of flows.keys()) end(name)
      await new Promise<void>((resolve) => {
        front.close(() => resolve())
      })
    },
  }
}
