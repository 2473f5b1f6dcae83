/** What the pages of both removals say of the answer. */

import { rootOf } from '../../../fixtures/slb/as-written.ts'
import { check } from '../../../fixtures/slb/ground.ts'
import { elementsOf, fieldsOf, requestIdOf, textIn } from '../../../fixtures/slb/wire-shapes.ts'
import {
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  readingOf,
} from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import type { Removal } from './removal.ts'

export function answerEntries(of: Removal): readonly Entry[] {
  const { action, member, ownerParameter } = of
  return [
    check(
      {
        id: of.id('answer-lists-the-rest'),
        level: 'must',
        text: of.pick({
          vserverGroup:
            'The answer lists the members that are left, each with its weight, and no others.',
          defaultGroup: 'The answer lists the servers that are left, and no others.',
        }),
        source: of.pick({
          vserverGroup: of.at(
            'Response parameters › BackendServers',
            'Examples › Response examples',
          ),
          defaultGroup: of.at('Response parameters › BackendServers'),
        }),
      },
      async (slb) => {
        const weights = of.pick({ vserverGroup: [37, 100, 0, 1], defaultGroup: [37, 100, 0] })
        const group = await of.arrange(slb, ...weights)
        const answered = await group.remove(group.named.slice(0, -2))
        assertSame(of.listed(answered), await group.current(), 'The list in the answer')
        assertSame(of.listed(answered), group.servers.slice(-2), 'The list in the answer')
      },
    ),

    check(
      {
        id: of.id(`answer-names-the-${of.ownerWord}`),
        level: 'must',
        text: `The answer names the ${of.owner} that the call named.`,
        source: of.at(`Response parameters › ${ownerParameter}`),
      },
      async (slb) => {
        const group = await of.arrangeBesideAnother(slb, 37, 100)
        const answered = await group.remove(group.named.slice(0, 1))
        const named = textIn(answered, ownerParameter)
        assertSame(named, group.ownerId, `The ${ownerParameter} of the answer`)
      },
    ),

    check(
      {
        id: of.id('request-ids-unique'),
        level: 'must',
        text: 'Every answer carries a request id, and no two are the same.',
        source: of.at('Response parameters › RequestId'),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const ids = [
          requestIdOf(await group.remove(group.named.slice(0, 1))),
          requestIdOf(await group.remove(group.named.slice(1))),
        ]
        while (ids.length < 20) ids.push(requestIdOf(await group.remove(group.named)))
        assertSame(new Set(ids).size, ids.length, 'The number of different request ids')
      },
    ),

    check(
      {
        id: of.id('error-shape'),
        level: 'must',
        text: 'A refusal carries a code, a message and a request id.',
        source: of.at('Error codes'),
      },
      async (slb) => {
        const refused = await of.removeFrom(slb, of.unknownOwner, slb.strangers(1))
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
        id: of.id('description'),
        level: 'reading',
        text: of.pick({
          vserverGroup:
            'The table has a description in each member, and calls it that of the group; no example has one.',
          defaultGroup:
            'The table has a description in each server, and calls it that of the server group.',
        }),
        source: of.at('Response parameters › Description'),
        readings: { absent: 'There is none.', present: 'There is one, and it is text.' },
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100, 0)
        const answered = await group.remove(group.named.slice(0, 1))
        const types = elementsOf(answered).map(({ Description }) => typeof Description)
        return readingOf(
          {
            absent: types.every((type) => type === 'undefined'),
            present: types.every((type) => type === 'string' || type === 'undefined'),
          },
          `The descriptions have the types ${types.join(', ')}.`,
        )
      },
    ),

    check(
      {
        id: of.id('answer-in-xml'),
        level: of.pick({ vserverGroup: 'must', defaultGroup: 'implied' }),
        text: `The root of an answer in XML has the name of the action, and the answer has one element for each ${member} that is left.`,
        source: of.at(
          of.pick({
            vserverGroup: 'Examples › Response examples › XML',
            defaultGroup: 'Response parameters',
          }),
        ),
        needs: ['xml'],
      },
      async (slb) => {
        // Only one of the pages shows XML. On the other one, the root may also be the action itself.
        const roots = of.pick({
          vserverGroup: [`${action}Response`],
          defaultGroup: [`${action}Response`, action],
        })
        const group = await of.arrange(slb, 37, 100, 0)
        const answered = await group.remove(group.named.slice(0, 1), {}, { format: 'XML' })
        const root = String(rootOf(answered))
        assertThat(
          roots.includes(root),
          `The root of the answer is ${root}, expected ${roots.join(' or ')}.`,
        )
        assertSame(textIn(answered, ownerParameter), group.ownerId, `The ${ownerParameter}`)
        assertSame(of.listed(answered), group.servers.slice(1), 'The list in the answer')
        assertUnchanged(group.servers.slice(1), await group.current())
      },
    ),
  ]
}
