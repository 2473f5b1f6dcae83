/** Faults in which servers are removed and which stay. Either removal could have them. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, serverIdOf } from '../../backend-servers.ts'
import {
  actingBeforeRefusal,
  isMember,
  isNamed,
  refusingIf,
  notRefusing,
  removing,
  remaining,
  type Entries,
  type Servers,
} from '../../changes.ts'
import {
  removedBefore,
  bringingWeightsBack,
  keepingXml,
  neverAddingAgain,
  recordingRemovals,
  removingFromShownList,
  restoringFirstWeights,
  revertingAfter,
  revertingAfterOneLook,
  wasRemoved,
} from '../removed-servers.ts'
import { invalid, serverUnknown } from '../../refusals.ts'
import type { Removal } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'

/** Shorter than the wait of the checks that ask whether a change lasts. */
const aWhileMilliseconds = 15

export function removalMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [...mutantsOfTheList(of), ...mutantsOfWhatIsKept(of)].map((mutant) => ({
    ...mutant,
    id: `${of.short}-${mutant.id}`,
    breaks: `${of.operation}/${mutant.breaks}`,
  }))
}

function mutantsOfTheList(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'works-on-the-list-that-was-shown',
      breaks: 'overlapping-removals',
      story: 'The list is read from a cache that only looks fill, and written back as a whole.',
      mutate: removingFromShownList(of),
    },
    {
      id: 'xml-is-kept',
      breaks: 'removes-named-server',
      story: 'XML is made from JSON once, and kept until servers are added.',
      mutate: keepingXml(of),
    },
    {
      id: 'first-weights-come-back',
      breaks: of.short === 'vserver' ? 'weights-of-the-rest-kept' : 'stored-weights-kept',
      story: 'Removals write the rows as they were created.',
      mutate: restoringFirstWeights(of),
    },
    {
      id: 'old-weights-come-back',
      breaks: 'added-again-otherwise',
      story: 'A removal only hides the row; adding the server again shows it as it was.',
      mutate: bringingWeightsBack(of),
    },
    {
      id: 'change-only-in-answer',
      breaks: 'removes-named-server',
      story: 'The answer is computed from a copy in memory, and the copy is never written back.',
      mutate: performing(of.action, (call, store, original) => {
        const holder = of.holder(call, store)
        const before = holder?.servers ?? []
        const answer = original(call)
        if (holder) holder.servers = before
        return answer
      }),
    },
    {
      id: 'removes-all-but-named',
      breaks: 'removes-named-server',
      story: 'A filter lost its exclamation mark.',
      mutate: removing(of, (named, servers) =>
        servers.filter((server) => isNamed(of, server, named)),
      ),
    },
    {
      id: 'first-of-list-only',
      breaks: 'several-in-one-call',
      story: 'The code uses find instead of filter.',
      mutate: removing(of, (named, servers) => remaining(of, named.slice(0, 1), servers)),
    },
    {
      id: 'last-of-list-missed',
      breaks: 'several-in-one-call',
      story: 'A loop runs to length - 1; a list of one takes another path and works.',
      mutate: removing(of, (named, servers) =>
        remaining(of, named.length > 1 ? named.slice(0, -1) : named, servers),
      ),
    },
    {
      id: 'first-of-list-only-in-a-form-in-xml',
      breaks: 'several-in-one-call',
      story: 'Forms for the XML view are read by the oldest parser, which keeps one element.',
      mutate: removing(of, (named, servers, call) =>
        remaining(of, wantsXml(call) && isForm(call) ? named.slice(0, 1) : named, servers),
      ),
    },
    {
      id: 'last-of-list-missed-in-xml',
      breaks: 'several-in-one-call',
      story: 'The XML view has a loop of its own, and it ends too early where there are several.',
      mutate: removing(of, (named, servers, call) =>
        remaining(of, wantsXml(call) && named.length > 1 ? named.slice(0, -1) : named, servers),
      ),
    },
    {
      id: 'form-with-several-empties',
      breaks: 'several-in-one-call',
      story: 'In a form a list of several becomes several parameters, and none of them is read.',
      mutate: removing(of, (named, servers, call) =>
        isForm(call) && !wantsXml(call) && named.length > 1 ? [] : remaining(of, named, servers),
      ),
    },
    {
      id: 'stranger-refused',
      breaks: 'absent-server-ignored',
      story: 'A not-found from the database is passed on when nothing was deleted.',
      mutate: refusingIf(of, (call, store) => nothingButStrangers(of, call, store), serverUnknown),
    },
    {
      id: 'stranger-takes-the-last',
      breaks: 'absent-server-ignored',
      story: 'indexOf gives -1, and splice(-1, 1) takes the last one.',
      mutate: removing(of, (named, servers) => spliced(of, named, servers)),
    },
    {
      id: 'repeated-refused',
      breaks: 'repeated',
      story: 'A ledger of removals refuses to book the same one twice.',
      mutate: together(
        refusingIf(
          of,
          (call, store) => nothingButRepeats(of, call, store),
          invalid('A specified server was removed before.'),
        ),
        recordingRemovals(of),
      ),
    },
    {
      id: 'repeated-brings-back',
      breaks: 'repeated',
      story: 'Toggles membership instead of ending it.',
      mutate: together(
        removing(of, (named, servers, call, store) => [
          ...remaining(of, named, servers),
          ...removedBefore(of, call, store),
        ]),
        recordingRemovals(of),
      ),
    },
  ]
}

function mutantsOfWhatIsKept(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'last-one-stays',
      breaks: 'empties',
      story: 'A guard against outages keeps one server in, and says nothing.',
      mutate: removing(of, (named, servers) => {
        const kept = remaining(of, named, servers)
        return kept.length > 0 ? kept : servers.slice(0, 1)
      }),
    },
    {
      id: 'emptying-refused',
      breaks: 'empties',
      story: 'A guard against outages refuses to take the last server.',
      mutate: refusingIf(
        of,
        (call, store) => {
          const servers = of.holder(call, store)?.servers ?? []
          return servers.length > 0 && remaining(of, namedBy(call), servers).length === 0
        },
        invalid('The last server cannot be removed.'),
      ),
    },
    {
      id: 'tombstone-swallows-addition',
      breaks: 'addable-again',
      story: 'A row marked deleted still wins when the same server is added; the call says 200.',
      mutate: neverAddingAgain(of),
    },
    {
      id: 'lost-after-one-look',
      breaks: 'durable',
      story: 'The change lives in a cache; when the cache is refreshed, the old row returns.',
      mutate: revertingAfterOneLook(of),
    },
    {
      id: 'back-after-a-while',
      breaks: 'durable',
      story: 'A job that repairs what looks lost puts back what was just removed.',
      mutate: revertingAfter(of, aWhileMilliseconds),
    },
    {
      id: 'weights-reset',
      breaks: of.short === 'vserver' ? 'weights-of-the-rest-kept' : 'stored-weights-kept',
      story: 'The servers that stay are written again, with the default weight.',
      mutate: removing(of, (named, servers) =>
        remaining(of, named, servers).map((server) => ({ ...server, weight: 100 })),
      ),
    },
    {
      id: 'weights-rebalanced',
      breaks: of.short === 'vserver' ? 'weights-of-the-rest-kept' : 'stored-weights-kept',
      story: 'The weight of a removed server is distributed to those that stay.',
      mutate: removing(of, (named, servers) => {
        const kept = remaining(of, named, servers)
        const freed = servers.length > kept.length ? 1 : 0
        return kept.map((server) => ({ ...server, weight: Math.min(100, server.weight + freed) }))
      }),
    },
    {
      id: of.short === 'vserver' ? 'eni-stays' : 'type-eni-stays',
      breaks: of.short === 'vserver' ? 'eni' : 'type-eni',
      story: 'Looks only through the table of instances; interfaces have one of their own.',
      mutate: removing(of, (named, servers) =>
        servers.filter((server) => server.type === 'eni' || !isNamed(of, server, named)),
      ),
    },
    {
      id: 'refuses-but-empties',
      breaks: 'missing-server-id',
      story: 'An element without ServerId matches every server; the refusal comes after the query.',
      mutate: actingBeforeRefusal(of, 'missing-server-id', (holder) => {
        holder.servers = []
      }),
    },
    {
      id: 'no-server-id-is-any',
      breaks: 'missing-server-id',
      story: 'A condition that is undefined drops out of the query, so that every server matches.',
      mutate: together(
        notRefusing(of, 'missing-server-id'),
        removing(of, (named, servers) =>
          named.some((entry) => serverIdOf(entry) === undefined)
            ? []
            : remaining(of, named, servers),
        ),
      ),
    },
  ]
}

function nothingButStrangers(of: Removal, call: Call, store: SlbStore): boolean {
  const servers = of.holder(call, store)?.servers ?? []
  const named = namedBy(call)
  const isPlain = named.length > 0 && named.length <= mostServers && servers.length > 0
  return isPlain && !named.some((entry) => isMember(of, entry, servers))
}

function nothingButRepeats(of: Removal, call: Call, store: SlbStore): boolean {
  const servers = of.holder(call, store)?.servers ?? []
  const named = namedBy(call)
  const isRepeated = named.some((entry) => wasRemoved(of, entry, call, store))
  return isRepeated && !named.some((entry) => isMember(of, entry, servers))
}

/** The result of a loop with indexOf and splice. */
function spliced(of: Removal, named: Entries, servers: Servers): Servers {
  const left = [...servers]
  for (const entry of named) {
    const index = left.findIndex((server) => of.names(entry, server))
    left.splice(index, 1)
  }
  return left
}

/** Were the parameters sent in a body? */
export function isForm({ method, text }: Call): boolean {
  return method === 'POST' && text !== ''
}
