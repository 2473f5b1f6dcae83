/** Faults in who may delete a pool, by which method, and which pool is meant. */

import type { Change, Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { deletePool } from '../../delete-pool.ts'
import { failsOn, isCall, passes, refusesBut, serving, unguarded, unowned } from '../../changes.ts'
import { those, type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

const unknown = 'elb/delete-pool/unknown-pool'

function drop({ parameters }: Call, { pools }: ElbStore): void {
  pools.delete(parameters['pool_id'] ?? '')
}

const credentials: readonly ElbMutant[] = [
  {
    id: 'deletes-without-a-token',
    breaks: 'elb/delete-pool/credentials-required',
    story: 'A token is verified where there is one; where there is none, nothing fails.',
    mutate: unguarded(deletePool, (token) => token === ''),
  },
  {
    id: 'deletes-for-any-token',
    breaks: 'elb/delete-pool/credentials-required',
    story: 'That there is a token is enough: the gateway will have verified it.',
    mutate: unguarded(deletePool, (token) => token !== ''),
  },
  {
    id: 'answers-401-but-deletes',
    breaks: 'elb/delete-pool/credentials-required',
    story: 'The work is queued while Keystone is asked, and nobody takes it back.',
    mutate: refusesBut('elb/set-up/token-required', (call, store) => {
      if (isCall(deletePool, call)) drop(call, store)
    }),
  },
  {
    id: 'deletes-for-any-project',
    breaks: 'elb/delete-pool/other-project',
    story: 'Looked up by primary key; only lists have the condition on the project.',
    mutate: unowned(deletePool),
  },
  {
    id: 'refuses-another-project-but-deletes',
    breaks: 'elb/delete-pool/other-project',
    story: 'The project is compared when the row is given back, which is after it has gone.',
    mutate: refusesBut(unknown, drop),
  },
]

function idOf({ parameters }: Call): string {
  return parameters['pool_id'] ?? ''
}

const malformed: readonly ElbMutant[] = [
  {
    id: 'deletion-fails-on-long-ids',
    breaks: 'elb/delete-pool/malformed-pool',
    story: 'The database complains of a value that is longer than its column.',
    mutate: failsOn(unknown, (call) => idOf(call).length > 36),
  },
  {
    id: 'deletion-fails-on-spaces',
    breaks: 'elb/delete-pool/malformed-pool',
    story: 'The id goes on to another service, unescaped, in a URL that is none then.',
    mutate: failsOn(unknown, (call) => idOf(call).includes(' ')),
  },
  {
    id: 'no-id-is-gone-already',
    breaks: 'elb/delete-pool/malformed-pool',
    story: 'What is no UUID cannot be in the table, and what is not there counts as deleted.',
    mutate: passes(unknown, (call) => !/^[0-9a-f-]{36}$/i.test(idOf(call))),
  },
]

/** Deletes what a project has of pools, or the last of them. */
function sweeping(on: string, status: number, from: number): Change<ElbStore> {
  return serving(on, ({ project }, { pools }) => {
    const mine = those(pools, ({ tenant_id }) => tenant_id === project)
    for (const { id } of mine.slice(from)) pools.delete(id)
    return { status }
  })
}

const missing: readonly ElbMutant[] = [
  {
    id: 'deletes-the-collection',
    breaks: 'elb/delete-pool/pool-id-required',
    story: 'The routes of a resource are generated, and with them one that deletes in bulk.',
    mutate: sweeping('DELETE /v2.0/lbaas/pools', 204, 0),
  },
  {
    id: 'refuses-the-collection-but-deletes-the-last',
    breaks: 'elb/delete-pool/pool-id-required',
    story: 'pools.at(indexOf(undefined)) is the last one; the mistake is noticed a line later.',
    mutate: sweeping('DELETE /v2.0/lbaas/pools', 404, -1),
  },
]

const methods: readonly ElbMutant[] = [
  {
    id: 'deletes-by-post',
    breaks: 'elb/delete-pool/only-by-delete',
    story: 'Forms know no DELETE, so the console was given a POST that does the same.',
    mutate: serving('POST /v2.0/lbaas/pools/:pool_id', (call, store) => {
      drop(call, store)
      return { status: 204 }
    }),
  },
  {
    id: 'patch-replaces-and-fails',
    breaks: 'elb/delete-pool/only-by-delete',
    story: 'PATCH deletes the row and writes it anew; then the new one proves to be invalid.',
    mutate: serving('PATCH /v2.0/lbaas/pools/:pool_id', (call, store) => {
      drop(call, store)
      return {
        status: 400,
        body: { NeutronError: { type: 'HTTPBadRequest', message: 'Invalid.' } },
      }
    }),
  },
]

export const doorMutants: readonly ElbMutant[] = [
  ...credentials,
  ...malformed,
  ...missing,
  ...methods,
]
