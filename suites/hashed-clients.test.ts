/** The baseline of what a hash of source addresses does: it is not taken from traffic that follows late. */

import { expect, test } from 'vitest'
import type { Answered, Asking, Road } from '../fixtures/traffic/road.ts'
import { assertHashed, hashedClients } from '../fixtures/traffic/shares.ts'

/** A way to two servers, and how many connections were made. @param serverOf - By the number of the connection. */
function road(serverOf: (client: number, connection: number) => number) {
  let connections = 0
  const way: Partial<Road> = {
    clients: 40,
    settle: 8,
    servers: [1, 2].map((number) => ({ number })) as unknown as Road['servers'],
    pause: () => Promise.resolve(),
    ask: ({ client = 0 }: Asking = {}): Promise<Answered> => {
      connections += 1
      const server = serverOf(client, connections)
      return Promise.resolve({ server, connection: connections, setCookies: [] })
    },
  }
  return { way: way as Road, connections: () => connections }
}

const inTurn = (_client: number, connection: number) => 1 + (connection % 2)

test('clients that go to both servers, and each always to the same, are hashed', async () => {
  const { way, connections } = road((client) => 1 + (client % 2))
  await expect(assertHashed(way)).resolves.toBeUndefined()
  expect(connections()).toBe(2 * hashedClients)
})

test('round robin that has not ended yet is not taken for a hash', async () => {
  const rounds = 2 * hashedClients
  const { way } = road((client, connection) =>
    connection > rounds ? 2 : inTurn(client, connection),
  )
  await expect(assertHashed(way)).rejects.toThrow('already go to one server')
})

test('one that never ends leaves the question open', async () => {
  const { way } = road(inTurn)
  await expect(assertHashed(way)).rejects.toMatchObject({
    name: 'Unarranged',
    message: expect.stringMatching(
      /^Under SOURCE_IP, 32 of 32 client addresses went to one server/,
    ),
  })
})
