/** Updates that are refused, and of which a part takes effect. */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given, picked } from '../../body.ts'
import { failsOn, poolOf, refusesBut } from '../../changes.ts'
import { demands } from '../../session-persistence.ts'
import { type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

/** Sets the plain fields that were sent, although the update is refused. */
export function applyPlainFields(call: Call, store: ElbStore): void {
  const sent = given(call, 'pool')
  const plain = Object.entries(picked(sent, ['name', 'description']))
  const texts = plain.filter(([, value]) => typeof value === 'string')
  Object.assign(poolOf(call, store) ?? {}, Object.fromEntries(texts))
}

export const partialUpdateMutants: readonly ElbMutant[] = [
  {
    id: 'applies-the-name-before-the-algorithm',
    breaks: 'elb/update-pool/partial-application',
    story: 'Fields are checked and assigned one by one, in the order of the table.',
    mutate: refusesBut('elb/update-pool/unknown-algorithm', applyPlainFields),
  },
  {
    id: 'applies-the-name-before-the-sessions',
    breaks: 'elb/update-pool/partial-application-of-session-persistence',
    story: 'Sticky sessions are checked by another module, after the pool was saved.',
    mutate: together(
      ...demands
        .filter(({ keeps }) => keeps !== 'elb/update-pool/unknown-field')
        .map(({ keeps }) => refusesBut(keeps, applyPlainFields)),
    ),
  },
  {
    id: 'refuses-false-but-turns-off',
    breaks: 'elb/update-pool/admin-state-up-false',
    story: 'The reserved field is refused by a check that comes too late.',
    mutate: refusesBut('elb/update-pool/admin-state-up-false', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { admin_state_up: false })
    }),
  },
  {
    id: 'fails-on-admin-state-up-false',
    breaks: 'elb/update-pool/admin-state-up-false',
    story: 'The reserved value was never implemented.',
    mutate: failsOn('elb/update-pool/admin-state-up-false'),
  },
]
