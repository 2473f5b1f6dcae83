/** Lawful differences in deleting a pool: what its page leaves open. */

import { performing, refusing, together, type Variant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given } from '../../body.ts'
import { deletePool } from '../../delete-pool.ts'
import {
  withState,
  alsoBefore,
  passes,
  poolOf,
  refusingWith,
  misreading,
  updatePolicy,
} from '../../changes.ts'
import { badRequest, inUse } from '../../refusals.ts'
import { listenersOf, type ElbStore } from '../../store.ts'

export default [
  {
    id: 'second-deletion-is-204',
    allowedBy: 'The page does not say what a second deletion answers.',
    change: withState(() => {
      const deleted = new Set<string | undefined>()
      return together(
        alsoBefore(deletePool, (call, store) => void deleted.add(poolOf(call, store)?.id)),
        passes('elb/delete-pool/unknown-pool', ({ parameters }) =>
          deleted.has(parameters['pool_id']),
        ),
      )
    }),
  },
  {
    id: 'deletes-nothing-by-unknown-ids',
    allowedBy: 'The page does not say what the deletion of a pool that does not exist answers.',
    change: together(
      passes('elb/delete-pool/unknown-pool', () => true),
      performing(deletePool, (call, { pools }, original) => {
        const pool = pools.get(call.parameters['pool_id'] ?? '')
        return pool?.tenant_id === call.project ? original(call) : { status: 204 }
      }),
    ),
  },
  {
    id: 'folds-the-case-of-ids',
    allowedBy: 'The page does not say whether the letters of an id may be upper-case.',
    change: misreading(deletePool, ({ parameters }) => ({
      parameters: { pool_id: (parameters['pool_id'] ?? '').toLowerCase() },
    })),
  },
  {
    id: 'deletes-nothing-by-upper-case-ids',
    allowedBy: 'The page does not say what the deletion of a pool that does not exist answers.',
    change: passes('elb/delete-pool/unknown-pool', ({ parameters }) =>
      /[A-F]/.test(parameters['pool_id'] ?? ''),
    ),
  },
  {
    id: 'keeps-default-pools',
    allowedBy: 'The page is silent on listeners whose default pool it is.',
    change: together(
      refusing(deletePool, (call, store) => {
        const [listener] = listenersOf(store, poolOf(call, store)?.id ?? '')
        return listener && inUse(`listener ${listener.id} is using this pool`)
      }),
      // The listener is then deleted first; otherwise neither could be deleted.
      passes('elb/set-up/listener-pools-first', hasNoPolicies),
    ),
  },
  {
    id: 'refuses-to-unlink',
    allowedBy:
      'The page of policies makes redirect_pool_id mandatory: the policy has to be deleted.',
    change: refusing(updatePolicy, (call) =>
      given(call, 'l7policy')['redirect_pool_id'] === null
        ? badRequest('redirect_pool_id cannot be null.')
        : undefined,
    ),
  },
  {
    id: 'pool-in-use-is-400',
    allowedBy: 'The page names no status for a pool that is still used.',
    change: refusingWith(deletePool, 409, 400),
  },
  {
    id: 'unknown-pool-is-403',
    allowedBy: 'The status page describes 403 as a missing resource, as it does 404.',
    change: refusingWith(deletePool, 404, 403),
  },
  {
    id: 'pool-deletion-refuses-a-body',
    allowedBy: 'The page describes no request body, so a body may be ignored or refused.',
    change: refusing(deletePool, ({ text }) =>
      text === '' ? undefined : badRequest('A body is not expected.'),
    ),
  },
] satisfies readonly Variant<ElbStore>[]

function hasNoPolicies({ parameters }: Call, { policies }: ElbStore): boolean {
  return ![...policies.values()].some(
    ({ listener_id }) => listener_id === parameters['listener_id'],
  )
}
