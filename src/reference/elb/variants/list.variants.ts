/** Lawful differences in what lists and the status tree hold, and in which order. */

import { performing, type Variant } from '../../mutant.ts'
import type { Answer, Call } from '../../rule.ts'
import { isObject, type Given } from '../body.ts'
import { listLoadBalancers, listMembers, listPools, showStatusTree, withState } from '../changes.ts'
import { referenceProjects } from '../given.ts'
import type { ElbStore } from '../store.ts'

const listListeners = 'GET /v2.0/lbaas/listeners'
const listPolicies = 'GET /v2.0/lbaas/l7policies'

const collections: readonly (readonly [on: string, collection: string, kind: string])[] = [
  [listPools, 'pools', 'pools'],
  [listListeners, 'listeners', 'listeners'],
  [listLoadBalancers, 'loadbalancers', 'load-balancers'],
]

export const listVariants: readonly Variant<ElbStore>[] = [
  {
    id: 'lists-change-their-order',
    allowedBy: 'No page gives an order of the objects in a list.',
    change: withState(() => {
      let calls = 0
      return performing(
        [listPools, listMembers, listListeners, listLoadBalancers],
        (call, _store, original) => {
          const answer = original(call)
          // Pages have an order, or there would be no next one.
          return isPage(call) || (calls += 1) % 2 === 0 ? answer : turned(answer)
        },
      )
    }),
  },
  {
    id: 'policies-cannot-be-filtered',
    allowedBy: 'No page says that the list of forwarding policies has filters.',
    change: performing(listPolicies, (call, _store, original) =>
      original({ ...call, query: call.query.filter(([name]) => name !== 'listener_id') }),
    ),
  },
  {
    id: 'status-tree-in-another-order',
    allowedBy: 'No page gives an order of the branches of the status tree.',
    change: performing(showStatusTree, (call, _store, original) => turned(original(call))),
  },
  {
    id: 'status-tree-shows-members-offline',
    allowedBy: 'What operating_status a member has depends on traffic.',
    change: performing(showStatusTree, (call, _store, original) => {
      const answer = original(call)
      return { ...answer, body: JSON.parse(JSON.stringify(answer.body), offline) as unknown }
    }),
  },
  ...collections.map(([on, collection, kind]) => ({
    id: `${kind}-of-others-come-and-go`,
    allowedBy: 'No page says that a project has only one user at a time.',
    change: withState(() => {
      let calls = 0
      return performing(on, (call, _store, original) => {
        const answer = original(call)
        if (call.query.length > 0) return answer
        const others = Array.from({ length: (calls += 1) % 3 }, (_, index) => made(calls, index))
        const { [collection]: own, ...rest } = answer.body as Readonly<Record<string, Given[]>>
        return { ...answer, body: { [collection]: [...(own ?? []), ...others], ...rest } }
      })
    }),
  })),
]

function isPage({ query }: Call): boolean {
  return query.some(([name]) => name === 'limit')
}

function turned(answer: Answer): Answer {
  return { ...answer, body: inReverse(answer.body) }
}

/** Every array in the opposite order, at any depth. */
export function inReverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inReverse).toReversed()
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inReverse(inner)]))
}

/** The status of a branch that is a member. */
function offline(_key: string, value: unknown): unknown {
  return isObject(value) && 'protocol_port' in value
    ? { ...value, operating_status: 'OFFLINE' }
    : value
}

/** What another user has just made: a pool, a listener or a load balancer, by what of it is read. */
function made(call: number, index: number): Given {
  const id = `00000000-0000-4000-a000-${String(call * 10 + index).padStart(12, '0')}`
  return {
    id,
    tenant_id: referenceProjects[0].id,
    name: 'made-by-another-user',
    description: '',
    admin_state_up: true,
    provisioning_status: 'PENDING_CREATE',
    operating_status: 'OFFLINE',
    protocol: 'TCP',
    protocol_port: 443,
    lb_algorithm: 'ROUND_ROBIN',
    session_persistence: null,
    default_pool_id: null,
    healthmonitor_id: null,
    vip_address: '192.0.2.9',
    members: [],
    listeners: [],
    pools: [],
    loadbalancers: [],
  }
}
