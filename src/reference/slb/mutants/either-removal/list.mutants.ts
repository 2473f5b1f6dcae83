/** Faults with parameters: the list, the holder, the region. Either removal could have them. */

import { deciding, performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, readList } from '../../backend-servers.ts'
import {
  actingBeforeRefusal,
  crash,
  emptying,
  withList,
  notRefusing,
  remaining,
  listText,
  type SlbChange,
} from '../../changes.ts'
import { tooManyServers } from '../../refusals.ts'
import type { Removal } from '../../removal.ts'
import type { Holder, SlbStore } from '../../store.ts'

export function listMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [...mutantsOfTheLimit(of), ...mutantsOfTheForm(of), ...mutantsOfTheHolder(of)].map(
    (mutant) => ({
      ...mutant,
      id: `${of.short}-${mutant.id}`,
      breaks: `${of.operation}/${mutant.breaks}`,
    }),
  )
}

function mutantsOfTheLimit(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'reads-the-first-of-several-lines',
      breaks: 'spellings-of-json',
      story: 'A list in lines is taken for a stream of objects, and only one is read of it.',
      mutate: performing(of.action, (call, _store, original) => {
        const isInLines = (call.parameters['BackendServers'] ?? '').includes('\n')
        return original(isInLines ? withList(call, listText(namedBy(call).slice(0, 1))) : call)
      }),
    },
    {
      id: 'leaves-escapes-as-they-are',
      breaks: 'spellings-of-json',
      story: 'Texts are cut out of the list between their quotes.',
      mutate: performing(of.action, (call, _store, original) => {
        const isEscaped = (call.parameters['BackendServers'] ?? '').includes(String.raw`\u`)
        return original(isEscaped ? withList(call, '[]') : call)
      }),
    },
    {
      id: 'twenty-refused',
      breaks: 'twenty-accepted',
      story: 'The limit is compared with >= instead of >.',
      mutate: deciding(`${of.operation}/twenty-one-refused`, (call, _, original) =>
        namedBy(call).length === mostServers ? tooManyServers : original,
      ),
    },
    {
      id: 'twentieth-left-in',
      breaks: 'twenty-accepted',
      story: 'The list is cut after nineteen, to be on the safe side.',
      mutate: performing(of.action, (call, _, original) =>
        original(withList(call, firstOf(call, mostServers - 1))),
      ),
    },
    {
      id: 'no-limit',
      breaks: 'twenty-one-refused',
      story: 'The new gateway should check the limit, but its authors were not told.',
      mutate: notRefusing(of, 'twenty-one-refused'),
    },
    {
      id: 'limit-in-the-loop',
      breaks: 'twenty-one-refused',
      story: 'Counts while removing: the first twenty are gone when the next one is refused.',
      mutate: actingBeforeRefusal(of, 'twenty-one-refused', (holder, call) => {
        holder.servers = remaining(of, namedBy(call).slice(0, mostServers), holder.servers)
      }),
    },
    {
      id: 'first-twenty-only',
      breaks: 'twenty-one-refused',
      story: 'Cuts the list after twenty and answers as if all had been done.',
      mutate: together(
        notRefusing(of, 'twenty-one-refused'),
        performing(of.action, (call, _, original) =>
          original(withList(call, firstOf(call, mostServers))),
        ),
      ),
    },
  ]
}

function mutantsOfTheForm(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'malformed-is-empty',
      breaks: 'malformed-list',
      story: 'A failed parse gives an empty list, and for an empty list there is nothing to do.',
      mutate: notRefusing(of, 'malformed-list'),
    },
    {
      id: 'lone-object-accepted',
      breaks: 'malformed-list',
      story: 'Whatever is not a list is put into one.',
      mutate: together(
        notRefusing(of, 'malformed-list', isLoneObject),
        performing(of.action, (call, _, original) =>
          original(isLoneObject(call) ? withList(call, `[${textOf(call)}]`) : call),
        ),
      ),
    },
    {
      id: 'truncated-list-half-done',
      breaks: 'malformed-list',
      story: 'A streaming parser removes what it has read before it meets the end of the text.',
      mutate: actingBeforeRefusal(of, 'malformed-list', (holder, call) => {
        holder.servers = remaining(of, readList(completed(textOf(call))) ?? [], holder.servers)
      }),
    },
    {
      id: 'elements-before-a-wrong-one-removed',
      breaks: 'malformed-list',
      story: 'Elements are read one by one, and each is removed as soon as it was read.',
      mutate: actingBeforeRefusal(of, 'malformed-list', (holder, call) => {
        const read = textOf(call).replace(/,[^,{}[\]]+\]$/, ']')
        holder.servers = remaining(of, readList(read) ?? [], holder.servers)
      }),
    },
    {
      id: 'names-in-one-order-only',
      breaks: 'order-of-names',
      story: 'A pattern looks for the names in the order of the example.',
      mutate: performing(of.action, (call, _, original) =>
        original(withList(call, withoutOtherOrders(textOf(call)))),
      ),
    },
    {
      id: 'malformed-crashes',
      breaks: 'malformed-list',
      story: 'The parser throws, and the exception is not caught.',
      mutate: deciding(`${of.operation}/malformed-list`, (_, __, original) => original && crash),
    },
    {
      id: 'no-list-is-no-work',
      breaks: 'backend-servers-required',
      story: 'An absent list is read as an empty one.',
      mutate: notRefusing(of, 'backend-servers-required'),
    },
    {
      id: 'no-list-is-everybody',
      breaks: 'backend-servers-required',
      story: 'The condition on servers is left out of the query when there is no list.',
      mutate: together(
        notRefusing(of, 'backend-servers-required'),
        emptying(of, ({ parameters }) => parameters['BackendServers'] === undefined),
      ),
    },
  ]
}

function mutantsOfTheHolder(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'unknown-region-is-every-server',
      breaks: 'unknown-region',
      story: 'A region without shards gives no condition on servers, and the group is emptied.',
      mutate: together(
        notRefusing(of, 'unknown-region'),
        emptying(of, ({ parameters }) => parameters['RegionId'] === 'xx-nowhere-9'),
      ),
    },
    {
      id: 'unknown-region-crashes',
      breaks: 'unknown-region',
      story: 'Looks the region up in a table and uses what it finds.',
      mutate: deciding(`${of.operation}/unknown-region`, (_, __, original) => original && crash),
    },
    {
      id: 'no-holder-is-no-work',
      breaks: `${of.holderWord}-required`,
      story: 'Nothing was named, so nothing was removed, and that is a success.',
      mutate: withoutHolder(of, (call) => call.parameters[of.holderId] === undefined),
    },
    {
      id: 'no-holder-is-any',
      breaks: `${of.holderWord}-required`,
      story:
        'Without the id the query runs over everything the caller owns; then comes the refusal.',
      mutate: deciding(`${of.operation}/${of.holderWord}-required`, (call, store, original) => {
        for (const holder of original ? holdersOf(of, call, store) : []) {
          holder.servers = remaining(of, namedBy(call), holder.servers)
        }
        return original
      }),
    },
    {
      id: 'unknown-holder-is-no-work',
      breaks: `unknown-${of.holderWord}`,
      story: 'An update of no rows is not an error to the database.',
      mutate: withoutHolder(of, (call) => call.parameters[of.holderId] !== undefined),
    },
    {
      id: 'unknown-holder-crashes',
      breaks: `unknown-${of.holderWord}`,
      story: 'The code reads the servers of undefined.',
      mutate: deciding(
        `${of.operation}/unknown-${of.holderWord}`,
        (_, __, original) => original && crash,
      ),
    },
  ]
}

/** The rules that look for the holder do not refuse. */
function withoutHolder(of: Removal, when: (call: Call) => boolean): SlbChange {
  return together(
    notRefusing(of, `${of.holderWord}-required`, when),
    notRefusing(of, `unknown-${of.holderWord}`, when),
  )
}

/** All holders of the caller that this operation can name. */
function holdersOf(of: Removal, call: Call, store: SlbStore): readonly Holder[] {
  const asked = (id: string) => ({ ...call, parameters: { ...call.parameters, [of.holderId]: id } })
  const ids = [...store.loadBalancers.keys(), ...store.groups.keys()]
  return ids.flatMap((id) => of.holder(asked(id), store) ?? [])
}

function firstOf(call: Call, count: number): string {
  return listText(namedBy(call).slice(0, count))
}

function textOf(call: Call): string {
  return call.parameters['BackendServers'] ?? ''
}

function isLoneObject(call: Call): boolean {
  return textOf(call).startsWith('{') && readList(`[${textOf(call)}]`) !== undefined
}

/** The complete elements of a truncated list, as a list. */
function completed(text: string): string {
  const end = text.lastIndexOf('}') + 1
  return end > 0 ? `${text.slice(0, end)}]` : `${text}}]`
}

/** The list without elements that do not begin with the id of the server. */
function withoutOtherOrders(text: string): string {
  if (readList(text) === undefined || !text.includes('"')) return text
  const list = JSON.parse(text) as readonly object[]
  return JSON.stringify(list.filter((one) => /^serverId$/i.test(Object.keys(one)[0] ?? '')))
}
