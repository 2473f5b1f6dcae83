/** A way on which nothing is ever answered, as behind a firewall that drops what it does not let through. */

import { expect, test } from 'vitest'
import { askMany, everyServerAnswers } from '../fixtures/traffic/looks.ts'
import type { Answered, Road } from '../fixtures/traffic/road.ts'
import { bind, spreadOf } from '../fixtures/traffic/stickiness.ts'

/** @param nobody - Why a connection is not answered; by its number, from 1. */
function road(nobody: (connection: number) => string | undefined) {
  let connections = 0
  const way: Partial<Road> = {
    clients: 40,
    settle: 8,
    entry: { address: '192.0.2.1', port: 80, protocol: 'TCP' },
    servers: [1, 2, 3].map((number) => ({ number })) as unknown as Road['servers'],
    pause: () => Promise.resolve(),
    ask: (): Promise<Answered> => {
      connections += 1
      const why = nobody(connections)
      const silent = { server: 0, connection: 0, setCookies: [] }
      if (why !== undefined) return Promise.resolve({ ...silent, nobody: why })
      return Promise.resolve({ ...silent, server: 1, connection: connections })
    },
  }
  return { way: way as Road, connections: () => connections }
}

const silence = 'no answer in time'

test('a look ends early where nothing is answered in time, and says so', async () => {
  const { way, connections } = road(() => silence)
  await expect(everyServerAnswers(way)).rejects.toThrow(`nobody 64 (${silence})`)
  // Four looks; each connection takes ten seconds, eight at a time.
  expect(connections()).toBe(4 * 16)
})

test('so does one of a single client, and one of clients that are to be bound', async () => {
  const single = road(() => silence)
  await expect(spreadOf(single.way)).rejects.toThrow('Only 0 of 16')
  const bound = road(() => silence)
  await expect(bind(bound.way, { byAddress: true })).rejects.toThrow('None of 16')
})

test('what is refused, or answered once, is asked to the end', async () => {
  const refused = road(() => 'ECONNREFUSED')
  await expect(askMany(refused.way, 80)).resolves.toHaveLength(80)
  const once = road((connection) => (connection === 3 ? undefined : silence))
  await expect(askMany(once.way, 80)).resolves.toHaveLength(80)
})
