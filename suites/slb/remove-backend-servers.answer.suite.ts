/** RemoveBackendServers: the answer. */

import { isBare, namesOf, shownListOf } from '../../fixtures/slb/as-written.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedServers, written } from '../../fixtures/slb/lists.ts'
import { elementsOf, fieldsOf, requestIdOf } from '../../fixtures/slb/wire-shapes.ts'
import { assertSame, assertThat, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { answerEntries } from './either-removal/answer.ts'
import { fromDefaultGroup, listIn } from './either-removal/removal.ts'
import { anyCallForJson } from './circumstances.ts'

const page = 'RemoveBackendServers'
const response = `${page} › Response parameters`
const example = `${page} › Examples › Sample success responses`

export const removeBackendServersAnswer: readonly Entry[] = [
  ...answerEntries(fromDefaultGroup),

  check(
    {
      id: 'slb/remove-backend-servers/answer-bare',
      level: 'must',
      text: 'The fields are at the top level of the answer, without a wrapper.',
      source: `${response}; ${example}`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      requestIdOf(answered)
      assertThat(isBare(answered), `The answer is wrapped: ${answered.text.slice(0, 80)}.`)
      const top = fieldsOf(answered)
      const missing = ['LoadBalancerId', 'BackendServers'].filter((name) => !(name in top))
      assertSame(missing, [], 'The list of fields missing at the top level of the answer')
      const last = await slb.removeServers(namedServers(servers.slice(1)))
      requestIdOf(last)
      assertThat(isBare(last), `The last answer is wrapped: ${last.text.slice(0, 80)}.`)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-nested',
      level: 'reading',
      text: 'The table has BackendServers as the list itself, the example has a list inside of it; either way, one server is a list of one.',
      source: `${response} › BackendServers › Type; ${example}`,
      readings: {
        nested: 'The list is in BackendServers.BackendServer, as in the example.',
        flat: 'BackendServers is the list, as in the table.',
      },
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100, 0))
      const lists = [
        shownListOf(await slb.removeServers(named.slice(0, 1))),
        shownListOf(await slb.removeServers(named.slice(1, 2))),
        shownListOf(await slb.removeServers(named.slice(2))),
      ].filter((list) => list !== undefined)
      assertThat(lists.length > 0, 'No answer lists a server.')
      return readingOf(
        {
          nested: lists.every(({ inner }) => Array.isArray(inner)),
          flat: lists.every(({ outer }) => Array.isArray(outer)),
        },
        `Not all lists of servers are arrays in the same place: ${JSON.stringify(lists)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/number-form',
      level: 'must',
      text: 'The weights in the answer are numbers, and are the weights that the servers have.',
      source: `${response} › Weight; ${example}`,
      varies: anyCallForJson,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      const shown = elementsOf(answered)
      const own = servers.filter(({ ServerId }) =>
        shown.some((one) => one['ServerId'] === ServerId),
      )
      assertThat(own.length > 0, 'The answer lists no server of the group.')
      assertSame(
        shown.map(({ ServerId, Weight }) => written([ServerId, Weight])).toSorted(),
        own.map(({ ServerId, Weight }) => written([ServerId, Weight])).toSorted(),
        'The list of weights in the answer',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/no-port',
      level: 'reading',
      text: 'On the page, servers of a default group have no port.',
      source: response,
      readings: { absent: 'The answer shows none.', present: 'The answer shows one for each.' },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      assertThat(elementsOf(answered).length > 0, 'The answer lists no server.')
      const shown = elementsOf(answered).map((server) => 'Port' in server)
      return readingOf(
        { absent: !shown.includes(true), present: !shown.includes(false) },
        'The answer shows a port for some servers only.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON list the same servers with the same fields.',
      source: response,
      needs: ['xml'],
    },
    async (slb) => {
      await slb.assertXml()
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers)
      const xml = await slb.removeServers(named.slice(0, 1), {}, { format: 'XML' })
      const json = await slb.removeServers(named.slice(1, 2), {}, { format: 'JSON' })
      const lists = [
        listIn(fromDefaultGroup, xml, {
          remaining: servers.slice(1),
          removed: servers.slice(0, 1),
        }),
        listIn(fromDefaultGroup, json, {
          remaining: servers.slice(2),
          removed: servers.slice(1, 2),
        }),
      ]
      assertSame(lists[0], lists[1], 'What the list in XML holds')
      assertSame(namesOf(xml), namesOf(json), 'The set of fields in XML')
    },
  ),
]
