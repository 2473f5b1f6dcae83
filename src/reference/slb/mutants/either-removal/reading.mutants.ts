/**
 * Faults where the pages of both removals allow the same readings: each of these does what no reading allows.
 * Either removal could have them.
 */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy, portOf } from '../../backend-servers.ts'
import {
  actingBeforeRefusal,
  crashing,
  emptying,
  isEmptyList,
  changingList,
  notRefusing,
  refusingAfterRemoval,
  removing,
  type Entries,
  type Servers,
} from '../../changes.ts'
import { invalid } from '../../refusals.ts'
import type { Removal } from '../../removal.ts'
import type { SlbStore } from '../../store.ts'

export function readingMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    ...mutantsOfTheDuplicate(of),
    ...mutantsOfTheEmptyList(of),
    ...mutantsOfTheDescription(of),
  ].map((mutant) => ({
    ...mutant,
    id: `${of.short}-${mutant.id}`,
    breaks: `${of.operation}/${mutant.breaks}`,
  }))
}

function mutantsOfTheDuplicate(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'duplicate-crashes',
      breaks: 'duplicates-in-list',
      story: 'The second time there is nothing to delete, and the weight of nothing is read.',
      mutate: crashing(of, hasDuplicates),
    },
    {
      id: 'duplicate-takes-a-neighbour',
      breaks: 'duplicates-in-list',
      story: 'Positions are looked up first and removed afterwards; each removal moves the others.',
      mutate: removing(of, (named, servers) => withoutPositions(of, named, servers)),
    },
    {
      id: 'duplicate-refused-too-late',
      breaks: 'duplicates-in-list',
      story: 'Fewer rows were deleted than servers named: an error, but no rollback.',
      mutate: refusingAfterRemoval(of, hasDuplicates, invalid('A server is specified twice.')),
    },
  ]
}

function mutantsOfTheEmptyList(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'empty-list-is-everybody',
      breaks: 'empty-list',
      story: 'An empty list of conditions matches every row.',
      mutate: together(notRefusing(of, 'empty-list'), emptying(of, isEmptyList)),
    },
    {
      id: 'empty-list-crashes',
      breaks: 'empty-list',
      story: 'The first element decides the type of all.',
      mutate: crashing(of, isEmptyList),
    },
    {
      id: 'empty-list-refused-too-late',
      breaks: 'empty-list',
      story:
        'Every row was deleted although no server was named; the code notices this afterwards and refuses.',
      mutate: actingBeforeRefusal(of, 'empty-list', (holder) => {
        holder.servers = []
      }),
    },
  ]
}

function mutantsOfTheDescription(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'description-is-null',
      breaks: 'description',
      story: 'A column without a value is serialized as null.',
      mutate: changingList(of, (servers) =>
        servers.map((server) => ({ ...server, Description: server['Description'] ?? null })),
      ),
    },
    {
      id: 'description-is-a-number',
      breaks: 'description',
      story: 'The columns of the query have moved by one, and the weight is in its place.',
      mutate: changingList(of, (servers) =>
        servers.map((server) => ({ ...server, Description: server['Weight'] })),
      ),
    },
  ]
}

function hasDuplicates(call: Call): boolean {
  const named = namedBy(call).map((entry) => JSON.stringify([entry.serverId, portOf(entry)]))
  return new Set(named).size < named.length
}

/** Removes each found position as often as it was found, from the last to the first. */
function withoutPositions(of: Removal, named: Entries, servers: Servers): Servers {
  const left = [...servers]
  const positions = named.map((entry) => servers.findIndex((each) => of.names(entry, each)))
  const sorted = positions.filter((position) => position >= 0).toSorted((a, b) => b - a)
  for (const position of sorted) left.splice(position, 1)
  return left
}
