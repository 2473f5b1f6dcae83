/** Faults in timeouts that are changed, far out of range, null or left out. */

import { deciding, together, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import {
  passes,
  poolOf,
  refusesBut,
  refusesUpdate,
  stickinessIn,
  storesOtherwise,
  updatesOtherwise,
  withState,
  type Update,
} from '../../changes.ts'
import type { ElbStore } from '../../store.ts'
import { longestMinutes } from '../../session-persistence.ts'
import { accepts, minutesIn, withoutMinutes } from './timeout.mutants.ts'

type ElbMutant = Mutant<ElbStore>
type Sent = Readonly<Record<string, unknown>>

/** Sets the timeout of what is stored. */
function setMinutes({ pool }: Pick<Update, 'pool'>, minutes: number | null): void {
  const now = pool.session_persistence
  if (now) pool.session_persistence = { ...now, persistence_timeout: minutes }
}

const at = (protocol: string, minutes: number | string): string =>
  `elb/update-pool/timeout-${protocol}-${minutes}`

/** Faults at a bound that a check further out asks for; the rule is that of the bound. */
const far: readonly ElbMutant[] = [
  {
    id: 'http-takes-a-day-of-seconds',
    breaks: at('http', 86_400),
    story: 'One number is accepted: a day, counted in seconds.',
    mutate: accepts(at('http', 1441), 86_400),
  },
  {
    id: 'http-turns-seconds-into-minutes',
    breaks: at('http', 86_400),
    story: 'A value that is too long is read as seconds, and divided by 60.',
    mutate: together(
      accepts(at('http', 1441), 86_400),
      updatesOtherwise((update) => {
        if (minutesIn(update.sent) === 86_400) setMinutes(update, 1440)
      }),
    ),
  },
  {
    id: 'http-refuses-86400-but-disables',
    breaks: at('http', 86_400),
    story: 'The old sessions are switched off before the new ones are measured.',
    mutate: refusesBut(at('http', 1441), (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
    }),
  },
  {
    id: 'tcp-compares-32-bits',
    breaks: at('tcp', 2_147_483_648),
    story: 'In 32 bits it is less than 60; the other bound has been passed before, in 64.',
    mutate: accepts(at('tcp', 61), 2_147_483_648),
  },
  {
    id: 'tcp-fails-beyond-32-bits',
    breaks: at('tcp', 2_147_483_648),
    story: 'The number does not fit the column, and its range is checked only later.',
    mutate: refusesUpdate((sent) => Number(minutesIn(sent)) > 2_147_483_647, 500),
  },
  ...['HTTP', 'TCP', 'UDP'].flatMap((protocol) => belowZero(protocol.toLowerCase())),
]

function belowZero(protocol: string): readonly ElbMutant[] {
  return [
    {
      id: `${protocol}-takes-minus-one`,
      breaks: at(protocol, 'minus-1'),
      story: '-1 stands for "no limit" elsewhere in the API, and is accepted here.',
      mutate: accepts(at(protocol, 0), -1),
    },
    {
      id: `${protocol}-refuses-minus-one-but-stores-it`,
      breaks: at(protocol, 'minus-1'),
      story: 'The engine refuses what the database already has.',
      mutate: deciding(at(protocol, 0), (call, store, refusal) => {
        const pool = poolOf(call, store)
        if (refusal && pool) setMinutes({ pool }, Number(minutesIn(given(call, 'pool'))))
        return refusal
      }),
    },
  ]
}

const changes: readonly ElbMutant[] = [
  {
    id: 'same-type-is-no-change',
    breaks: 'elb/update-pool/timeout-changed',
    story: 'Old and new sessions are compared by their type only.',
    mutate: updatesOtherwise(({ pool, was }) => {
      if (was.session_persistence?.type !== pool.session_persistence?.type) return
      pool.session_persistence = was.session_persistence
    }),
  },
  {
    id: 'timeout-changes-in-the-answer-only',
    breaks: 'elb/update-pool/timeout-changed',
    story: 'A JSON column is changed in place, which the ORM does not notice.',
    mutate: storesOtherwise(({ pool, was }) => {
      if (was.session_persistence?.type !== pool.session_persistence?.type) return
      pool.session_persistence = was.session_persistence
    }),
  },
]

const revived: ElbMutant = {
  id: 'revives-old-timeouts',
  breaks: 'elb/update-pool/timeout-not-restored',
  story: 'Switching off clears the type; the timeout stays in its column.',
  mutate: withState(() => {
    const old = new Map<string, number | null>()
    return updatesOtherwise((update) => {
      const { pool, was, sent } = update
      if (!was.session_persistence && withoutMinutes(sent)) {
        setMinutes(update, old.get(pool.id) ?? longestMinutes(pool.protocol))
      }
      const before = was.session_persistence?.persistence_timeout
      if (before !== undefined) old.set(pool.id, before)
    })
  }),
}

const timeoutType = 'elb/update-pool/request.pool.session_persistence.persistence_timeout.type'

const nulls: readonly ElbMutant[] = [
  {
    id: 'null-timeout-is-zero',
    breaks: 'elb/update-pool/timeout-null',
    story: 'Number(null) is 0.',
    mutate: together(
      passes(timeoutType, (call) => minutesIn(given(call, 'pool')) === null),
      updatesOtherwise((update) => {
        if (minutesIn(update.sent) === null) setMinutes(update, 0)
      }),
    ),
  },
  {
    id: 'null-timeout-fails',
    breaks: 'elb/update-pool/timeout-null',
    story: 'null is compared with a number, which the language does not allow.',
    mutate: refusesUpdate((sent) => minutesIn(sent) === null, 500),
  },
  {
    id: 'refuses-null-timeout-but-switches',
    breaks: 'elb/update-pool/timeout-null',
    story: 'The type is saved first; then the timeout proves to be null.',
    mutate: refusesBut(timeoutType, (call, store) => {
      const stickiness = stickinessIn(given(call, 'pool'))
      if (stickiness?.['persistence_timeout'] !== null) return
      const session_persistence = {
        type: String(stickiness['type']),
        cookie_name: null,
        persistence_timeout: null,
      }
      Object.assign(poolOf(call, store) ?? {}, { session_persistence })
    }),
  },
]

/** Is a timeout left out on a pool of that protocol? */
function leavesOut(protocol: string, sent: Sent, pool: { readonly protocol: string }): boolean {
  const stickiness = stickinessIn(sent)
  return pool.protocol === protocol && !!stickiness && !('persistence_timeout' in stickiness)
}

function defaulting(protocol: string, standard: number): Change<ElbStore> {
  return updatesOtherwise((update) => {
    if (leavesOut(protocol, update.sent, update.pool)) setMinutes(update, standard)
  })
}

const optional: readonly ElbMutant[] = [
  {
    id: 'tcp-timeout-required',
    breaks: 'elb/update-pool/timeout-optional.tcp',
    story: 'Only HTTP has a default, so the others are asked for a value.',
    mutate: refusesUpdate((sent, pool) => leavesOut('TCP', sent, pool)),
  },
  {
    id: 'tcp-has-the-default-of-http',
    breaks: 'elb/update-pool/timeout-optional.tcp',
    story: 'One default for all protocols: the longest of HTTP.',
    mutate: defaulting('TCP', 1440),
  },
  {
    id: 'udp-timeout-defaults-to-zero',
    breaks: 'elb/update-pool/timeout-optional.udp',
    story: 'An absent integer is zero, and a default is not measured.',
    mutate: defaulting('UDP', 0),
  },
]

export const timeoutValueMutants: readonly ElbMutant[] = [
  ...far,
  ...changes,
  revived,
  ...nulls,
  ...optional,
]
