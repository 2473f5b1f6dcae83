/** What the pages of both removals say of the answer. */

import { rootOf } from '../../../fixtures/slb/as-written.ts'
import { check, type SlbGround } from '../../../fixtures/slb/ground.ts'
import {
  descriptionsIn,
  elementsOf,
  fieldsOf,
  isFields,
  requestIdOf,
  textIn,
} from '../../../fixtures/slb/wire-shapes.ts'
import {
  assertRefusedOrAccepted,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  readingOf,
} from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import { open, openReadingOf } from '../../../src/check/open-reading.ts'
import { NotOffered, Unarranged, type Requirement } from '../../../src/model.ts'
import { listIn, type Removal, type ServerGroup } from './removal.ts'

/** Where looks show that servers have descriptions of their own, no answer shows one of another server. */
async function assertOwnDescriptions(of: Removal, slb: SlbGround): Promise<void> {
  const group = await of.arrangeDescribed(slb, 37, 100, 0)
  const owners = new Map([...slb.descriptionsOf(group.ownerId)].map(([one, text]) => [text, one]))
  const answered = await group.remove(group.named.slice(0, 1))
  const shown = descriptionsIn(answered, of.identity)
  const strays = [...shown].filter(([one, text]) => (owners.get(text) ?? one) !== one)
  const told = strays.map(([one, text]) => `${one} has ${text}, which is ${owners.get(text)}'s`)
  assertThat(
    strays.length === 0,
    `In the answer, servers have descriptions of others: ${told.join('; ')}.`,
  )
}

/** A group with more servers than a call may name; none where the target cannot have or is not lent so many. */
async function largerThanACall(of: Removal, slb: SlbGround): Promise<ServerGroup | undefined> {
  try {
    return await of.arrangeLarge(slb, 23)
  } catch (error) {
    if (error instanceof NotOffered || error instanceof Unarranged) return undefined
    throw error
  }
}

const fourteenWeights = [37, 100, 0, 1, 50, 99, 2, 37, 100, 0, 1, 50, 99, 2]

export function answerEntries(of: Removal): readonly Entry[] {
  const { action, member, ownerParameter } = of
  return [
    check(
      {
        id: of.id('answer-lists-the-rest'),
        ...of.pick<Pick<Requirement, 'level' | 'text' | 'source' | 'readings'>>({
          vserverGroup: {
            level: 'implied',
            text: 'The answer lists the members that are left, each with its weight, and no others.',
            source: of.at('Examples › Request example, and Response examples with another server'),
          },
          defaultGroup: {
            level: 'reading',
            text: 'The page does not say whether the answer lists the servers that are left or those that were removed; its example can be read as the latter.',
            source: of.at(
              'Response parameters › BackendServers',
              'Examples, and Request parameters › BackendServers › Example with the same server',
            ),
            readings: {
              remaining: 'The answer lists the servers that are left.',
              removed: 'The answer lists the servers that were removed.',
            },
          },
        }),
      },
      async (slb) => {
        // Where that costs no more, more than a page of ten is left.
        const weights = of.pick({ vserverGroup: fourteenWeights, defaultGroup: [37, 100, 0] })
        const group = await of.arrange(slb, ...weights)
        const count = of.pick({ vserverGroup: 3, defaultGroup: 1 })
        const first = await group.remove(group.named.slice(0, count))
        const reading = listIn(of, first, {
          remaining: group.servers.slice(count),
          removed: group.servers.slice(0, count),
        })
        assertSame(await group.current(), group.servers.slice(count), 'What the group holds')
        const second = await group.remove(group.named.slice(count))
        const again = listIn(of, second, { remaining: [], removed: group.servers.slice(count) })
        assertSame(again, reading, 'What a second answer lists')
        const large = await largerThanACall(of, slb)
        if (large) {
          const third = await large.remove(large.named.slice(0, 1))
          const [removed, remaining] = [large.servers.slice(0, 1), large.servers.slice(1)]
          assertSame(
            listIn(of, third, { remaining, removed }),
            reading,
            'What a third answer lists',
          )
        }
        return of.lists.length > 1 ? reading : undefined
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
        level: 'implied',
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
        level: 'reading',
        text: 'The page shows no body of a refusal; other pages of this API have a code, a message and a request id.',
        source: of.at('Error codes'),
        readings: open({
          'code-message-request-id': 'A refusal carries a code, a message and a request id.',
          'no-request-id': 'A refusal carries a code and a message, but no request id.',
          'no-code': 'A refusal is an object without a code.',
          text: 'A refusal is plain text, or has no body.',
        }),
      },
      async (slb) => {
        const refused = await of.removeFrom(slb, of.unknownOwner, slb.absentMembers(1))
        assertRefusedOrAccepted(refused)
        if (isAccepted(refused)) throw new Unarranged('There is no refusal to look at.')
        const isCut = !isFields(refused.body) && /^\s*(?:\{|<\?xml|<Error)/.test(refused.text)
        if (isCut)
          throw new Unarranged('The body of the refusal begins like JSON or XML, and is cut off.')
        const { Code, Message, RequestId } = fieldsOf(refused)
        const [code, message, id] = [Code, Message, RequestId].map(
          (text) => typeof text === 'string' && text !== '',
        )
        return openReadingOf(
          {
            'code-message-request-id': code === true && message === true && id === true,
            'no-request-id': code === true && message === true,
            'no-code': isFields(refused.body) && code === false,
            text: !isFields(refused.body),
          },
          `A refusal was ${refused.text.slice(0, 300)}`,
        )
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
        await group.remove(group.named.slice(1))
        await assertOwnDescriptions(of, slb)
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
            vserverGroup: 'Examples › Response examples › XML format',
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
        await slb.assertXml()
        const group = await of.arrange(slb, 37, 100, 0)
        const answered = await group.remove(group.named.slice(0, 1), {}, { format: 'XML' })
        const root = String(rootOf(answered))
        assertThat(
          roots.includes(root),
          `The root of the answer is ${root}, expected ${roots.join(' or ')}.`,
        )
        assertSame(textIn(answered, ownerParameter), group.ownerId, `The ${ownerParameter}`)
        listIn(of, answered, {
          remaining: group.servers.slice(1),
          removed: group.servers.slice(0, 1),
        })
        assertUnchanged(group.servers.slice(1), await group.current())
      },
    ),
  ]
}
