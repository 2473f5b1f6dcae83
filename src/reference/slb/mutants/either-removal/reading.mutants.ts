/**
 * Faults where the pages of both removals allow several readings, and the same ones: each of these does
 * what none of them allows. Either removal could have them.
 */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy, portOf } from '../../backend-servers.ts'
import {
  actingFirst,
  crashing,
  emptying,
  isEmptyList,
  listing,
  passing,
  refusingTooLate,
  removing,
  type Named,
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
      mutate: refusingTooLate(of, hasDuplicates, invalid('A server is specified twice.')),
    },
  ]
}

function mutantsOfTheEmptyList(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'empty-list-is-everybody',
      breaks: 'empty-list',
      story: 'An empty list of conditions matches every row.',
      mutate: together(passing(of, 'empty-list'), emptying(of, isEmptyList)),
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
        'Every row was deleted, and no server was named: that cannot be right, and is said so.',
      mutate: actingFirst(of, 'empty-list', (holder) => {
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
      story: 'A column without a value is serialized all the same.',
      mutate: listing(of, (servers) =>
        servers.map((server) => ({ ...server, Description: server['Description'] ?? null })),
      ),
    },
    {
      id: 'description-is-a-number',
      breaks: 'description',
      story: 'The columns of the query have moved by one, and the weight stands in its place.',
      mutate: listing(of, (servers) =>
        servers.map((server) => ({ ...server, Description: server['Weight'] })),
      ),
    },
  ]
}

function hasDuplicates(call: Call): boolean {
  const named = namedBy(call).map((entry) => JSON.stringify([entry.serverId, portOf(entry)]))
  return new Set(named).size < named.length
}

/** Takes out a position as often as it was found, from the back. */
function withoutPositions(of: Removal, named: Named, servers: Servers): Servers {
  const left = [...servers]
  const positions = named.map((entry) => servers.findIndex((each) => of.names(entry, each)))
  const sorted = positions.filter((position) => position >= 0).toSorted((a, b) => b - a)
  for (const position of sorted) left.splice(position, 1)
  return left
}
