/** What only traffic shows of both removals. */

import { check, type SlbGround } from '../../../fixtures/slb/ground.ts'
import type { SlbRoad } from '../../../fixtures/slb/road.ts'
import { allReached, fewTries, followed, noneReaches } from '../../../fixtures/traffic/looks.ts'
import {
  assertSteady,
  inWords,
  openToEach,
  othersEnded,
  stream,
  watched,
  watchedAgain,
  type Watched,
} from '../../../fixtures/traffic/open-connections.ts'
import { assertAccepted, readingOf } from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import { Unarranged, type Feature } from '../../../src/model.ts'
import type { TrafficProtocol } from '../../../src/traffic/words.ts'
import type { Removal } from './removal.ts'

const kinds: readonly {
  readonly protocol: TrafficProtocol
  readonly id: string
  readonly text: string
  readonly needs?: readonly Feature[]
}[] = [
  {
    protocol: 'TCP',
    id: 'traffic',
    text: 'No new connection reaches a removed backend server.',
  },
  {
    protocol: 'HTTP',
    id: 'new-requests',
    text: 'No HTTP request of a new connection reaches a removed backend server.',
  },
  {
    protocol: 'UDP',
    id: 'new-datagrams',
    text: 'No datagram of a new sender reaches a removed backend server.',
    needs: ['udp'],
  },
]

export function trafficEntries(of: Removal): readonly Entry[] {
  const { member, group } = of
  const source = of.at('first sentence')
  const lent = ['traffic'] as const
  const road = (slb: SlbGround, protocol?: TrafficProtocol) =>
    of.pick({
      vserverGroup: () => slb.roadToGroup(protocol),
      defaultGroup: () => slb.roadToDefaultGroup(protocol),
    })()
  return [
    ...kinds.map(({ protocol, id, text, needs = [] }) =>
      check({ id: of.id(id), level: 'implied', text, source, needs, lent }, async (slb) => {
        const way = await road(slb, protocol)
        const removed = await removeFirst(of, slb, way)
        await noneReaches(way, removed, way.before)
      }),
    ),

    check(
      {
        id: of.id('others-take-connections'),
        level: 'implied',
        text: `The ${member}s that stay in ${group} take new connections after the removal of another.`,
        source,
        lent,
      },
      async (slb) => {
        const way = await road(slb)
        const removed = await removeFirst(of, slb, way)
        await followed(way, removed)
        await allReached(
          way,
          way.servers.filter((one) => one !== removed),
        )
      },
    ),

    check(
      {
        id: of.id('added-again-takes-connections'),
        level: 'implied',
        text: `A ${member} that was removed from ${group} and is added again takes new connections.`,
        source,
        lent,
      },
      async (slb) => {
        const way = await road(slb)
        const removed = await removeFirst(of, slb, way)
        await noneReaches(way, removed, way.before, { many: fewTries })
        await addFirstAgain(slb, way)
        await allReached(way, [removed])
      },
    ),

    check(
      {
        id: of.id('open-connections'),
        level: 'reading',
        text: `The page does not say what becomes of open connections to a ${member} that is removed.`,
        source,
        readings: {
          maintained: 'They continue.',
          ended: 'They end; those to others continue.',
        },
        lent,
      },
      async (slb) => {
        const way = await road(slb)
        const { ended, removed } = await watchedAgain(async (isAgain) => {
          if (isAgain) await addFirstAgain(slb, way)
          return watchRemoval(of, slb, way)
        })
        const others = othersEnded(ended, removed)
        return readingOf(
          { maintained: ended.size === 0, ended: ended.size > 0 && !others },
          `After the removal of server ${removed.number}, open connections to others have ended, too: ${inWords(ended)}.`,
        )
      },
    ),
  ]
}

async function addFirstAgain(slb: SlbGround, way: SlbRoad): Promise<void> {
  const first = way.members.slice(0, 1)
  if (way.group) await slb.addedAgain(way.group, first)
  else await slb.addedAgainToDefault(first)
  way.happened('server 1 added again')
}

async function watchRemoval(of: Removal, slb: SlbGround, way: SlbRoad): Promise<Watched> {
  const held = await openToEach(way, stream(way), (remove) => slb.context.onEnd(remove))
  await assertSteady(way, held)
  const removed = await removeFirst(of, slb, way)
  return { removed, ended: await watched(way, held) }
}

async function removeFirst(of: Removal, slb: SlbGround, way: SlbRoad) {
  const [server] = way.servers
  if (!server) throw new Unarranged('There is no backend server.')
  const owner = way.group?.id ?? slb.loadBalancerId
  assertAccepted(await of.removeFrom(slb, owner, way.members.slice(0, 1)))
  way.happened(`server ${server.number} removed`)
  return server
}
