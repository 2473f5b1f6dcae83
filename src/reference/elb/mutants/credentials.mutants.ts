/** Faults in who may call an operation: the same kinds in each operation. */

import type { Mutant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { isCall, poolOf, refusesBut, unguarded, unowned } from '../changes.ts'
import type { ElbStore } from '../store.ts'

type ElbMutant = Mutant<ElbStore>

/** An operation, as the faults need to know it. */
export interface GuardedOperation {
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

/** Every kind of fault, in one operation. */
export function credentialMutants(operation: GuardedOperation): readonly ElbMutant[] {
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
