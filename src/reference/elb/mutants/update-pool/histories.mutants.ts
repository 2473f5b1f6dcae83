/** Faults of updating a pool that depend on what was stored before, or on earlier updates. */

import { given, isObject } from '../../body.ts'
import { together, type Change, type Mutant } from '../../../mutant.ts'
import {
  alsoBefore,
  passes,
  poolOf,
  showPool,
  stickinessIn,
  storesOtherwise,
  updatesOtherwise,
  withState,
  type Update,
} from '../../changes.ts'
import { healthMonitorOf, listenersOf, membersOf, type ElbStore, type Pool } from '../../store.ts'

/** In pools of that protocol null leaves persistence by source address on, if it has minutes. */
function nullLeaves(protocol: Pool['protocol']): (update: Update) => void {
  return ({ pool, was, sent }) => {
    const before = was.session_persistence
    if (sent['session_persistence'] !== null || pool.protocol !== protocol) return
    if (before?.persistence_timeout) pool.session_persistence = before
  }
}

/** Takes APP_COOKIE without a name where the pool has had one, and was in that state before. */
function remembersNames(wasSo: (before: Pool['session_persistence']) => boolean): Change<ElbStore> {
  return withState(() => {
    const names = new Map<string, string>()
    return together(
      updatesOtherwise(({ pool, sent }) => {
        const now = pool.session_persistence
        if (now?.type !== 'APP_COOKIE') return
        if (now.cookie_name) names.set(pool.id, now.cookie_name)
        else pool.session_persistence = { ...now, cookie_name: names.get(pool.id) ?? null }
        if (!stickinessIn(sent)?.['cookie_name']) names.delete(pool.id)
      }),
      passes('elb/update-pool/cookie-name-required', (call, store) => {
        const pool = poolOf(call, store)
        const isNameless = !('cookie_name' in (stickinessIn(given(call, 'pool')) ?? {}))
        return (
          pool !== undefined && isNameless && names.has(pool.id) && wasSo(pool.session_persistence)
        )
      }),
    )
  })
}

export const updateHistoryMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'session-persistence-unlinks-other-policies',
    breaks: 'elb/update-pool/session-persistence-touches-nothing-else',
    story:
      'Sticky listeners are rendered anew, and policies that lead elsewhere are left out of the template.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (!('session_persistence' in sent)) return
      const own = new Set(listenersOf(store, pool.id).map(({ id }) => id))
      for (const policy of store.policies.values()) {
        const isElsewhere = policy.redirect_pool_id !== pool.id
        if (own.has(policy.listener_id) && isElsewhere) policy.redirect_pool_id = null
      }
    }),
  },
  {
    id: 'name-and-description-share-a-column',
    breaks: 'elb/update-pool/earlier-updates-kept',
    story: 'Both are in one column of 384 characters, and a long name leaves less for the rest.',
    mutate: updatesOtherwise(({ pool }) => {
      pool.description = pool.description.slice(0, Math.max(0, 384 - pool.name.length))
    }),
  },
  {
    id: 'weights-given-under-source-ip-are-lost',
    breaks: 'elb/update-pool/member-weights-kept',
    story: 'Weights are restored from a copy that was made when SOURCE_IP was switched on.',
    mutate: withState(() => {
      const copies = new Map<string, ReadonlySet<string>>()
      return storesOtherwise(({ pool, was, sent, store }) => {
        if (!('lb_algorithm' in sent)) return
        const members = membersOf(store, pool.id)
        const isHashed = pool.lb_algorithm === 'SOURCE_IP'
        if (isHashed) copies.set(pool.id, new Set(members.map(({ id }) => id)))
        if (isHashed || was.lb_algorithm !== 'SOURCE_IP') return
        for (const one of members) if (!copies.get(pool.id)?.has(one.id)) one.weight = 1
      })
    }),
  },
  {
    id: 'another-algorithm-brings-sessions-back',
    breaks: 'elb/update-pool/omitted-session-persistence.off',
    story:
      'The proxy is rendered anew for another algorithm, from the last session settings that it had.',
    mutate: withState(() => {
      const off = new Map<string, Pool['session_persistence']>()
      return updatesOtherwise(({ pool, was, sent }) => {
        if (sent['session_persistence'] === null) off.set(pool.id, was.session_persistence)
        else if ('session_persistence' in sent) off.delete(pool.id)
        else if ('lb_algorithm' in sent) pool.session_persistence ??= off.get(pool.id) ?? null
      })
    }),
  },
  {
    id: 'writes-the-row-that-was-read',
    breaks: 'elb/update-pool/overlapping-updates',
    story:
      'Workers keep the row that was shown last, and write all of it: the first of two updates is lost.',
    mutate: withState(() => {
      const read = new Map<string, Pick<Pool, 'description' | 'lb_algorithm'>>()
      const keep = (pool: Pool | undefined) => {
        if (!pool) return
        const { id, description, lb_algorithm } = pool
        read.set(id, { description, lb_algorithm })
      }
      return together(
        alsoBefore(showPool, (call, store) => keep(poolOf(call, store))),
        updatesOtherwise(({ pool, sent }) =>
          Object.assign(pool, { ...read.get(pool.id), ...sent }),
        ),
      )
    }),
  },
  {
    id: 'source-ip-ends-persistence',
    breaks: 'elb/update-pool/one-field-after-another',
    story: 'SOURCE_IP is a kind of persistence of its own, so any other is taken to be over.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      if (sent['lb_algorithm'] !== 'SOURCE_IP' || 'session_persistence' in sent) return
      if (was.session_persistence) pool.session_persistence = null
    }),
  },
  {
    id: 'monitors-bring-the-algorithm-back',
    breaks: 'elb/update-pool/one-field-after-another',
    story:
      'The monitor keeps the row as it was when it came, and each update of other fields writes it.',
    mutate: withState(() => {
      const first = new Map<string, Pool['lb_algorithm']>()
      return updatesOtherwise(({ pool, was, sent, store }) => {
        const isMonitored = [...store.healthMonitors.values()].some(
          ({ pool_id }) => pool_id === pool.id,
        )
        if (!first.has(pool.id)) first.set(pool.id, was.lb_algorithm)
        if (!isMonitored || 'lb_algorithm' in sent) return
        pool.lb_algorithm = first.get(pool.id) ?? was.lb_algorithm
      })
    }),
  },
  {
    id: 'turning-on-empties-the-description',
    breaks: 'elb/update-pool/one-field-after-another',
    story: 'A pool that is turned on is written with the defaults of a new one.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if (sent['admin_state_up'] === true && !('description' in sent)) pool.description = ''
    }),
  },
  {
    id: 'turning-on-slows-the-monitor',
    breaks: 'elb/update-pool/one-field-after-another',
    story: 'The health check is started anew, with the delay of the template.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      const monitor = healthMonitorOf(store, pool.id)
      const isTurnedOn = sent['admin_state_up'] === true && Object.keys(sent).length === 1
      if (monitor && isTurnedOn) monitor.delay += 30
    }),
  },
  {
    id: 'another-algorithm-forgets-the-port-of-the-monitor',
    breaks: 'elb/update-pool/one-field-after-another',
    story:
      'Changing the algorithm rewrites the proxy, and the health check asks at the default port again.',
    mutate: storesOtherwise(({ pool, was, store }) => {
      const monitor = healthMonitorOf(store, pool.id)
      if (monitor && pool.lb_algorithm !== was.lb_algorithm) monitor.monitor_port = null
    }),
  },
  {
    id: 'null-leaves-source-ip-on-udp',
    breaks: 'elb/update-pool/session-persistence-null-disables.source-ip-udp',
    story:
      'UDP sessions are in the table of flows, which null does not reach while it has minutes.',
    mutate: storesOtherwise(nullLeaves('UDP')),
  },
  {
    id: 'null-resets-the-algorithm-on-udp',
    breaks: 'elb/update-pool/session-persistence-null-disables.source-ip-udp',
    story: 'Without session persistence a pool of UDP is made anew, with the defaults.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      const isOff = sent['session_persistence'] === null && !('lb_algorithm' in sent)
      if (isOff && pool.protocol === 'UDP') pool.lb_algorithm = 'ROUND_ROBIN'
    }),
  },
  {
    id: 'null-leaves-source-ip-on-tcp',
    breaks: 'elb/update-pool/session-persistence-null-disables.source-ip-tcp',
    story: 'The minutes are a row of their own in the proxy of TCP, and it keeps the type alive.',
    mutate: storesOtherwise(nullLeaves('TCP')),
  },
  {
    id: 'remembers-the-cookie-name-while-off',
    breaks: 'elb/update-pool/cookie-name-required.after-off',
    story: 'Switching off only sets a flag; the name is still there when the type comes back.',
    mutate: remembersNames((before) => !before),
  },
  {
    id: 'remembers-the-cookie-name-under-http-cookie',
    breaks: 'elb/update-pool/cookie-name-required.after-http-cookie',
    story: 'The name of the application cookie is in a column that HTTP_COOKIE does not use.',
    mutate: remembersNames((before) => before?.type === 'HTTP_COOKIE'),
  },
  {
    id: 'needless-update-forgets-minutes',
    breaks: 'elb/update-pool/omitted-timeout',
    story: 'Where nothing differs the row is written from its template, with the longest minutes.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      const names = Object.keys(sent) as (keyof Pool)[]
      const isNeedless = names.length > 0 && names.every((name) => was[name] === sent[name])
      if (!isNeedless || !pool.session_persistence) return
      const minutes = pool.protocol === 'HTTP' ? 1440 : 60
      pool.session_persistence = { ...pool.session_persistence, persistence_timeout: minutes }
    }),
  },
  {
    id: 'writes-back-the-first-copy',
    breaks: 'elb/update-pool/earlier-updates-kept',
    story: 'The row is cached before its first update, and every later one writes the cached row.',
    mutate: withState(() => {
      const copies = new Map<string, Pick<Pool, 'name' | 'description'>>()
      return updatesOtherwise(({ pool, was, sent }) => {
        const copy = copies.get(pool.id)
        if (!copy) {
          copies.set(pool.id, { name: was.name, description: was.description })
          return
        }
        if (!('name' in sent)) pool.name = copy.name
        if (!('description' in sent)) pool.description = copy.description
      })
    }),
  },
  {
    id: 'null-leaves-app-cookies',
    breaks: 'elb/update-pool/session-persistence-null-disables.app-cookie',
    story: 'Cookies of applications are in a table of their own, which null does not reach.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      const before = was.session_persistence
      if (sent['session_persistence'] !== null || before?.type !== 'APP_COOKIE') return
      pool.session_persistence = before
    }),
  },
  {
    id: 'lowers-cookie-names-after-http-cookie',
    breaks: 'elb/update-pool/cookie-name-stored.after-http-cookie',
    story: 'A change of the type goes through the template of the proxy, which lowers names.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      const name = stickinessIn(sent)?.['cookie_name']
      const now = pool.session_persistence
      if (typeof name !== 'string' || was.session_persistence?.type !== 'HTTP_COOKIE') return
      if (isObject(now)) pool.session_persistence = { ...now, cookie_name: name.toLowerCase() }
    }),
  },
  {
    id: 'timeout-in-one-byte',
    breaks: 'elb/update-pool/timeout-changed',
    story: 'The table of the proxy has one byte for the minutes.',
    mutate: updatesOtherwise(({ pool }) => {
      const now = pool.session_persistence
      const minutes = now?.persistence_timeout
      if (now && typeof minutes === 'number' && minutes > 255) {
        pool.session_persistence = { ...now, persistence_timeout: minutes % 256 || 255 }
      }
    }),
  },
]
