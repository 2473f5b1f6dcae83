/** Faults in who may call an operation: each kind of fault, in each of the three operations. */

import type { Mutant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { given, picked } from '../body.ts'
import { isCall, poolOf, refusesBut, unguarded, unowned } from '../changes.ts'
import { deletePool } from '../delete-pool.ts'
import { removeMember } from '../remove-member.ts'
import type { ElbStore } from '../store.ts'
import { updatePool } from '../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** An operation, as the faults need to know it. */
interface Operation {
  readonly name: string
  readonly on: string
  /** What it does, as a word in the ids of the mutants. */
  readonly does: string
  /** The effect of the operation, without its rules. */
  act(call: Call, store: ElbStore): void
  /** How it can come to accept any token. */
  readonly anyTokenStory: string
  /** How it can refuse another project and take effect. */
  readonly otherProjectStory: string
}

const operations: readonly Operation[] = [
  {
    name: 'update-pool',
    on: updatePool,
    does: 'updates',
    act(call, store) {
      const texts = picked(given(call, 'pool'), ['name', 'description'])
      Object.assign(poolOf(call, store) ?? {}, texts)
    },
    anyTokenStory: 'Any token is enough: the gateway is expected to have verified it.',
    otherProjectStory:
      'The project is compared when the pool is shown, which is after it was saved.',
  },
  {
    name: 'delete-pool',
    on: deletePool,
    does: 'deletes',
    act({ parameters }, { pools }) {
      pools.delete(parameters['pool_id'] ?? '')
    },
    anyTokenStory: 'Any token is enough: the gateway is expected to have verified it.',
    otherProjectStory:
      'The project is compared when the row is returned, which is after it was deleted.',
  },
  {
    name: 'remove-member',
    on: removeMember,
    does: 'removes',
    act({ parameters }, { members }) {
      members.delete(parameters['member_id'] ?? '')
    },
    anyTokenStory:
      'Nested paths are registered after the check that a token is sent, before the check that it is valid.',
    otherProjectStory:
      'The project is that of the pool, which is loaded after the member was removed.',
  },
]

function mutantsOf(operation: Operation): readonly ElbMutant[] {
  const { name, on, does, act, anyTokenStory, otherProjectStory } = operation
  const credentials = `elb/${name}/credentials-required`
  const project = `elb/${name}/other-project`
  return [
    {
      id: `${does}-without-a-token`,
      breaks: credentials,
      story: 'A token is verified if one is sent; a request without one passes.',
      mutate: unguarded(on, (token) => token === ''),
    },
    {
      id: `${does}-for-any-token`,
      breaks: credentials,
      story: anyTokenStory,
      mutate: unguarded(on, (token) => token !== ''),
    },
    {
      id: `answers-401-but-${does}`,
      breaks: credentials,
      story: 'The work is queued while Keystone is asked, and is not cancelled when it says no.',
      mutate: refusesBut('elb/set-up/token-required', (call, store) => {
        if (isCall(on, call)) act(call, store)
      }),
    },
    {
      id: `${does}-for-any-project`,
      breaks: project,
      story: 'Looked up by primary key; only lists have the condition on the project.',
      mutate: unowned(on),
    },
    {
      id: `refuses-another-project-but-${does}`,
      breaks: project,
      story: otherProjectStory,
      mutate: refusesBut(`elb/${name}/unknown-pool`, (call, store) => {
        if (poolOf(call, store)) act(call, store)
      }),
    },
  ]
}

export const credentialMutants: readonly ElbMutant[] = operations.flatMap(mutantsOf)
