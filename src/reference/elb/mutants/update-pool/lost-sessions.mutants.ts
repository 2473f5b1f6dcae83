/** Faults that lose the sticky sessions of a pool, or require more than the page before setting any. */

import type { Change, Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import { poolOf, refusesBut, refusesUpdate, stickinessIn } from '../../changes.ts'
import type { ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

/** Refuses sticky sessions of that kind as it should, and switches the old ones off. */
function disabling(keeps: string, kind: Readonly<Record<string, unknown>>): Change<ElbStore> {
  return refusesBut(keeps, (call, store) => {
    const sent = stickinessIn(given(call, 'pool')) ?? {}
    if (Object.entries(kind).some(([name, value]) => sent[name] !== value)) return
    Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
  })
}

const disabled: readonly ElbMutant[] = [
  {
    id: 'refuses-a-cookie-name-but-disables',
    breaks: 'elb/update-pool/cookie-name-without-app-cookie.source-ip',
    story: 'The old sessions are switched off before the new ones are looked at.',
    mutate: disabling('elb/update-pool/cookie-name-without-app-cookie', { type: 'SOURCE_IP' }),
  },
  {
    id: 'refuses-null-timeout-but-disables',
    breaks: 'elb/update-pool/timeout-null',
    story: 'The old sessions are switched off before the new ones are looked at.',
    mutate: disabling('elb/update-pool/request.pool.session_persistence.persistence_timeout.type', {
      persistence_timeout: null,
    }),
  },
]

const demanding: readonly ElbMutant[] = [
  {
    id: 'udp-timeout-required',
    breaks: 'elb/update-pool/timeout-optional.udp',
    story: 'Only HTTP has a default, so the others are asked for a value.',
    mutate: refusesUpdate((sent, pool) => {
      const stickiness = stickinessIn(sent)
      return pool.protocol === 'UDP' && !!stickiness && !('persistence_timeout' in stickiness)
    }),
  },
]

export const lostSessionMutants: readonly ElbMutant[] = [...disabled, ...demanding]
