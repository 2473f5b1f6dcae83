/** RemoveBackendServers: the answer. */

import { innerListOf, isBare, namesOf } from '../../fixtures/slb/as-written.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedServers, written } from '../../fixtures/slb/lists.ts'
import {
  defaultServersOf,
  elementsOf,
  fieldsOf,
  requestIdOf,
} from '../../fixtures/slb/wire-shapes.ts'
import { assertSame, assertThat, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { answerEntries } from './either-removal/answer.ts'
import { fromDefaultGroup } from './either-removal/removal.ts'
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
      const answered = await slb.removeServers(namedServers(await slb.defaultGroupOf(37)))
      requestIdOf(answered)
      assertThat(isBare(answered), `The answer is wrapped: ${answered.text.slice(0, 80)}.`)
      const top = fieldsOf(answered)
      const missing = ['LoadBalancerId', 'BackendServers'].filter((name) => !(name in top))
      assertSame(missing, [], 'The list of fields missing at the top level of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-nested',
      level: 'must',
      text: 'The servers that are left are an array, BackendServers.BackendServer, also when it is one server or none.',
      source: `${response} › BackendServers; ${example}`,
      varies: anyCallForJson,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100, 0))
      const lists = [
        innerListOf(await slb.removeServers(named.slice(0, 1))),
        innerListOf(await slb.removeServers(named.slice(1, 2))),
        innerListOf(await slb.removeServers(named.slice(2))),
      ]
      assertThat(
        lists.every(Array.isArray),
        `Not all lists of two servers, one server and no server are arrays: ${JSON.stringify(lists)}.`,
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
      const weights = elementsOf(answered).map(({ ServerId, Weight }) => [ServerId, Weight])
      const stored = servers.slice(1).map(({ ServerId, Weight }) => [ServerId, Weight])
      assertSame(
        weights.map(written).toSorted(),
        stored.map(written).toSorted(),
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
      assertSame(elementsOf(answered).length, 2, 'The number of servers in the answer')
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
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers.slice(0, 1))
      const json = await slb.removeServers(named, {}, { format: 'JSON' })
      const xml = await slb.removeServers(named, {}, { format: 'XML' })
      assertSame(defaultServersOf(xml), defaultServersOf(json), 'The list in XML')
      assertSame(namesOf(xml), namesOf(json), 'The set of fields in XML')
    },
  ),
]
