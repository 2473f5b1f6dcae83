/** What the page on taking backend servers out of the default group says of the answer. */

import { innerListOf, isBare, namesOf, rootOf } from '../../fixtures/slb/as-written.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedServers, written } from '../../fixtures/slb/lists.ts'
import {
  defaultServersOf,
  elementsOf,
  fieldsOf,
  requestIdOf,
  textIn,
} from '../../fixtures/slb/wire-shapes.ts'
import {
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'

const page = 'RemoveBackendServers'
const response = `${page} › Response parameters`
const example = `${page} › Examples › Sample success responses`

/** A load balancer id like a real one, of none that exists. */
const nobody = 'lb-bp1poolproof000000000'

export const removeBackendServersAnswer: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-backend-servers/answer-lists-the-rest',
      level: 'must',
      text: 'The answer lists the servers that are left, and no other.',
      source: `${response} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      assertSame(defaultServersOf(answered), await slb.defaultServers(), 'What the answer lists')
      assertSame(defaultServersOf(answered), servers.slice(1), 'What the answer lists')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-names-the-load-balancer',
      level: 'must',
      text: 'The answer names the load balancer that was asked for.',
      source: `${response} › LoadBalancerId`,
    },
    async (slb) => {
      const answered = await slb.removeServers(namedServers(await slb.defaultGroupOf(37)))
      const named = textIn(answered, 'LoadBalancerId')
      assertSame(named, slb.loadBalancerId, 'The LoadBalancerId of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-bare',
      level: 'must',
      text: 'The fields of the answer stand at its top, without a wrapper.',
      source: `${response}; ${example}`,
    },
    async (slb) => {
      const answered = await slb.removeServers(namedServers(await slb.defaultGroupOf(37)))
      requestIdOf(answered)
      assertThat(isBare(answered), `The answer is wrapped: ${answered.text.slice(0, 80)}.`)
      const top = fieldsOf(answered)
      const missing = ['LoadBalancerId', 'BackendServers'].filter((name) => !(name in top))
      assertSame(missing, [], 'What is missing at the top of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-nested',
      level: 'must',
      text: 'The servers left are an array, BackendServer, in BackendServers: two, one, or none.',
      source: `${response} › BackendServers; ${example}`,
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
        `The lists of two servers, of one, and of none are no arrays: ${JSON.stringify(lists)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/number-form',
      level: 'must',
      text: 'The weights in the answer are numbers, those that the servers have.',
      source: `${response} › Weight; ${example}`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      const weights = elementsOf(answered).map(({ ServerId, Weight }) => [ServerId, Weight])
      const stored = servers.slice(1).map(({ ServerId, Weight }) => [ServerId, Weight])
      assertSame(
        weights.map(written).toSorted(),
        stored.map(written).toSorted(),
        'The list of weights',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/description',
      level: 'reading',
      text: 'A description, said to be that of the server group, stands in each server of the answer.',
      source: `${response} › Description`,
      readings: { absent: 'There is none.', present: 'There is one, and it is text.' },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      const found = elementsOf(answered).map(({ Description }) => typeof Description)
      return readingOf(
        {
          absent: found.every((type) => type === 'undefined'),
          present: found.every((type) => type === 'string' || type === 'undefined'),
        },
        `The descriptions are of the types ${found.join(', ')}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/no-port',
      level: 'reading',
      text: 'Servers of a default group have no port on the page.',
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
      id: 'slb/remove-backend-servers/request-ids-unique',
      level: 'must',
      text: 'Every answer carries a request id, and no two the same.',
      source: `${response} › RequestId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100))
      const ids = [
        requestIdOf(await slb.removeServers(named.slice(0, 1))),
        requestIdOf(await slb.removeServers(named.slice(1))),
        requestIdOf(await slb.removeServers(named)),
      ]
      while (ids.length < 20) ids.push(requestIdOf(await slb.removeServers(named)))
      assertSame(new Set(ids).size, ids.length, 'The number of different request ids')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/error-shape',
      level: 'must',
      text: 'A refusal carries a code, a message and a request id.',
      source: `${page} › Error codes`,
    },
    async (slb) => {
      const named = namedServers(slb.strangers(1))
      const refused = await slb.removeServers(named, { LoadBalancerId: nobody })
      assertRefused(refused)
      const { Code, Message, RequestId } = fieldsOf(refused)
      const texts = [Code, Message, RequestId].every(
        (text) => typeof text === 'string' && text !== '',
      )
      assertThat(texts, `One of Code, Message and RequestId is missing: ${refused.text}`)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-in-xml',
      level: 'implied',
      text: 'An answer in XML is called after the action, and has one element for each server left.',
      source: response,
      needs: ['xml'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers.slice(0, 1))
      const answered = await slb.removeServers(named, {}, { format: 'XML' })
      const root = String(rootOf(answered))
      assertThat([`${page}Response`, page].includes(root), `The root of the answer is ${root}.`)
      assertSame(textIn(answered, 'LoadBalancerId'), slb.loadBalancerId, 'The LoadBalancerId')
      assertSame(defaultServersOf(answered), servers.slice(1), 'What the answer lists')
      assertUnchanged(servers.slice(1), await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON say the same of the same servers left.',
      source: response,
      needs: ['xml'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers.slice(0, 1))
      const json = await slb.removeServers(named, {}, { format: 'JSON' })
      const xml = await slb.removeServers(named, {}, { format: 'XML' })
      assertSame(defaultServersOf(xml), defaultServersOf(json), 'What XML lists')
      assertSame(namesOf(xml), namesOf(json), 'The set of fields in XML')
    },
  ),
]
