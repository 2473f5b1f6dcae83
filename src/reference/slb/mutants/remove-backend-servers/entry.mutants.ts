/**
 * Faults in how RemoveBackendServers reads an element: type and weight, which are optional, and the
 * two examples of the page.
 */

import type { Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { weightOf } from '../../backend-servers.ts'
import {
  doingNothing,
  refusingIf,
  ignoringEntries,
  remaining,
  removing,
  someEntry,
} from '../../changes.ts'
import { invalid, listMalformed, missing, weightInvalid } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import type { SlbStore } from '../../store.ts'

export const defaultEntryMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'default-type-compared-unset',
    breaks: 'slb/remove-backend-servers/type-optional',
    story: 'The type is part of the key, and no type is not the default type.',
    mutate: ignoringEntries(of, ({ type }) => type !== undefined),
  },
  {
    id: 'default-type-required',
    breaks: 'slb/remove-backend-servers/type-optional',
    story: 'The validator was written from the example, which has a type.',
    mutate: refusingIf(
      of,
      someEntry(({ type }) => type === undefined),
      missing('Type'),
    ),
  },
  {
    id: 'default-type-ecs-is-a-stranger',
    breaks: 'slb/remove-backend-servers/type-ecs',
    story: 'Instances are stored without a type, and the type that is sent is compared.',
    mutate: ignoringEntries(of, ({ type }) => type !== 'ecs'),
  },
  {
    id: 'default-type-ecs-refused',
    breaks: 'slb/remove-backend-servers/type-ecs',
    story: 'Types are compared in capitals since the last refactoring.',
    mutate: refusingIf(
      of,
      someEntry(({ type }) => type === 'ecs'),
      invalid('The type is invalid.'),
    ),
  },
  {
    id: 'default-weight-required',
    breaks: 'slb/remove-backend-servers/weight-optional',
    story: 'The validator was written from the example, which has a weight.',
    mutate: refusingIf(
      of,
      someEntry(({ weight }) => weight === undefined),
      weightInvalid,
    ),
  },
  {
    id: 'default-no-weight-is-a-hundred',
    breaks: 'slb/remove-backend-servers/weight-optional',
    story: 'The default weight is filled in, and then only servers of that weight are found.',
    mutate: removing(of, (named, servers) =>
      servers.filter(
        (server) =>
          !named.some(
            (entry) =>
              of.names(entry, server) && (entry.weight !== undefined || server.weight === 100),
          ),
      ),
    ),
  },
  {
    id: 'default-quoted-weight-refused',
    breaks: 'slb/remove-backend-servers/weight-quoted',
    story: 'The page says integer, and the validator is strict.',
    mutate: refusingIf(
      of,
      someEntry(({ weight }) => typeof weight === 'string'),
      weightInvalid,
    ),
  },
  {
    id: 'default-bare-weight-refused',
    breaks: 'slb/remove-backend-servers/weight-number',
    story: 'The example quotes the weight, so the validator wants a text.',
    mutate: refusingIf(
      of,
      someEntry(({ weight }) => typeof weight === 'number'),
      weightInvalid,
    ),
  },
  {
    id: 'default-bare-weights-lost-beside-quoted-ones',
    breaks: 'slb/remove-backend-servers/weight-number',
    story: 'One text makes the column a text, and what is a number does not fit in it.',
    mutate: removing(of, (named, servers) => {
      const texts = named.filter(({ weight }) => typeof weight === 'string')
      return remaining(of, texts.length > 0 ? texts : named, servers)
    }),
  },
  {
    id: 'default-weight-nought-refused',
    breaks: 'slb/remove-backend-servers/weight-bounds',
    story: '0 is false, so the weight seems to be missing.',
    mutate: refusingIf(
      of,
      someEntry((entry) => weightOf(entry) === 0),
      weightInvalid,
    ),
  },
  {
    id: 'default-weight-hundred-refused',
    breaks: 'slb/remove-backend-servers/weight-bounds',
    story: 'The weight is compared with < 100 instead of <= 100.',
    mutate: refusingIf(
      of,
      someEntry((entry) => weightOf(entry) === 100),
      weightInvalid,
    ),
  },
  {
    id: 'default-space-becomes-a-plus',
    breaks: 'slb/remove-backend-servers/example-1',
    story:
      'A proxy encodes the query anew, as forms do, and the list has a plus between its words.',
    mutate: refusingIf(of, hasSpace, listMalformed),
  },
  {
    id: 'default-space-hides-the-element',
    breaks: 'slb/remove-backend-servers/example-1',
    story: 'Elements are found by a pattern without spaces, so none is found.',
    mutate: doingNothing(of, hasSpace),
  },
  {
    id: 'default-type-after-a-space-unknown',
    breaks: 'slb/remove-backend-servers/example-2',
    story:
      'The text is split at colons and not trimmed, so the type begins with a space, and no server has such a type.',
    mutate: doingNothing(of, ({ parameters }) =>
      /:\s+"eni"/.test(parameters['BackendServers'] ?? ''),
    ),
  },
  {
    id: 'default-quoted-weight-of-an-interface',
    breaks: 'slb/remove-backend-servers/example-2',
    story: 'Interfaces are compared with their weight, which is a number there and a text here.',
    mutate: ignoringEntries(of, ({ type, weight }) => type !== 'eni' || typeof weight !== 'string'),
  },
]

function hasSpace({ parameters }: Call): boolean {
  return parameters['BackendServers']?.includes(' ') ?? false
}
