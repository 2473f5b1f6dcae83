/**
 * Faults in how RemoveBackendServers takes an element: type and weight, which are optional, and the
 * two examples of the page.
 */

import type { Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { weightOf } from '../../backend-servers.ts'
import { ignoring, objecting, overlooking, removing, some } from '../../changes.ts'
import { invalid, listMalformed, missing, weightInvalid } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import type { SlbStore } from '../../store.ts'

export const defaultEntryMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'default-type-compared-unset',
    breaks: 'slb/remove-backend-servers/type-optional',
    story: 'The type is part of the key, and no type is not the default type.',
    mutate: overlooking(of, ({ type }) => type !== undefined),
  },
  {
    id: 'default-type-required',
    breaks: 'slb/remove-backend-servers/type-optional',
    story: 'The validator was written from the example, which has a type.',
    mutate: objecting(
      of,
      some(({ type }) => type === undefined),
      missing('Type'),
    ),
  },
  {
    id: 'default-type-ecs-is-a-stranger',
    breaks: 'slb/remove-backend-servers/type-ecs',
    story: 'Instances are stored without a type, and the type that is sent is compared.',
    mutate: overlooking(of, ({ type }) => type !== 'ecs'),
  },
  {
    id: 'default-type-ecs-refused',
    breaks: 'slb/remove-backend-servers/type-ecs',
    story: 'Types are compared in capitals since the last refactoring.',
    mutate: objecting(
      of,
      some(({ type }) => type === 'ecs'),
      invalid('The type is invalid.'),
    ),
  },
  {
    id: 'default-weight-required',
    breaks: 'slb/remove-backend-servers/weight-optional',
    story: 'The validator was written from the example, which has a weight.',
    mutate: objecting(
      of,
      some(({ weight }) => weight === undefined),
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
    mutate: objecting(
      of,
      some(({ weight }) => typeof weight === 'string'),
      weightInvalid,
    ),
  },
  {
    id: 'default-bare-weight-refused',
    breaks: 'slb/remove-backend-servers/weight-number',
    story: 'The example quotes the weight, so the validator wants a text.',
    mutate: objecting(
      of,
      some(({ weight }) => typeof weight === 'number'),
      weightInvalid,
    ),
  },
  {
    id: 'default-weight-nought-refused',
    breaks: 'slb/remove-backend-servers/weight-bounds',
    story: 'Nought is false, so the weight seems not to be there.',
    mutate: objecting(
      of,
      some((entry) => weightOf(entry) === 0),
      weightInvalid,
    ),
  },
  {
    id: 'default-weight-hundred-refused',
    breaks: 'slb/remove-backend-servers/weight-bounds',
    story: 'Less than 100 where up to 100 was meant.',
    mutate: objecting(
      of,
      some((entry) => weightOf(entry) === 100),
      weightInvalid,
    ),
  },
  {
    id: 'default-space-becomes-a-plus',
    breaks: 'slb/remove-backend-servers/example-1',
    story:
      'A proxy encodes the query anew, as forms do, and the list has a plus between its words.',
    mutate: objecting(of, hasSpace, listMalformed),
  },
  {
    id: 'default-space-hides-the-element',
    breaks: 'slb/remove-backend-servers/example-1',
    story: 'Elements are found by a pattern that has no room for a space; none is found.',
    mutate: ignoring(of, hasSpace),
  },
  {
    id: 'default-type-after-a-space-unknown',
    breaks: 'slb/remove-backend-servers/example-2',
    story:
      'Split at colons and not trimmed, the type has a space in front, and no server has that.',
    mutate: ignoring(of, ({ parameters }) => /:\s+"eni"/.test(parameters['BackendServers'] ?? '')),
  },
  {
    id: 'default-quoted-weight-of-an-interface',
    breaks: 'slb/remove-backend-servers/example-2',
    story: 'Interfaces are compared with their weight, which is a number there and a text here.',
    mutate: overlooking(of, ({ type, weight }) => type !== 'eni' || typeof weight !== 'string'),
  },
]

function hasSpace({ parameters }: Call): boolean {
  return parameters['BackendServers']?.includes(' ') ?? false
}
