/** Faults in the form of sticky sessions, and in their state where none were asked for. */

import { together, type Change, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given, type Given } from '../../body.ts'
import {
  failsOn,
  listPools,
  poolOf,
  refusesBut,
  showPool,
  showing,
  stickinessIn,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { longestMinutes } from '../../session-persistence.ts'
import type { ElbStore, SessionPersistence } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

const useless = 'elb/update-pool/cookie-name-without-app-cookie'

function asksForSourceIp(call: Call): boolean {
  return stickinessIn(given(call, 'pool'))?.['type'] === 'SOURCE_IP'
}

const names: readonly ElbMutant[] = [
  {
    id: 'source-ip-with-a-cookie-name-fails',
    breaks: `${useless}.source-ip`,
    story: 'The template of the engine has no place for the name, and the error is not caught.',
    mutate: failsOn(useless, asksForSourceIp),
  },
  {
    id: 'refuses-a-cookie-name-but-switches',
    breaks: `${useless}.source-ip`,
    story: 'The type is saved first; then its settings prove not to fit.',
    mutate: refusesBut(useless, (call, store) => {
      const pool = poolOf(call, store)
      if (!pool || !asksForSourceIp(call)) return
      const persistence_timeout = 1
      pool.session_persistence = { type: 'SOURCE_IP', cookie_name: null, persistence_timeout }
    }),
  },
]

function standard(protocol: string): SessionPersistence {
  const type = protocol === 'HTTP' ? 'HTTP_COOKIE' : 'SOURCE_IP'
  return { type, cookie_name: null, persistence_timeout: longestMinutes(protocol) }
}

const off: readonly ElbMutant[] = [
  {
    id: 'switches-sessions-on-by-default',
    breaks: 'elb/update-pool/omitted-session-persistence.off',
    story: 'The defaults of creation are filled in where an update is silent.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if (!('session_persistence' in sent)) pool.session_persistence ??= standard(pool.protocol)
    }),
  },
  {
    id: 'silently-switches-sessions-on',
    breaks: 'elb/update-pool/omitted-session-persistence.off',
    story: 'The child row is made by the save that follows the answer.',
    mutate: storesOtherwise(({ pool, sent }) => {
      if (!('session_persistence' in sent)) pool.session_persistence ??= standard(pool.protocol)
    }),
  },
]

/** Shows the sessions that are on, here and there, in another form. */
function forming(
  form: (stickiness: unknown) => unknown,
  views: readonly string[],
): Change<ElbStore> {
  const edit = (pool: Given): unknown => ({
    ...pool,
    session_persistence: pool['session_persistence'] && form(pool['session_persistence']),
  })
  return together(showing(views, 'pool', edit), showing([listPools], 'pools', edit))
}

/** As Python prints a dictionary: nearly JSON. */
function printed(stickiness: unknown): string {
  return JSON.stringify(stickiness).replaceAll('"', "'").replaceAll('null', 'None')
}

const forms: readonly ElbMutant[] = [
  {
    id: 'sessions-are-text-when-read-back',
    breaks: 'elb/update-pool/session-persistence-form',
    story: 'Stored as JSON in a text column, and not parsed when it is read.',
    mutate: forming(JSON.stringify, [showPool]),
  },
  {
    id: 'sessions-are-printed',
    breaks: 'elb/update-pool/session-persistence-form',
    story: 'str() of a dictionary, because the table says String.',
    mutate: forming(printed, [updatePool]),
  },
]

export const sessionFormMutants: readonly ElbMutant[] = [...names, ...off, ...forms]
