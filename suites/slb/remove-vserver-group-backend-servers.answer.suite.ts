/** What the page on taking backend servers out of a VServer group says of the answer. */

import {
  contentTypeOf,
  innerListOf,
  isBare,
  namesOf,
  rootOf,
} from '../../fixtures/slb/as-written.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import {
  elementsOf,
  fieldsOf,
  isFields,
  requestIdOf,
  serversOf,
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

const page = 'RemoveVServerGroupBackendServers'
const response = `${page} › Response parameters`
const examples = `${page} › Examples`

export const removeVServerGroupServersAnswer: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/answer-lists-the-rest',
      level: 'must',
      text: 'The answer lists the members that are left, each with its weight, and no other.',
      source: `${response} › BackendServers; ${examples} › Response examples`,
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const named = namedMembers(group.members.slice(0, 2))
      const answered = await slb.removeFromGroup(group, named)
      assertSame(serversOf(answered), await slb.members(group), 'What the answer lists')
      assertSame(serversOf(answered), group.members.slice(2), 'What the answer lists')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/answer-names-the-group',
      level: 'must',
      text: 'The answer names the group that was asked for.',
      source: `${response} › VServerGroupId`,
    },
    async (slb) => {
      const [group] = [await slb.groupOf(2), await slb.groupOf(2)]
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(textIn(answered, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/weights-of-the-rest-kept',
      level: 'implied',
      text: 'The members that stay keep their weights, in the group and in the answer.',
      source: `${response} › Weight`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const stay = [aMember(server, 8002, 0), aMember(server, 8003, 1), aMember(server, 8004, 100)]
      const group = await slb.group([aMember(server, 8001, 37), ...stay])
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(serversOf(answered), stay, 'What the answer lists')
      assertUnchanged(stay, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/type-default',
      level: 'must',
      text: 'A member added without a type is listed as an ECS instance.',
      source: `${response} › Type`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      const types = elementsOf(answered).map(({ Type }) => Type)
      assertSame(types, ['ecs', 'ecs'], 'The list of types in the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/request-ids-unique',
      level: 'must',
      text: 'Every answer carries a request id, and no two the same.',
      source: `${response} › RequestId`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members)
      const ids = [
        requestIdOf(await slb.removeFromGroup(group, named.slice(0, 1))),
        requestIdOf(await slb.removeFromGroup(group, named.slice(1, 2))),
        requestIdOf(await slb.removeFromGroup(group, named.slice(2, 3))),
      ]
      while (ids.length < 20) ids.push(requestIdOf(await slb.removeFromGroup(group, named)))
      assertSame(new Set(ids).size, ids.length, 'The number of different request ids')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/error-shape',
      level: 'must',
      text: 'A refusal carries a code, a message and a request id.',
      source: `${page} › Error codes`,
    },
    async (slb) => {
      const group = await slb.groupOf(1)
      const named = namedMembers(group.members)
      const refused = await slb.removeFromGroup({ id: 'rsp-poolproof0' }, named)
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
      id: 'slb/remove-vserver-group-backend-servers/wrapper',
      level: 'reading',
      text: 'The JSON example wraps the answer in an object of its own, as no other page does.',
      source: `${examples} › Response examples › JSON`,
      readings: {
        bare: 'The fields stand at the top of the answer.',
        wrapped: 'One object around them carries the name of the response.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const one = await slb.removeFromGroup(group, named.slice(0, 1))
      const none = await slb.removeFromGroup(group, named.slice(1))
      assertSame(textIn(one, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
      assertSame(textIn(none, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
      return readingOf(
        { bare: isBare(one) && isBare(none), wrapped: !isBare(one) && !isBare(none) },
        'With one member left and with none, it was done differently.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/array-form',
      level: 'reading',
      text: 'The JSON example shows the only member left as an object; several can only be an array.',
      source: `${response} › BackendServers; ${examples} › Response examples › JSON`,
      readings: {
        array: 'One member is an array of one, and none is an empty array.',
        'single-object': 'One member is an object.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members)
      const two = await slb.removeFromGroup(group, named.slice(0, 1))
      const one = await slb.removeFromGroup(group, named.slice(1, 2))
      const none = await slb.removeFromGroup(group, named.slice(2))
      assertSame(serversOf(two), group.members.slice(1), 'What the answer lists')
      assertSame(serversOf(one), group.members.slice(2), 'What the answer lists')
      assertSame(serversOf(none), [], 'What the answer lists')
      const forms = [innerListOf(two), innerListOf(one), innerListOf(none)]
      return readingOf(
        {
          array: forms.every(Array.isArray),
          'single-object': Array.isArray(forms[0]) && isFields(forms[1]),
        },
        `Two members left, one, and none were written as ${JSON.stringify(forms)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/number-form',
      level: 'reading',
      text: 'Port and weight are integers in the table, and text in the JSON example.',
      source: `${response} › Port, Weight; ${examples} › Response examples › JSON`,
      readings: { numbers: 'Both are numbers.', strings: 'Both are text.' },
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(serversOf(answered), group.members.slice(1), 'What the answer lists')
      const values = elementsOf(answered).flatMap(({ Port, Weight }) => [Port, Weight])
      return readingOf(
        {
          numbers: values.every((value) => typeof value === 'number'),
          strings: values.every((value) => typeof value === 'string'),
        },
        `Ports and weights are written both ways in one answer: ${JSON.stringify(values)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/description',
      level: 'reading',
      text: 'A description stands in each member of the table, said to be that of the group, and in no example.',
      source: `${response} › Description`,
      readings: { absent: 'There is none.', present: 'There is one, and it is text.' },
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
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
      id: 'slb/remove-vserver-group-backend-servers/answer-in-xml',
      level: 'must',
      text: 'An answer in XML is called after the action, and has one element for each member left.',
      source: `${examples} › Response examples › XML`,
      needs: ['xml'],
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, {}, { format: 'XML' })
      assertSame(rootOf(answered), `${page}Response`, 'The root of the answer')
      assertSame(textIn(answered, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
      assertSame(serversOf(answered), group.members.slice(1), 'What the answer lists')
      assertUnchanged(group.members.slice(1), await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON say the same of the same removal.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
    },
    async (slb) => {
      const [one, other] = [await slb.groupOf(3), await slb.groupOf(3)]
      const named = namedMembers(one.members.slice(0, 1))
      const json = await slb.removeFromGroup(one, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(other, named, {}, { format: 'XML' })
      assertSame(serversOf(xml), serversOf(json), 'What XML lists')
      assertSame(namesOf(xml), namesOf(json), 'The set of fields in XML')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/media-type',
      level: 'reading',
      text: 'The page does not say which content type an answer carries.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
      readings: {
        matching: 'It names the format of the body.',
        other: 'It names another one, or there is none.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const json = await slb.removeFromGroup(group, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(group, named, {}, { format: 'XML' })
      assertSame([rootOf(json), rootOf(xml)], [undefined, `${page}Response`], 'The pair of roots')
      const matching = /json/i.test(contentTypeOf(json)) && /xml/i.test(contentTypeOf(xml))
      return matching ? 'matching' : 'other'
    },
  ),
]
