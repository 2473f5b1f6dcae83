/** RemoveVServerGroupBackendServers: the answer. */

import { contentTypeOf, isBare, listOf, namesOf, rootOf } from '../../fixtures/slb/as-written.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import { elementsOf, isFields, serversOf, textIn } from '../../fixtures/slb/wire-shapes.ts'
import { assertSame, assertUnchanged, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { answerEntries } from './either-removal/answer.ts'
import { fromVServerGroup } from './either-removal/removal.ts'

const page = 'RemoveVServerGroupBackendServers'
const response = `${page} › Response parameters`
const examples = `${page} › Examples`
const answerList = 'The list in the answer'

export const removeVServerGroupServersAnswer: readonly Entry[] = [
  ...answerEntries(fromVServerGroup),

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
      assertSame(serversOf(answered), stay, answerList)
      assertUnchanged(stay, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/type-default',
      level: 'must',
      text: 'A member that was added without a type is listed as an ECS instance.',
      source: `${response} › Type › Valid values › ecs`,
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
      id: 'slb/remove-vserver-group-backend-servers/wrapper',
      level: 'reading',
      text: 'The JSON example has one more object around the fields of the answer; no other page has it.',
      source: `${examples} › Response examples › JSON`,
      readings: {
        bare: 'The fields are at the top level of the answer.',
        wrapped: 'The fields are in one object, which has the name of the response.',
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
        'The answer with one member left is wrapped and the answer with none is not, or the reverse.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/array-form',
      level: 'reading',
      text: 'The JSON example shows the only member left as an object, not an array; several members can only be an array.',
      source: `${response} › BackendServers; ${examples} › Response examples › JSON`,
      readings: {
        array: 'One member is an array with one element.',
        'single-object': 'One member is an object, not an array.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members)
      const two = await slb.removeFromGroup(group, named.slice(0, 1))
      const one = await slb.removeFromGroup(group, named.slice(1, 2))
      const none = await slb.removeFromGroup(group, named.slice(2))
      assertSame(serversOf(two), group.members.slice(1), answerList)
      assertSame(serversOf(one), group.members.slice(2), answerList)
      assertSame(serversOf(none), [], answerList)
      const forms = [listOf(two), listOf(one), listOf(none)]
      return readingOf(
        {
          array: Array.isArray(forms[0]) && Array.isArray(forms[1]),
          'single-object': Array.isArray(forms[0]) && isFields(forms[1]),
        },
        `The lists of two members, one member and no member were ${JSON.stringify(forms)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/number-form',
      level: 'reading',
      text: 'Port and weight are integers in the table, and text in the JSON example.',
      source: `${response} › Port, Weight; ${examples} › Response examples › JSON`,
      readings: {
        numbers: 'Both are numbers.',
        strings: 'Both are text.',
        'by-field': 'One of them is a number and the other is text.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(serversOf(answered), group.members.slice(1), answerList)
      const members = elementsOf(answered)
      const types = [
        new Set(members.map(({ Port }) => typeof Port)),
        new Set(members.map(({ Weight }) => typeof Weight)),
      ]
      const all = new Set(types.flatMap((some) => [...some]))
      return readingOf(
        {
          numbers: all.size === 1 && all.has('number'),
          strings: all.size === 1 && all.has('string'),
          'by-field': types.every(({ size }) => size === 1),
        },
        `One answer has numbers and text in one field: ${JSON.stringify(members)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON list the same members with the same fields after the same removal.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
    },
    async (slb) => {
      await slb.assertXml()
      const one = await slb.groupOf(3)
      const other = await slb.groupLike(one)
      const named = namedMembers(one.members.slice(0, 1))
      const json = await slb.removeFromGroup(one, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(other, named, {}, { format: 'XML' })
      assertSame(serversOf(xml), serversOf(json), 'The list in XML')
      assertSame(namesOf(xml), namesOf(json), 'The set of fields in XML')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/media-type',
      level: 'reading',
      text: 'The page does not say which content type an answer has.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
      readings: {
        matching: 'The content type names the format of the body.',
        other: 'The content type names another format, or there is none.',
      },
    },
    async (slb) => {
      await slb.assertXml()
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const json = await slb.removeFromGroup(group, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(group, named, {}, { format: 'XML' })
      assertSame(
        [rootOf(json), rootOf(xml)],
        [undefined, `${page}Response`],
        'The pair of root elements',
      )
      const matching = /json/i.test(contentTypeOf(json)) && /xml/i.test(contentTypeOf(xml))
      return matching ? 'matching' : 'other'
    },
  ),
]
