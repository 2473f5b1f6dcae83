/** What only traffic shows of an update: who is bound to which backend server, and what weights do. */

import { appCookie, httpCookie, sourceIp, type Overrides } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { seenObject } from '../../fixtures/elb/wire-shapes.ts'
import type { ElbRoad, RoadPlan } from '../../fixtures/elb/road.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { askMany, eventually, fewTries, tally } from '../../fixtures/traffic/looks.ts'
import {
  assertHashed,
  unequalWeights,
  weightsDoNotMatter,
  weightsMatter,
} from '../../fixtures/traffic/shares.ts'
import {
  assertSpreadBefore,
  askingOf,
  boundUntil,
  clientsAreBound,
  spreadOf,
  strayed,
  type BoundBy,
} from '../../fixtures/traffic/stickiness.ts'
import {
  assertAccepted,
  assertRefusedOrAccepted,
  assertThat,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { Unarranged } from '../../src/model.ts'

const page = 'Updating a Backend Server Group'
const persistence = `${page} › Request › Table 3 › session_persistence`
const types = `${page} › Request › Table 4 › type`
const lent = ['traffic'] as const

const byAddress: BoundBy = { type: 'SOURCE_IP' }
const byHttpCookie: BoundBy = { type: 'HTTP_COOKIE' }
const byAppCookie: BoundBy = { type: 'APP_COOKIE', cookieName: appCookie.cookie_name }

/** Each type of session persistence, on a pool where it takes effect. */
const kinds: readonly {
  readonly id: string
  readonly text: string
  readonly by: BoundBy
  readonly sent: Overrides
  readonly protocol: RoadPlan['protocol']
}[] = [
  {
    id: 'source-ip-stickiness',
    text: 'With SOURCE_IP, requests from one address go to one backend server.',
    by: byAddress,
    sent: sourceIp,
    protocol: 'TCP',
  },
  {
    id: 'http-cookie-stickiness',
    text: 'With HTTP_COOKIE the load balancer sets a cookie, and later requests follow it.',
    by: byHttpCookie,
    sent: httpCookie,
    protocol: 'HTTP',
  },
  {
    id: 'app-cookie-stickiness',
    text: 'With APP_COOKIE the backend server sets a cookie, and later requests follow it.',
    by: byAppCookie,
    sent: appCookie,
    protocol: 'HTTP',
  },
]

export const updatePoolTraffic: readonly Entry[] = [
  ...kinds.map(({ id, text, by, sent, protocol }) =>
    check(
      { id: `elb/update-pool/${id}`, level: 'must', text, source: types, lent },
      async (elb) => {
        const road = await elb.road({ protocol })
        await assertSpreadBefore(road)
        await update(elb, road, { session_persistence: sent })
        await clientsAreBound(road, by)
      },
    ),
  ),

  ...kinds.map(({ id, by, sent, protocol }) =>
    check(
      {
        id: `elb/update-pool/${id}-off`,
        level: 'implied',
        text: `After session persistence (${by.type}) is set to null, requests of one client go to several backend servers again.`,
        source: persistence,
        lent,
      },
      async (elb) => {
        const road = await elb.road({ protocol, pool: { session_persistence: sent } })
        const [client] = await clientsAreBound(road, by, fewTries)
        await update(elb, road, { session_persistence: null })
        await eventually(road, () => spreadOf(road, client && askingOf(client)))
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/same-client',
      level: 'must',
      text: 'With session persistence, requests of one client go to one backend server.',
      source: persistence,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'HTTP', pool: { session_persistence: httpCookie } })
      const clients = await clientsAreBound(road, byHttpCookie, fewTries)
      // An update of something else, and further clients, change nothing for those that are bound.
      await update(elb, road, { description: 'described while clients are bound' })
      await clientsAreBound(road, byHttpCookie, fewTries)
      await road.pause(road.watch)
      const wrong = await strayed(road, clients)
      assertThat(wrong === undefined, wrong ?? '')
    },
  ),

  check(
    {
      id: 'elb/update-pool/stickiness-of-new-type',
      level: 'implied',
      text: 'After a change of the type of session persistence from HTTP_COOKIE to APP_COOKIE, the cookie of the backend server is followed.',
      source: types,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'HTTP', pool: { session_persistence: httpCookie } })
      await clientsAreBound(road, byHttpCookie, fewTries)
      await update(elb, road, { session_persistence: appCookie })
      await clientsAreBound(road, byAppCookie)
    },
  ),

  check(
    {
      id: 'elb/update-pool/stickiness-of-old-type',
      level: 'reading',
      text: 'The page does not say whether clients that are bound stay bound when the type of session persistence is changed.',
      source: types,
      readings: {
        ends: 'A client with the cookie of the load balancer is no longer bound once the type is APP_COOKIE.',
        lasts: 'A client with the cookie of the load balancer stays bound.',
      },
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'HTTP', pool: { session_persistence: httpCookie } })
      const clients = await clientsAreBound(road, byHttpCookie, fewTries)
      await update(elb, road, { session_persistence: appCookie })
      const [client] = clients
      if (!client) throw new Unarranged('No client was bound.')
      await road.pause(road.watch)
      const [answered] = await askMany(road, 8, () => askingOf(client))
      const isAnswered = answered !== undefined && answered.server > 0
      if (!isAnswered && (await road.ask()).server === 0)
        throw new Unarranged('Nobody answers any more.')
      const bound = isAnswered ? await spreadOf(road, askingOf(client)) : undefined
      return readingOf(
        {
          ends: isAnswered && bound === undefined,
          lasts: isAnswered && answered.server === client.server && bound !== undefined,
        },
        `A client that was bound to server ${client.server} is answered by ${answered?.server || 'nobody'} after the change of type. ${bound ?? ''}`,
      )
    },
  ),

  ...[
    {
      id: 'period',
      text: 'Session persistence lasts for the time set, and need not last longer.',
      source: persistence,
      by: byHttpCookie,
      sent: httpCookie,
      protocol: 'HTTP' as const,
      minutes: 1,
    },
    {
      id: 'timeout-unit',
      text: 'The unit of the timeout is minutes.',
      source: `${page} › Request › Table 4 › persistence_timeout`,
      by: byAddress,
      sent: sourceIp,
      protocol: 'TCP' as const,
      minutes: 2,
    },
  ].map(({ id, text, source, by, sent, protocol, minutes }) =>
    check(
      {
        id: `elb/update-pool/${id}`,
        level: 'must',
        text,
        source,
        lent: ['traffic', 'patience'],
      },
      async (elb) => {
        const road = await elb.road({ protocol })
        const minute = elb.context.session.run.minute ?? 60_000
        // On a machine that is too slow for one period, a longer one leaves more time to look.
        for (const [attempt, times] of [1, 2, 4, 8].entries()) {
          const persistence_timeout = times * minutes
          await update(elb, road, { session_persistence: { ...sent, persistence_timeout } })
          const period = persistence_timeout * minute
          const { late, wrong } = await boundUntil(road, by, period, attempt)
          if (late) continue
          assertThat(wrong === undefined, `${wrong ?? ''} The timeout is ${persistence_timeout}.`)
          return
        }
        throw new Unarranged('This machine was too slow to look before the period was over.')
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/source-ip-weights',
      level: 'must',
      text: 'Under the algorithm SOURCE_IP weights do not influence where requests go.',
      source: `${page} › Request › Table 3 › lb_algorithm; Response › Table 6 › lb_algorithm`,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP', weights: [1, 1] })
      await elb.prepare(road, { lb_algorithm: 'SOURCE_IP' })
      await assertHashed(road)
      await elb.prepare(road, { lb_algorithm: 'ROUND_ROBIN' })
      // Traffic that follows late must not be taken for what it was before.
      await assertSpreadBefore(road)
      await weigh(elb, road, 1, 100)
      await update(elb, road, { lb_algorithm: 'SOURCE_IP' })
      await clientsAreBound(road, byAddress, fewTries)
      await eventually(road, () => weightsDoNotMatter(road))
    },
  ),

  check(
    {
      id: 'elb/update-pool/source-ip-algorithm',
      level: 'must',
      text: 'Under the algorithm SOURCE_IP, connections from one address go to one backend server.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP' })
      await assertSpreadBefore(road)
      await update(elb, road, { lb_algorithm: 'SOURCE_IP' })
      await clientsAreBound(road, byAddress)
    },
  ),

  check(
    {
      id: 'elb/update-pool/round-robin-weights',
      level: 'must',
      text: 'Under the algorithm ROUND_ROBIN a backend server with a greater weight gets more connections.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP', weights: unequalWeights })
      await elb.prepare(road, { lb_algorithm: 'LEAST_CONNECTIONS' })
      await update(elb, road, { lb_algorithm: 'ROUND_ROBIN' })
      await eventually(road, () => weightsMatter(road))
    },
  ),

  check(
    {
      id: 'elb/update-pool/weight-zero',
      level: 'reading',
      text: 'The page does not say whether a backend server of weight 0 gets new connections.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      readings: {
        none: 'It gets none, and the others are answered.',
        some: 'It gets some.',
      },
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP' })
      await elb.prepare(road, { lb_algorithm: 'LEAST_CONNECTIONS' })
      await weigh(elb, road, 2, 0)
      await update(elb, road, { lb_algorithm: 'ROUND_ROBIN' })
      await road.pause(road.watch)
      const answers = await askMany(road, fewTries)
      const got = answers.filter(({ server }) => server === 3).length
      const others = answers.filter(({ server }) => server === 1 || server === 2).length
      return readingOf(
        { none: got === 0 && others > 0, some: got > 0 },
        `With one of three weights at 0, nobody answers: ${tally(road, answers)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/disabled-member',
      level: 'reading',
      text: 'The pages do not say whether a backend server can be disabled, and whether a disabled one gets new connections.',
      source: `${page} › Response › Table 6 › members`,
      readings: {
        none: 'It is disabled and gets none, also after an update; the others are answered.',
        some: 'It is disabled and gets some.',
        ignored: 'It is accepted, and the backend server is not disabled.',
        refused: 'It is refused, and the backend server is not disabled.',
      },
      lent,
    },
    async (elb) => {
      const road = await elb.road({ protocol: 'TCP' })
      const disabled = await disable(elb, road, 2)
      await update(elb, road, { description: 'updated' })
      await road.pause(road.watch)
      const answers = await askMany(road, fewTries)
      const got = answers.some(({ server }) => server === 3)
      const others = [1, 2].every((one) => answers.some(({ server }) => server === one))
      return readingOf(
        {
          none: others && !got && disabled === 'disabled',
          some: others && got && disabled === 'disabled',
          ignored: others && got && disabled === 'ignored',
          refused: others && got && disabled === 'refused',
        },
        `With one of three backend servers ${disabled === 'disabled' ? disabled : `not disabled (${disabled})`}, ` +
          `these answer: ${tally(road, answers)}.`,
      )
    },
  ),
]

type Disabled = 'disabled' | 'ignored' | 'refused'

/** Tries to disable one of the backend servers. @throws {Unarranged} When it is not shown afterwards. */
async function disable(elb: ElbGround, road: ElbRoad, index: number): Promise<Disabled> {
  const { pool, members } = road
  const path = `/pools/${pool.id}/members/${members[index]?.id ?? ''}`
  const member = { admin_state_up: false }
  const answered = await elb.write('ask', elbRequest('PUT', path, { member }))
  assertRefusedOrAccepted(answered)
  const shown = seenObject(await elb.mustShow(path), 'member')['admin_state_up']
  road.happened(`server ${index + 1} shown with admin_state_up ${String(shown)}`)
  if (isRefused(answered)) return 'refused'
  return shown === false ? 'disabled' : 'ignored'
}

/** Gives one of the backend servers another weight. @throws {Unarranged} When that is refused. */
async function weigh(elb: ElbGround, road: ElbRoad, index: number, weight: number): Promise<void> {
  const { pool, members } = road
  const path = `/pools/${pool.id}/members/${members[index]?.id ?? ''}`
  const weighed = await elb.write('arrange', elbRequest('PUT', path, { member: { weight } }))
  if (weighed.status >= 300) throw new Unarranged(`A weight could not be set: ${weighed.status}.`)
  road.happened(`server ${index + 1} has weight ${weight}`)
}

/** The update that is asked about. */
export async function update(elb: ElbGround, road: ElbRoad, fields: Overrides): Promise<void> {
  assertAccepted(await elb.updatePool(road.pool, fields))
  road.happened(`${Object.keys(fields).join(', ')} updated`)
}
