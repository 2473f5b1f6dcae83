/** Faults in what is asked of a call: its list, its holder, its region. Either removal could have them. */

import { deciding, performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, readList } from '../../backend-servers.ts'
import {
  actingFirst,
  crash,
  emptying,
  naming,
  passing,
  rest,
  spelledAgain,
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
      id: 'twenty-refused',
      breaks: 'twenty-accepted',
      story: 'Greater or equal where greater was meant.',
      mutate: deciding(`${of.operation}/twenty-one-refused`, (call, _, original) =>
        namedBy(call).length === mostServers ? tooManyServers : original,
      ),
    },
    {
      id: 'twentieth-left-in',
      breaks: 'twenty-accepted',
      story: 'The list is cut after nineteen, to be on the safe side.',
      mutate: performing(of.action, (call, _, original) =>
        original(naming(call, firstOf(call, mostServers - 1))),
      ),
    },
    {
      id: 'no-limit',
      breaks: 'twenty-one-refused',
      story: 'The new gateway was to check the limit; nobody told its authors.',
      mutate: passing(of, 'twenty-one-refused'),
    },
    {
      id: 'limit-in-the-loop',
      breaks: 'twenty-one-refused',
      story: 'Counts while removing: the first twenty are gone when the next one is refused.',
      mutate: actingFirst(of, 'twenty-one-refused', (holder, call) => {
        holder.servers = rest(of, namedBy(call).slice(0, mostServers), holder.servers)
      }),
    },
    {
      id: 'first-twenty-only',
      breaks: 'twenty-one-refused',
      story: 'Cuts the list after twenty and answers as if all had been done.',
      mutate: together(
        passing(of, 'twenty-one-refused'),
        performing(of.action, (call, _, original) =>
          original(naming(call, firstOf(call, mostServers))),
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
      story: 'A failed parse gives an empty list, and an empty list is no work.',
      mutate: passing(of, 'malformed-list'),
    },
    {
      id: 'lone-object-accepted',
      breaks: 'malformed-list',
      story: 'Whatever is not a list is put into one.',
      mutate: together(
        passing(of, 'malformed-list', isLoneObject),
        performing(of.action, (call, _, original) =>
          original(isLoneObject(call) ? naming(call, `[${textOf(call)}]`) : call),
        ),
      ),
    },
    {
      id: 'truncated-list-half-done',
      breaks: 'malformed-list',
      story: 'A streaming parser removes what it has read before it meets the end of the text.',
      mutate: actingFirst(of, 'malformed-list', (holder, call) => {
        holder.servers = rest(of, readList(completed(textOf(call))) ?? [], holder.servers)
      }),
    },
    {
      id: 'malformed-crashes',
      breaks: 'malformed-list',
      story: 'The parser throws and nobody catches.',
      mutate: deciding(`${of.operation}/malformed-list`, (_, __, original) => original && crash),
    },
    {
      id: 'no-list-is-no-work',
      breaks: 'backend-servers-required',
      story: 'An absent list is read as an empty one.',
      mutate: passing(of, 'backend-servers-required'),
    },
    {
      id: 'no-list-is-everybody',
      breaks: 'backend-servers-required',
      story: 'The condition on servers is left out of the query when there is no list.',
      mutate: together(
        passing(of, 'backend-servers-required'),
        emptying(of, ({ parameters }) => parameters['BackendServers'] === undefined),
      ),
    },
  ]
}

function mutantsOfTheHolder(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'any-region',
      breaks: 'unknown-region',
      story: 'There is one region in the test environment, so the parameter is never read.',
      mutate: passing(of, 'unknown-region'),
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
      story: 'Nothing was named, nothing was removed, all is well.',
      mutate: unheld(of, (call) => call.parameters[of.holderId] === undefined),
    },
    {
      id: 'no-holder-is-any',
      breaks: `${of.holderWord}-required`,
      story:
        'Without the id the query runs over everything the caller owns; then comes the refusal.',
      mutate: deciding(`${of.operation}/${of.holderWord}-required`, (call, store, original) => {
        for (const holder of original ? holdersOf(of, call, store) : []) {
          holder.servers = rest(of, namedBy(call), holder.servers)
        }
        return original
      }),
    },
    {
      id: 'unknown-holder-is-no-work',
      breaks: `unknown-${of.holderWord}`,
      story: 'An update of no rows is not an error to the database.',
      mutate: unheld(of, (call) => call.parameters[of.holderId] !== undefined),
    },
    {
      id: 'unknown-holder-crashes',
      breaks: `unknown-${of.holderWord}`,
      story: 'The servers of undefined.',
      mutate: deciding(
        `${of.operation}/unknown-${of.holderWord}`,
        (_, __, original) => original && crash,
      ),
    },
  ]
}

/** The rules that look for the holder look away. */
function unheld(of: Removal, when: (call: Call) => boolean): SlbChange {
  return together(
    passing(of, `${of.holderWord}-required`, when),
    passing(of, `unknown-${of.holderWord}`, when),
  )
}

/** Everything of the caller's that holds servers, as far as this removal goes. */
function holdersOf(of: Removal, call: Call, store: SlbStore): readonly Holder[] {
  const asked = (id: string) => ({ ...call, parameters: { ...call.parameters, [of.holderId]: id } })
  const ids = [...store.loadBalancers.keys(), ...store.groups.keys()]
  return ids.flatMap((id) => of.holder(asked(id), store) ?? [])
}

function firstOf(call: Call, count: number): string {
  return spelledAgain(namedBy(call).slice(0, count))
}

function textOf(call: Call): string {
  return call.parameters['BackendServers'] ?? ''
}

function isLoneObject(call: Call): boolean {
  return textOf(call).startsWith('{') && readList(`[${textOf(call)}]`) !== undefined
}

/** What a parser has seen of a list that breaks off: its complete elements. */
function completed(text: string): string {
  const end = text.lastIndexOf('}') + 1
  return end > 0 ? `${text.slice(0, end)}]` : `${text}}]`
}
