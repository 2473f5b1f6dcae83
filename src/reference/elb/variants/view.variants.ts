/** Lawful differences in how pools and members are shown, and to whom. */

import { deciding, performing, together, type Change, type Variant } from '../../mutant.ts'
import type { Given } from '../body.ts'
import {
  createMember,
  createPool,
  listMembers,
  listPools,
  showLoadBalancer,
  showMember,
  showPool,
  showing,
  updateMember,
  withState,
} from '../changes.ts'
import { policiesTo, type ElbStore } from '../store.ts'
import { updatePool } from '../update-pool.ts'
import { inReverse } from './list.variants.ts'

/** Edits a pool wherever one is shown. */
function everyPool(edit: (pool: Given, store: ElbStore) => unknown): Change<ElbStore> {
  const shown = (pool: Given, _call: unknown, store: ElbStore): unknown => edit(pool, store)
  return together(
    showing([createPool, showPool, updatePool], 'pool', shown),
    showing([listPools], 'pools', shown),
  )
}

function reversed(shown: Given): Given {
  return Object.fromEntries(Object.entries(shown).toReversed())
}

export const viewVariants: readonly Variant<ElbStore>[] = [
  {
    id: 'shows-more-of-pools',
    allowedBy: 'No page says that its response tables are complete; live services show more.',
    change: everyPool((pool) => ({
      ...pool,
      project_id: pool['tenant_id'],
      provisioning_status: 'ACTIVE',
      operating_status: 'NO_MONITOR',
      created_at: '2020-04-17T00:00:00',
      tags: [],
    })),
  },
  {
    id: 'load-balancers-name-no-pools',
    allowedBy: 'No page under test says what a load balancer shows.',
    unasked: ['elb/delete-pool/gone-from-load-balancer'],
    change: showing([showLoadBalancer], 'loadbalancer', ({ pools: _none, ...rest }) => rest),
  },
  {
    id: 'pool-lists-name-no-load-balancer',
    allowedBy: 'No page under test says how much of a pool a list shows.',
    change: showing([listPools], 'pools', ({ loadbalancers: _none, ...rest }) => rest),
  },
  {
    id: 'member-lists-are-short',
    allowedBy: 'No page under test says how much of a backend server a list shows.',
    change: showing([listMembers], 'members', ({ id, name }) => ({ id, name })),
  },
  {
    id: 'shows-pools-in-another-order',
    allowedBy: 'The keys of a JSON object have no order.',
    change: everyPool(reversed),
  },
  {
    id: 'shows-references-in-another-order',
    allowedBy: 'The arrays of a pool list ids, and no page gives them an order.',
    change: withState(() => {
      let looks = 0
      return everyPool((pool) => ((looks += 1) % 2 === 0 ? pool : inReverse(pool)))
    }),
  },
  {
    id: 'shows-references-with-names',
    allowedBy:
      'The elements of the arrays are described as ids, and shown as objects only in examples.',
    change: everyPool((pool) => ({
      ...pool,
      ...namedIn(pool, 'loadbalancers'),
      ...namedIn(pool, 'members'),
    })),
  },
  {
    id: 'policies-associate-listeners',
    allowedBy: 'A listener may be associated with a pool through a forwarding policy.',
    change: everyPool((pool, store) => ({ ...pool, listeners: associated(pool, store) })),
  },
  {
    id: 'members-are-offline',
    allowedBy: 'What operating_status a member has depends on traffic.',
    change: together(
      showing([createMember, showMember], 'member', offline),
      showing([listMembers], 'members', offline),
    ),
  },
  {
    id: 'members-are-off',
    allowedBy: 'Adding a Backend Server, note: false where the server of a member does not exist.',
    change: together(
      showing([createMember, showMember, updateMember], 'member', off),
      showing([listMembers], 'members', off),
    ),
  },
  {
    id: 'other-projects-are-forbidden',
    allowedBy: 'Another project may be answered with 403 or with 404.',
    change: (behaviour) => together(...unknownPools.map(forbidding))(behaviour),
  },
  {
    id: 'lists-in-pages-of-one',
    allowedBy: 'A service may limit its pages; the answer then links to the next one.',
    change: performing(
      [listPools, listMembers, 'GET /v2.0/lbaas/listeners', 'GET /v2.0/lbaas/l7policies'],
      (call, _store, original) => original({ ...call, query: [...call.query, ['limit', '1']] }),
    ),
  },
  {
    id: 'says-utf-8',
    allowedBy: 'A media type may have parameters.',
    change: performing([showPool, updatePool, listPools], (call, _store, original) => {
      const answer = original(call)
      return { ...answer, headers: { 'Content-Type': 'application/json; charset=UTF-8' } }
    }),
  },
  {
    id: 'says-html-of-no-content',
    allowedBy: 'No page says anything about the headers of an answer without content.',
    change: performing('*', (call, _store, original) => {
      const answer = original(call)
      return answer.status === 204
        ? { ...answer, headers: { 'Content-Type': 'text/html' } }
        : answer
    }),
  },
  {
    id: 'says-json-in-capitals',
    allowedBy:
      'RFC 9110, 8.3.1: a media type has no case, and white space may be before parameters.',
    change: performing('*', (call, _store, original) => ({
      headers: { 'Content-Type': 'Application/JSON ;Charset="UTF-8"' },
      ...original(call),
    })),
  },
]

/** Where it is shown at all. */
function namedIn(pool: Given, field: string): Given {
  const list = pool[field]
  return Array.isArray(list) ? { [field]: (list as readonly Given[]).map(named) } : {}
}

function named(reference: Given): Given {
  return { ...reference, name: '' }
}

function off(member: Given): Given {
  return { ...member, admin_state_up: false }
}

function offline(member: Given): Given {
  return { ...member, operating_status: 'OFFLINE' }
}

function associated(pool: Given, store: ElbStore): readonly { readonly id: unknown }[] {
  const direct = ((pool['listeners'] ?? []) as readonly Given[]).map(({ id }) => id)
  const indirect = policiesTo(store, String(pool['id'])).map(({ listener_id }) => listener_id)
  return [...new Set([...direct, ...indirect])].map((id) => ({ id }))
}

/** The rules that check whether there is such a pool. */
const unknownPools = [
  'elb/update-pool/unknown-pool',
  'elb/delete-pool/unknown-pool',
  'elb/remove-member/unknown-pool',
  'elb/set-up/pool-exists',
]

/** 403 where there is such a pool, but not of this project. */
function forbidding(keeps: string): Change<ElbStore> {
  return deciding(keeps, ({ parameters }, { pools }, refusal) =>
    refusal && pools.has(parameters['pool_id'] ?? '') ? { ...refusal, status: 403 } : refusal,
  )
}
