/** Faults in the bounds of sticky sessions, in minutes, which differ by the protocol of the pool. */

import { deciding, together, without, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import {
  passes,
  poolOf,
  refusesBut,
  refusesUpdate,
  stickinessIn,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { listenersOf, type ElbStore, type Pool } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

/** The timeout of an update, if one was sent. */
export function minutesIn(sent: Readonly<Record<string, unknown>>): unknown {
  return stickinessIn(sent)?.['persistence_timeout']
}

/** Refuses minutes that the page allows. */
function refusesMinutes(protocol: string, refused: (minutes: number) => boolean): Change<ElbStore> {
  return refusesUpdate((sent, pool) => {
    const minutes = minutesIn(sent)
    return typeof minutes === 'number' && pool.protocol === protocol && refused(minutes)
  })
}

/** Accepts one number of minutes that the page does not allow. */
export function accepts(keeps: string, minutes: number): Change<ElbStore> {
  return passes(keeps, (call) => minutesIn(given(call, 'pool')) === minutes)
}

/** The five bounds of a protocol that has 1 to 60. */
function shortBounds(protocol: 'TCP' | 'UDP'): readonly ElbMutant[] {
  const name = protocol.toLowerCase()
  const at = (minutes: number): string => `elb/update-pool/timeout-${name}-${minutes}`
  const beyond = at(61)
  return [
    {
      id: `${name}-minimum-exclusive`,
      breaks: at(1),
      story: 'Greater than 1, where at least 1 was meant.',
      mutate: refusesMinutes(protocol, (minutes) => minutes === 1),
    },
    {
      id: `${name}-maximum-exclusive`,
      breaks: at(60),
      story: 'Less than 60, where at most 60 was meant.',
      mutate: refusesMinutes(protocol, (minutes) => minutes === 60),
    },
    {
      id: `${name}-takes-zero`,
      breaks: at(0),
      story: 'Zero is read as "for ever".',
      mutate: accepts(at(0), 0),
    },
    {
      id: `${name}-maximum-off-by-one`,
      breaks: beyond,
      story: 'At most 61, to have a range of 60.',
      mutate: accepts(beyond, 61),
    },
    {
      id: `${name}-takes-the-longest-of-http`,
      breaks: at(1440),
      story: 'The default of HTTP is excepted from the check, whatever the protocol.',
      mutate: accepts(beyond, 1440),
    },
  ]
}

const beyondTcp = 'elb/update-pool/timeout-tcp-61'

const bounds: readonly ElbMutant[] = [
  ...shortBounds('TCP'),
  ...shortBounds('UDP'),
  {
    id: 'tcp-clamps',
    breaks: beyondTcp,
    story: 'What is too long is silently cut to 60.',
    mutate: together(
      without(beyondTcp),
      updatesOtherwise(({ pool }) => {
        const now = pool.session_persistence
        if (pool.protocol !== 'TCP' || !now?.persistence_timeout) return
        const persistence_timeout = Math.min(60, now.persistence_timeout)
        pool.session_persistence = { ...now, persistence_timeout }
      }),
    ),
  },
  {
    id: 'tcp-refuses-61-but-disables',
    breaks: beyondTcp,
    story: 'The old sessions are switched off before the new ones are measured.',
    mutate: refusesBut(beyondTcp, (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
    }),
  },
  {
    id: 'http-minimum-exclusive',
    breaks: 'elb/update-pool/timeout-http-1',
    story: 'Greater than 1, where at least 1 was meant.',
    mutate: refusesMinutes('HTTP', (minutes) => minutes === 1),
  },
  {
    id: 'http-has-the-bound-of-tcp',
    breaks: 'elb/update-pool/timeout-http-61',
    story: 'One range for all: the first in the cell.',
    mutate: refusesMinutes('HTTP', (minutes) => minutes > 60),
  },
  {
    id: 'has-timeouts-for-udp-only',
    breaks: 'elb/update-pool/timeout-http-61',
    story: 'Timeouts came with UDP; a pool of another protocol was never given one.',
    mutate: refusesUpdate((sent, { protocol }) => protocol !== 'UDP' && Boolean(minutesIn(sent))),
  },
  {
    id: 'range-by-listener',
    breaks: 'elb/update-pool/timeout-http-61',
    story: 'The protocol is read from the listener, and a pool without one is layer 4.',
    mutate: refusesUpdate((sent, pool, _call, store) => {
      const minutes = minutesIn(sent)
      return typeof minutes === 'number' && minutes > 60 && isLoneHttp(pool, store)
    }),
  },
  {
    id: 'http-maximum-exclusive',
    breaks: 'elb/update-pool/timeout-http-1440',
    story: 'Less than a day, where a day was meant.',
    mutate: refusesMinutes('HTTP', (minutes) => minutes === 1440),
  },
  {
    id: 'http-takes-zero',
    breaks: 'elb/update-pool/timeout-http-0',
    story: 'Zero is read as "until the browser is closed".',
    mutate: accepts('elb/update-pool/timeout-http-0', 0),
  },
  {
    id: 'http-maximum-off-by-one',
    breaks: 'elb/update-pool/timeout-http-1441',
    story: 'Greater than 1441, where 1440 was meant.',
    mutate: accepts('elb/update-pool/timeout-http-1441', 1441),
  },
  {
    id: 'http-refuses-1441-but-stores-it',
    breaks: 'elb/update-pool/timeout-http-1441',
    story: 'The engine refuses what the database already has.',
    mutate: deciding('elb/update-pool/timeout-http-1441', (call, store, refusal) => {
      const pool = poolOf(call, store)
      const minutes = Number(minutesIn(given(call, 'pool')))
      if (refusal && pool?.session_persistence) {
        pool.session_persistence = { ...pool.session_persistence, persistence_timeout: minutes }
      }
      return refusal
    }),
  },
]

function isLoneHttp(pool: Pool, store: ElbStore): boolean {
  return pool.protocol === 'HTTP' && listenersOf(store, pool.id).length === 0
}

/** A sent object with a type that has a timeout, but without one. */
export function withoutMinutes(sent: Readonly<Record<string, unknown>>): boolean {
  const stickiness = stickinessIn(sent)
  if (!stickiness || 'persistence_timeout' in stickiness) return false
  return stickiness['type'] === 'HTTP_COOKIE' || stickiness['type'] === 'SOURCE_IP'
}

const defaults: readonly ElbMutant[] = [
  {
    id: 'timeout-required',
    breaks: 'elb/update-pool/timeout-optional',
    story: 'Sessions without an end were considered unsafe.',
    mutate: refusesUpdate(withoutMinutes),
  },
  {
    id: 'timeout-with-app-cookie-fails',
    breaks: 'elb/update-pool/timeout-with-app-cookie',
    story: 'The engine has no such setting, and the error is not caught.',
    mutate: refusesUpdate((sent) => {
      const stickiness = stickinessIn(sent)
      const minutes = stickiness?.['persistence_timeout']
      return stickiness?.['type'] === 'APP_COOKIE' && typeof minutes === 'number'
    }, 500),
  },
  {
    id: 'timeout-defaults-to-zero',
    breaks: 'elb/update-pool/timeout-default',
    story: 'An absent integer is zero.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      const now = pool.session_persistence
      if (!now || !withoutMinutes(sent) || was.session_persistence?.type === now.type) return
      pool.session_persistence = { ...now, persistence_timeout: 0 }
    }),
  },
  {
    id: 'timeout-kept-in-the-answer-only',
    breaks: 'elb/update-pool/timeout-kept',
    story: 'The answer is merged with the old settings, the row is written without them.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      const now = pool.session_persistence
      if (!now || !withoutMinutes(sent) || was.session_persistence?.type !== now.type) return
      pool.session_persistence = { ...now, persistence_timeout: 1 }
    }),
  },
]

export const timeoutMutants: readonly ElbMutant[] = [...bounds, ...defaults]
