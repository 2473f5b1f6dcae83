/** Faults of sticky sessions: switching them on and off, their types and cookie names. */

import { together, without, type Change, type Mutant } from '../../../mutant.ts'
import {
  withState,
  failsOn,
  poolOf,
  refusesBut,
  refusesUpdate,
  showing,
  stickinessIn,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { longestMinutes } from '../../session-persistence.ts'
import type { ElbStore, SessionPersistence } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

const switching: readonly ElbMutant[] = [
  {
    id: 'shows-sessions-but-does-not-store',
    breaks: 'elb/update-pool/session-persistence-enabled',
    story: 'A child row is built for the answer and never added to the session.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      if (stickinessIn(sent)) pool.session_persistence = was.session_persistence
    }),
  },
  {
    id: 'null-is-nothing',
    breaks: 'elb/update-pool/session-persistence-null-disables',
    story: 'null is dropped from the request with everything else that is unset.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      if (sent['session_persistence'] === null) pool.session_persistence = was.session_persistence
    }),
  },
  {
    id: 'disabled-is-an-empty-object',
    breaks: 'elb/update-pool/session-persistence-null-disables',
    story: 'The answer has an object for the child row, whether or not there is one.',
    mutate: showing([updatePool], 'pool', (pool) => ({
      ...pool,
      session_persistence: pool['session_persistence'] ?? {},
    })),
  },
  {
    id: 'refuses-null-when-off',
    breaks: 'elb/update-pool/session-persistence-null-when-off',
    story: 'There is no child row to delete: an error.',
    mutate: refusesUpdate(
      (sent, pool) => sent['session_persistence'] === null && pool.session_persistence === null,
    ),
  },
  {
    id: 'revives-old-sessions',
    breaks: 'elb/update-pool/session-persistence-enabled-again',
    story: 'Disabling marks the child row; enabling finds it and takes the mark off.',
    mutate: withState(() => {
      const marked = new Map<string, SessionPersistence>()
      return updatesOtherwise(({ pool, was, sent }) => {
        const old = marked.get(pool.id)
        if (sent['session_persistence'] === null && was.session_persistence) {
          marked.set(pool.id, was.session_persistence)
        } else if (stickinessIn(sent) && !was.session_persistence && old) {
          pool.session_persistence = old
        }
      })
    }),
  },
  {
    id: 'sticky-means-source-ip',
    breaks: 'elb/update-pool/session-persistence-touches-nothing-else',
    story: 'Sticky sessions are done by hashing, so the algorithm is changed with them.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if ('session_persistence' in sent) pool.lb_algorithm = 'SOURCE_IP'
    }),
  },
  {
    id: 'fails-on-omitted-type',
    breaks: 'elb/update-pool/session-persistence-type-omitted',
    story: 'The type is read without a check that it exists.',
    mutate: refusesUpdate((sent) => {
      const stickiness = stickinessIn(sent)
      return stickiness !== undefined && !('type' in stickiness)
    }, 500),
  },
  {
    id: 'refuses-empty-sessions-but-disables',
    breaks: 'elb/update-pool/session-persistence-empty-object',
    story: 'The old child row goes first; then the new one proves to be empty.',
    mutate: refusesBut('elb/update-pool/session-persistence-empty-object', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
    }),
  },
  {
    id: 'fails-on-empty-sessions',
    breaks: 'elb/update-pool/session-persistence-empty-object',
    story: 'The type is read without a check that it exists.',
    mutate: failsOn('elb/update-pool/session-persistence-empty-object'),
  },
]

/** Something happens if a type is asked for on a pool of that protocol. */
function asksFor(type: string, protocol: string) {
  return (sent: Readonly<Record<string, unknown>>, pool: { readonly protocol: string }): boolean =>
    stickinessIn(sent)?.['type'] === type && pool.protocol === protocol
}

/** Shows the new sessions, and stores others. */
function showsOnly(type: string, protocol: string): Change<ElbStore> {
  return storesOtherwise(({ pool, was, sent }) => {
    if (!asksFor(type, protocol)(sent, pool)) return
    pool.session_persistence = was.session_persistence
  })
}

const kinds: readonly ElbMutant[] = [
  {
    id: 'no-source-ip-sessions-on-tcp',
    breaks: 'elb/update-pool/source-ip-on-tcp',
    story: 'The list of types is the one for HTTP.',
    mutate: refusesUpdate(asksFor('SOURCE_IP', 'TCP')),
  },
  {
    id: 'no-http-cookie-on-http',
    breaks: 'elb/update-pool/http-cookie-on-http',
    story: 'The protocol is compared the wrong way round.',
    mutate: refusesUpdate(asksFor('HTTP_COOKIE', 'HTTP')),
  },
  {
    id: 'app-cookie-becomes-http-cookie',
    breaks: 'elb/update-pool/app-cookie-on-http',
    story: 'One branch of the mapping to the engine is missing.',
    mutate: storesOtherwise(({ pool }) => {
      const now = pool.session_persistence
      if (now?.type === 'APP_COOKIE') pool.session_persistence = { ...now, type: 'HTTP_COOKIE' }
    }),
  },
  {
    id: 'takes-any-type',
    breaks: 'elb/update-pool/unknown-session-persistence-type',
    story: 'The column is a string, and the enum was in the documentation only.',
    mutate: without('elb/update-pool/unknown-session-persistence-type'),
  },
  {
    id: 'refuses-unknown-type-but-disables',
    breaks: 'elb/update-pool/unknown-session-persistence-type',
    story: 'The old sessions are switched off before the new type is looked up.',
    mutate: refusesBut('elb/update-pool/unknown-session-persistence-type', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
    }),
  },
  {
    id: 'cookies-on-tcp-only-shown',
    breaks: 'elb/update-pool/cookie-types-on-tcp',
    story: 'Accepted and echoed, but what is stored is what was before.',
    mutate: together(showsOnly('HTTP_COOKIE', 'TCP'), showsOnly('APP_COOKIE', 'TCP')),
  },
  {
    id: 'app-cookie-on-tcp-only-shown',
    breaks: 'elb/update-pool/cookie-types-on-tcp.app-cookie',
    story: 'Accepted and echoed, but what is stored is what was before.',
    mutate: showsOnly('APP_COOKIE', 'TCP'),
  },
  {
    id: 'app-cookie-on-udp-fails',
    breaks: 'elb/update-pool/cookie-types-on-udp.app-cookie',
    story: 'The name is looked up in the settings of HTTP, which UDP has none of.',
    mutate: refusesUpdate(asksFor('APP_COOKIE', 'UDP'), 500),
  },
  {
    id: 'null-session-type-fails',
    breaks: 'elb/update-pool/null-session-persistence-type',
    story: 'The type is converted to upper case without a look whether it is there.',
    mutate: refusesUpdate((sent) => stickinessIn(sent)?.['type'] === null, 500),
  },
  {
    id: 'source-ip-on-http-fails',
    breaks: 'elb/update-pool/source-ip-on-http',
    story: 'The engine has no such template, and the error is not caught.',
    mutate: refusesUpdate(asksFor('SOURCE_IP', 'HTTP'), 500),
  },
  {
    id: 'source-ip-on-http-only-shown',
    breaks: 'elb/update-pool/source-ip-on-http',
    story: 'Accepted and echoed, but what is stored is what was before.',
    mutate: showsOnly('SOURCE_IP', 'HTTP'),
  },
  {
    id: 'source-ip-on-udp-fails',
    breaks: 'elb/update-pool/source-ip-on-udp',
    story: 'UDP is missing from a table of protocols.',
    mutate: refusesUpdate(asksFor('SOURCE_IP', 'UDP'), 500),
  },
  {
    id: 'cookies-on-udp-fail',
    breaks: 'elb/update-pool/cookie-types-on-udp',
    story: 'UDP is missing from a table of protocols.',
    mutate: refusesUpdate(
      (sent, pool) =>
        asksFor('HTTP_COOKIE', 'UDP')(sent, pool) || asksFor('APP_COOKIE', 'UDP')(sent, pool),
      500,
    ),
  },
]

const names: readonly ElbMutant[] = [
  {
    id: 'app-cookie-without-name',
    breaks: 'elb/update-pool/cookie-name-required',
    story: 'Mandatory in the text, No in the column: the column was implemented.',
    mutate: without('elb/update-pool/cookie-name-required'),
  },
  {
    id: 'refuses-nameless-cookie-but-disables',
    breaks: 'elb/update-pool/cookie-name-required',
    story: 'The old sessions are switched off before the new ones are complete.',
    mutate: refusesBut('elb/update-pool/cookie-name-required', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { session_persistence: null })
    }),
  },
  {
    id: 'app-cookie-with-empty-name',
    breaks: 'elb/update-pool/cookie-name-required.empty',
    story: 'Asks whether the name is there, not whether it says anything.',
    mutate: without('elb/update-pool/cookie-name-required.empty'),
  },
  {
    id: 'app-cookie-with-null-name',
    breaks: 'elb/update-pool/cookie-name-required.null',
    story: 'Asks whether the key is there.',
    mutate: without('elb/update-pool/cookie-name-required.null'),
  },
  {
    id: 'upper-cases-cookie-names',
    breaks: 'elb/update-pool/cookie-name-stored',
    story: 'Header names have no case, so cookie names are converted to one case.',
    mutate: storesOtherwise(({ pool }) => {
      const now = pool.session_persistence
      const name = now?.cookie_name
      if (name) pool.session_persistence = { ...now, cookie_name: name.toUpperCase() }
    }),
  },
  {
    id: 'cookie-types-are-one',
    breaks: 'elb/update-pool/cookie-name-cleared-on-switch',
    story: 'Both types are done by a cookie, so a switch between them is taken for no change.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      const [old, now] = [was.session_persistence?.type, pool.session_persistence?.type]
      if (!stickinessIn(sent) || old !== 'APP_COOKIE' || now !== 'HTTP_COOKIE') return
      pool.session_persistence = was.session_persistence
    }),
  },
  {
    id: 'cookie-name-with-http-cookie-fails',
    breaks: 'elb/update-pool/cookie-name-without-app-cookie',
    story: 'The template of the engine has no place for the name, and the error is not caught.',
    mutate: refusesUpdate((sent) => {
      const { type, cookie_name } = stickinessIn(sent) ?? {}
      return type === 'HTTP_COOKIE' && typeof cookie_name === 'string'
    }, 500),
  },
  {
    id: 'every-cookie-needs-a-name',
    breaks: 'elb/update-pool/cookie-name-not-needed',
    story: 'Every type that ends with COOKIE is asked for a name.',
    mutate: refusesUpdate((sent) => {
      const stickiness = stickinessIn(sent)
      return stickiness?.['type'] === 'HTTP_COOKIE' && !('cookie_name' in stickiness)
    }),
  },
]

const examples: readonly ElbMutant[] = [
  {
    id: 'refills-the-timeout',
    breaks: 'elb/update-pool/omitted-timeout',
    story: 'Defaults are filled in on every write, over what is there.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      const now = pool.session_persistence
      if (now?.type !== 'HTTP_COOKIE' || 'session_persistence' in sent) return
      const persistence_timeout = longestMinutes(pool.protocol)
      pool.session_persistence = { ...now, persistence_timeout }
    }),
  },
]

export const sessionMutants: readonly ElbMutant[] = [...switching, ...kinds, ...names, ...examples]
