/** Lawful differences in updating a pool: what its page leaves open. */

import { deciding, performing, refusing, together, without } from '../../../mutant.ts'
import type { Change, Variant } from '../../../mutant.ts'
import { given, isObject, textOr, type Given } from '../../body.ts'
import {
  createPool,
  listPools,
  poolOf,
  refusesUpdate,
  refusingWith,
  showPool,
  showing,
  stickinessIn,
  updatesOtherwise,
} from '../../changes.ts'
import { presentPool } from '../../present.ts'
import { badRequest } from '../../refusals.ts'
import { longestMinutes } from '../../session-persistence.ts'
import { existing, type ElbStore, type Pool, type SessionPersistence } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'
import { lengthVariants } from './length.variants.ts'
import { nullVariants } from './null.variants.ts'

type ElbVariant = Variant<ElbStore>

const reading = (name: string): string => `elb/update-pool/${name}`

const envelope: readonly ElbVariant[] = [
  {
    id: 'update-answers-202',
    allowedBy: 'The status page names both 200 and 202 for PUT.',
    change: performing(updatePool, (call, _store, original) => ({
      ...original(call),
      status: 202,
    })),
  },
  {
    id: 'invalid-updates-are-422',
    allowedBy: 'The page names no status for a refusal; upstream documents 422 for some.',
    change: refusingWith(updatePool, 400, 422),
  },
  {
    id: 'not-active-is-400',
    allowedBy: 'The page names no status for an update while the load balancer is not ACTIVE.',
    change: refusingWith(updatePool, 409, 400),
  },
  {
    id: 'ignores-unknown-fields',
    allowedBy: 'The page says nothing about fields that are not in its table.',
    change: without(reading('unknown-field')),
  },
  {
    id: 'ignores-create-only-fields',
    allowedBy: 'The page does not say how a field of the create page is treated here.',
    change: without(reading('create-only-fields')),
  },
  {
    id: 'refuses-empty-updates',
    allowedBy: 'Every row is optional, but the page does not say whether all may be left out.',
    change: refusesUpdate((sent) => Object.keys(sent).length === 0),
  },
]

/** Refuses types on pools where they take no effect, when creating as when updating. */
function refusesTypes(types: readonly string[], protocol: string): Change<ElbStore> {
  const asked = (sent: Given): boolean => types.includes(textOr(stickinessIn(sent)?.['type'], ''))
  return together(
    refusesUpdate((sent, pool) => pool.protocol === protocol && asked(sent)),
    refusing(createPool, (call) => {
      const sent = given(call, 'pool')
      if (sent['protocol'] !== protocol || !asked(sent)) return undefined
      return badRequest(`These sticky sessions have no effect on ${protocol}.`)
    }),
  )
}

/** Switches sticky sessions to something else where an empty object was sent. */
function onEmpty(finish: (pool: Pool, was: Pool) => void): Change<ElbStore> {
  return together(
    without(reading('session-persistence-empty-object')),
    deciding(reading('session-persistence-type-omitted'), (call, _store, refusal) => {
      return isEmpty(stickinessIn(given(call, 'pool'))) ? undefined : refusal
    }),
    updatesOtherwise(({ pool, was, sent }) => {
      if (isEmpty(stickinessIn(sent))) finish(pool, was)
    }),
  )
}

function isEmpty(sent: Given | undefined): boolean {
  return sent !== undefined && Object.keys(sent).length === 0
}

const sessions: readonly ElbVariant[] = [
  {
    id: 'requires-the-type',
    allowedBy: 'Table 4 says optional, the create page and the status page say mandatory.',
    change: refusesUpdate((sent) => {
      const stickiness = stickinessIn(sent)
      return stickiness !== undefined && stickiness['type'] === undefined
    }),
  },
  {
    id: 'empty-sessions-disable',
    allowedBy: 'The page says nothing about an empty session_persistence; upstream clears it.',
    change: onEmpty((pool) => {
      pool.session_persistence = null
    }),
  },
  {
    id: 'empty-sessions-change-nothing',
    allowedBy: 'The page says nothing about an empty session_persistence; every row is optional.',
    change: onEmpty((pool, was) => {
      pool.session_persistence = was.session_persistence
    }),
  },
  {
    id: 'refuses-cookies-on-tcp',
    allowedBy: 'A type that takes no effect on TCP may be refused.',
    change: refusesTypes(['HTTP_COOKIE', 'APP_COOKIE'], 'TCP'),
  },
  {
    id: 'refuses-source-ip-on-http',
    allowedBy: 'A type that takes no effect on HTTP may be refused.',
    change: refusesTypes(['SOURCE_IP'], 'HTTP'),
  },
  {
    id: 'refuses-cookies-on-udp',
    allowedBy: 'The page says nothing about sticky session types on UDP.',
    change: refusesTypes(['HTTP_COOKIE', 'APP_COOKIE'], 'UDP'),
  },
  {
    id: 'ignores-useless-cookie-names',
    allowedBy: 'The page does not say what happens to a name that is not for APP_COOKIE.',
    change: without(reading('cookie-name-without-app-cookie')),
  },
  {
    id: 'cookie-name-absent-without-app-cookie',
    allowedBy: 'The name has no meaning without APP_COOKIE, so it need not be shown.',
    change: together(
      showing([createPool, showPool, updatePool], 'pool', withoutIdleName),
      showing([listPools], 'pools', withoutIdleName),
    ),
  },
]

/** What sticky sessions are set to, by an update or on creation. */
interface Setting {
  readonly now: SessionPersistence
  readonly was: SessionPersistence | null | undefined
  readonly protocol: string
  readonly sent: Given
}

/** Chooses the timeout where it is left open; `undefined` for that of the reference. */
function timing(choose: (setting: Setting) => number | null | undefined): Change<ElbStore> {
  return performing([createPool, updatePool], (call, store, original) => {
    const was = poolOf(call, store)?.session_persistence
    const answer = original(call)
    const { id } = (answer.body as { readonly pool: { readonly id: string } }).pool
    const pool = existing(store.pools, id)
    const { protocol, session_persistence: now } = pool
    const sent = stickinessIn(given(call, 'pool'))
    const chosen = now && sent && choose({ now, was, protocol, sent })
    if (!now || chosen === undefined) return answer
    pool.session_persistence = { ...now, persistence_timeout: chosen }
    return { ...answer, body: { pool: presentPool(pool, store) } }
  })
}

/** A type that has a timeout was set where there was another or none, and no timeout with it. */
function isUnspecified({ now, was, sent }: Setting): boolean {
  const changed = was?.type !== now.type
  return changed && now.type !== 'APP_COOKIE' && !('persistence_timeout' in sent)
}

const timeouts: readonly ElbVariant[] = [
  {
    id: 'refuses-timeouts-with-app-cookie',
    allowedBy: 'The timeout is invalid with APP_COOKIE, which may mean refused.',
    change: refusesUpdate((sent) => {
      const { type, persistence_timeout } = stickinessIn(sent) ?? {}
      return type === 'APP_COOKIE' && persistence_timeout !== undefined
    }),
  },
  {
    id: 'keeps-timeouts-with-app-cookie',
    allowedBy: 'The timeout is invalid with APP_COOKIE, but the create page shows it.',
    change: timing(({ now, sent: { persistence_timeout: minutes } }) =>
      now.type === 'APP_COOKIE' && typeof minutes === 'number' ? minutes : undefined,
    ),
  },
  {
    id: 'timeout-absent-with-app-cookie',
    allowedBy: 'The timeout has no meaning with APP_COOKIE, so it need not be shown.',
    change: together(
      showing([showPool, updatePool], 'pool', withoutIdleTimeout),
      showing([listPools], 'pools', withoutIdleTimeout),
    ),
  },
  {
    id: 'timeout-defaults-to-shortest',
    allowedBy: 'The page gives no default for the timeout.',
    change: timing((setting) => (isUnspecified(setting) ? 1 : undefined)),
  },
  {
    id: 'timeout-defaults-to-null',
    allowedBy: 'The page gives no default for the timeout.',
    change: timing((setting) => (isUnspecified(setting) ? null : undefined)),
  },
  {
    id: 'timeout-falls-back-to-default',
    allowedBy: 'The page does not say whether settings are merged or replaced.',
    change: timing(({ now, protocol, sent }) =>
      'type' in sent && now.type !== 'APP_COOKIE' && !('persistence_timeout' in sent)
        ? longestMinutes(protocol)
        : undefined,
    ),
  },
]

function withoutIdleName(pool: Given): Given {
  const stickiness = pool['session_persistence']
  if (!isObject(stickiness) || stickiness['type'] === 'APP_COOKIE') return pool
  const { cookie_name: _, ...rest } = stickiness
  return { ...pool, session_persistence: rest }
}

function withoutIdleTimeout(pool: Given): Given {
  const stickiness = pool['session_persistence']
  if (!isObject(stickiness) || stickiness['type'] !== 'APP_COOKIE') return pool
  const { persistence_timeout: _, ...rest } = stickiness
  return { ...pool, session_persistence: rest }
}

const adminState: readonly ElbVariant[] = [
  {
    id: 'turns-pools-off',
    allowedBy: 'The field is reserved, and the effect of false is not stated: here it is stored.',
    change: without(reading('admin-state-up-false')),
  },
  {
    id: 'ignores-admin-state-up-false',
    allowedBy: 'The field is reserved, and the effect of false is not stated: here it has none.',
    change: together(
      without(reading('admin-state-up-false')),
      updatesOtherwise(({ pool }) => {
        pool.admin_state_up = true
      }),
    ),
  },
  {
    id: 'forgets-that-a-pool-is-off',
    allowedBy: 'The page gives true as the default of a field that may be left out.',
    change: together(
      without(reading('admin-state-up-false')),
      updatesOtherwise(({ pool, sent }) => {
        pool.admin_state_up = sent['admin_state_up'] !== false
      }),
    ),
  },
]

const busy: ElbVariant = {
  id: 'settles-after-writes',
  allowedBy: 'No page says that a write is complete when it is answered.',
  change: refusing('*', (_call, store) => {
    store.settleMilliseconds ||= 10
    return undefined
  }),
}

export default [
  ...envelope,
  ...sessions,
  ...timeouts,
  ...adminState,
  busy,
  ...lengthVariants,
  ...nullVariants,
] satisfies readonly ElbVariant[]
