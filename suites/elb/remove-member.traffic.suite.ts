/** What only traffic shows of the removal of a backend server. */

import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { appCookie, httpCookie, sourceIp, type Protocol } from '../../fixtures/elb/bodies.ts'
import type { ElbRoad, RoadPlan } from '../../fixtures/elb/road.ts'
import { allReached, fewTries, followed, noneReaches } from '../../fixtures/traffic/looks.ts'
import {
  assertMaintained,
  assertSteady,
  inWords,
  openToEach,
  othersEnded,
  response,
  stream,
  watched,
  watchedAgain,
} from '../../fixtures/traffic/open-connections.ts'
import { askingOf, clientsAreBound, type BoundBy } from '../../fixtures/traffic/stickiness.ts'
import { assertAccepted, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { Unarranged, type Feature } from '../../src/model.ts'
import { keptAlive } from '../../src/traffic/connections.ts'

const constraints = 'Removing a Backend Server › Constraints'
const lent = ['traffic'] as const

const kinds: readonly {
  readonly protocol: Protocol
  readonly id: string
  readonly what: string
  readonly needs?: readonly Feature[]
}[] = [
  { protocol: 'TCP', id: 'new-connections', what: 'new connections' },
  { protocol: 'HTTP', id: 'new-requests', what: 'new connections for HTTP requests' },
  { protocol: 'UDP', id: 'new-datagrams', what: 'datagrams of new senders', needs: ['udp'] },
]

const bindings: readonly (BoundBy & { readonly id: string; readonly plan: RoadPlan })[] = [
  {
    id: 'bound-by-address',
    type: 'SOURCE_IP',
    plan: { protocol: 'TCP', pool: { session_persistence: sourceIp } },
  },
  {
    id: 'bound-by-http-cookie',
    type: 'HTTP_COOKIE',
    plan: { protocol: 'HTTP', pool: { session_persistence: httpCookie } },
  },
  {
    id: 'bound-by-app-cookie',
    type: 'APP_COOKIE',
    cookieName: appCookie.cookie_name,
    plan: { protocol: 'HTTP', pool: { session_persistence: appCookie } },
  },
]

export const removeMemberTraffic: readonly Entry[] = [
  ...kinds.map(({ protocol, id, what, needs = [] }) =>
    check(
      {
        id: `elb/remove-member/${id}`,
        level: 'must',
        text: `A backend server gets no ${what} after its removal.`,
        source: constraints,
        needs,
        lent,
      },
      async (elb) => {
        const road = await elb.road({ protocol })
        const removed = await removeFirst(elb, road)
        await noneReaches(road, removed, road.before)
      },
    ),
  ),

  check(
    {
      id: 'elb/remove-member/new-connections-by-source-hash',
      level: 'must',
      text: 'Under the algorithm SOURCE_IP, too, a removed backend server gets no new connections.',
      source: constraints,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP', pool: { lb_algorithm: 'SOURCE_IP' } })
      const removed = await removeFirst(elb, road)
      await noneReaches(road, removed, road.before)
    },
  ),

  ...bindings.map(({ id, plan, ...by }) =>
    check(
      {
        id: `elb/remove-member/new-connections-${id}`,
        level: 'must',
        text: `A client that session persistence (${by.type}) binds to a backend server is not sent there after its removal.`,
        source: constraints,
        lent,
      },
      async (elb) => {
        const road = await elb.road(plan)
        const clients = await clientsAreBound(road, by, fewTries)
        const [bound] = clients
        const index = (bound?.server ?? 1) - 1
        const removed = await removeMember(elb, road, index)
        const asking = (number: number) =>
          askingOf(clients[number % clients.length] ?? bound ?? noClient())
        await noneReaches(road, removed, road.before, { asking })
      },
    ),
  ),

  check(
    {
      id: 'elb/remove-member/others-take-connections',
      level: 'implied',
      text: 'The backend servers that stay take new connections after the removal of another.',
      source: constraints,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP' })
      const beside = await elb.roadBeside(road)
      const removed = await removeFirst(elb, road)
      await followed(road, removed)
      const others = road.servers.filter(({ number }) => number !== removed.number)
      await allReached(road, others, async () => (await beside.ask()).server > 0)
    },
  ),

  check(
    {
      id: 'elb/remove-member/added-again-takes-connections',
      level: 'implied',
      text: 'A backend server that was removed and is added again takes new connections.',
      source: 'Removing a Backend Server › Function',
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP' })
      const removed = await removeFirst(elb, road)
      await noneReaches(road, removed, road.before, { many: fewTries })
      const { address, port: protocol_port } = removed
      await elb.member(road.pool, { address, protocol_port, weight: 1 })
      road.happened(`server ${removed.number} added again`)
      await allReached(road, [removed])
    },
  ),

  check(
    {
      id: 'elb/remove-member/open-connections',
      level: 'must',
      text: 'Open connections continue after the removal of their backend server.',
      source: constraints,
      lent,
    },
    (elb) => openConnectionsLast(elb, 'TCP'),
  ),

  check(
    {
      id: 'elb/remove-member/open-responses',
      level: 'must',
      text: 'An HTTP response that is being sent continues after the removal of its backend server.',
      source: constraints,
      lent,
    },
    (elb) => openConnectionsLast(elb, 'HTTP'),
  ),

  check(
    {
      id: 'elb/remove-member/keep-alive-connections',
      level: 'reading',
      text: 'The page says that long connections are maintained, and not what becomes of one over which the next HTTP request has not been sent.',
      source: constraints,
      readings: {
        maintained:
          'The next request goes to the removed backend server, over the connection that it had.',
        moved:
          'The connection of the client stays, and its next request goes to another backend server.',
        closed:
          'The connection of the client is closed; on a new one, another backend server answers.',
      },
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'HTTP' })
      const kept = keptAlive(road.entry)
      elb.context.onEnd(async () => kept.close())
      const ask = () => road.observe(() => kept.ask({ label: road.label }))
      const first = await ask()
      if ('nobody' in first)
        throw new Unarranged(`The first request was not answered: ${first.nobody}.`)
      const index = road.numberOf(first.server) - 1
      await removeMember(elb, road, index)
      const next = await ask()
      const isReset = 'nobody' in next && next.sameConnection
      const again = isReset ? await ask() : next
      const server = 'nobody' in again ? 0 : road.numberOf(again.server)
      road.note(server, 'kept alive')
      const moved = server > 0 && server !== index + 1
      return readingOf(
        {
          maintained: server === index + 1 && next.sameConnection && !isReset,
          moved: moved && next.sameConnection && !isReset,
          closed: moved && (!next.sameConnection || isReset),
        },
        'nobody' in again
          ? `After the removal, nobody answered the next request of an open client connection, nor one on a new connection: ${again.nobody}.`
          : `The removed server answered a request on a new connection.`,
      )
    },
  ),
]

function noClient(): never {
  throw new Unarranged('No client was bound.')
}

/** Removes the first backend server of a road. */
async function removeFirst(elb: ElbGround, road: ElbRoad) {
  return removeMember(elb, road, 0)
}

async function removeMember(elb: ElbGround, road: ElbRoad, index: number) {
  const [server, member] = [road.servers[index], road.members[index]]
  if (!server || !member) throw new Unarranged(`There is no backend server ${index + 1}.`)
  assertAccepted(await elb.removeMember(road.pool, member))
  road.happened(`server ${server.number} removed`)
  return server
}

/** Connections to every server are held open and watched, twice for as long: before and after the removal of one. */
async function openConnectionsLast(elb: ElbGround, protocol: 'TCP' | 'HTTP'): Promise<void> {
  const { road, removed, ended } = await watchedAgain(() => watchRemoval(elb, protocol))
  assertMaintained(road, ended, removed)
  if (othersEnded(ended, removed)) {
    throw new Unarranged(`Open connections to servers that stay ended, twice: ${inWords(ended)}.`)
  }
}

async function watchRemoval(elb: ElbGround, protocol: 'TCP' | 'HTTP') {
  const road = await elb.road({ protocol })
  const open = protocol === 'TCP' ? stream(road) : response(road)
  const held = await openToEach(road, open, (remove) => elb.context.onEnd(remove))
  await assertSteady(road, held)
  const removed = await removeFirst(elb, road)
  const ended = await watched(road, held)
  return { road, removed, ended }
}
