/** Faults in who may update a pool, which one is meant, and what is made of a body or a refusal. */

import type { Mutant } from '../../../mutant.ts'
import type { Answer, Call, Refusal } from '../../../rule.ts'
import { given, isObject, picked, type Given } from '../../body.ts'
import { spelled } from '../../error-shapes.ts'
import {
  failsOn,
  isCall,
  poolOf,
  refusesBut,
  refusingWith,
  serving,
  takenFor,
  tellingRefusals,
  unguarded,
  unowned,
} from '../../changes.ts'
import { those, type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** What of a pool is only text. */
function texts(sent: Given): Given {
  return picked(sent, ['name', 'description'])
}

const unknown = 'elb/update-pool/unknown-pool'

const credentials: readonly ElbMutant[] = [
  {
    id: 'updates-without-a-token',
    breaks: 'elb/update-pool/credentials-required',
    story: 'A token is verified where there is one; where there is none, nothing fails.',
    mutate: unguarded(updatePool, (token) => token === ''),
  },
  {
    id: 'updates-for-any-token',
    breaks: 'elb/update-pool/credentials-required',
    story: 'That there is a token is enough: the gateway will have verified it.',
    mutate: unguarded(updatePool, (token) => token !== ''),
  },
  {
    id: 'answers-401-but-updates',
    breaks: 'elb/update-pool/credentials-required',
    story: 'The work is queued while Keystone is asked, and nobody takes it back.',
    mutate: refusesBut('elb/set-up/token-required', (call, store) => {
      if (!isCall(updatePool, call)) return
      Object.assign(poolOf(call, store) ?? {}, texts(given(call, 'pool')))
    }),
  },
  {
    id: 'updates-for-any-project',
    breaks: 'elb/update-pool/other-project',
    story: 'Looked up by primary key; only lists have the condition on the project.',
    mutate: unowned(updatePool),
  },
  {
    id: 'refuses-another-project-but-updates',
    breaks: 'elb/update-pool/other-project',
    story: 'The project is compared when the pool is shown, which is after it was saved.',
    mutate: refusesBut(unknown, (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, texts(given(call, 'pool')))
    }),
  },
]

function idOf({ parameters }: Call): string {
  return parameters['pool_id'] ?? ''
}

/** Sets the texts of every pool of the project. */
function everyPool(call: Call, { pools }: ElbStore): void {
  for (const pool of those(pools, ({ tenant_id }) => tenant_id === call.project)) {
    Object.assign(pool, texts(given(call, 'pool')))
  }
}

const paths: readonly ElbMutant[] = [
  {
    id: 'update-fails-on-long-ids',
    breaks: 'elb/update-pool/malformed-pool',
    story: 'The database complains of a value that is longer than its column.',
    mutate: failsOn(unknown, (call) => idOf(call).length > 36),
  },
  {
    id: 'update-fails-on-spaces',
    breaks: 'elb/update-pool/malformed-pool',
    story: 'The id goes on to another service, unescaped, in a URL that is none then.',
    mutate: failsOn(unknown, (call) => idOf(call).includes(' ')),
  },
  {
    id: 'updates-the-collection',
    breaks: 'elb/update-pool/pool-id-required',
    story: 'The routes of a resource are generated, and with them one that updates in bulk.',
    mutate: serving('PUT /v2.0/lbaas/pools', (call, store) => {
      everyPool(call, store)
      return { status: 200, body: { pools: [] } }
    }),
  },
  {
    id: 'refuses-the-collection-but-updates',
    breaks: 'elb/update-pool/pool-id-required',
    story: 'Without an id the UPDATE has no condition; then none is found to show.',
    mutate: serving('PUT /v2.0/lbaas/pools', (call, store) => {
      everyPool(call, store)
      return { status: 404 }
    }),
  },
]

const unreadable = 'elb/set-up/json-required'

/** What a body that breaks off would be if it had been closed. */
function closed({ text, body }: Call): unknown {
  if (body !== undefined) return body
  const endings = ['}', '}}', '"}', '"}}', 'null}', 'null}}']
  return endings.map((ending) => read(`${text}${ending}`)).find(isObject)
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const bodies: readonly ElbMutant[] = [
  {
    id: 'closes-open-brackets',
    breaks: 'elb/update-pool/malformed-json',
    story: 'The parser is a lenient one: what breaks off is brought to an end.',
    mutate: takenFor(updatePool, (call) => ({ body: closed(call) })),
  },
  {
    id: 'fails-on-broken-bodies',
    breaks: 'elb/update-pool/malformed-json',
    story: 'What the parser throws is caught by nobody.',
    mutate: failsOn(unreadable, (call) => isCall(updatePool, call)),
  },
  {
    id: 'applies-a-body-as-it-arrives',
    breaks: 'elb/update-pool/malformed-json',
    story: 'The parser streams, and every field is set when it is complete.',
    mutate: refusesBut(unreadable, (call, store) => {
      if (!isCall(updatePool, call)) return
      Object.assign(
        poolOf(call, store) ?? {},
        texts(given({ ...call, body: closed(call) }, 'pool')),
      )
    }),
  },
]

/** An answer that says it went well, and an error in it. */
function softly(refusal: Refusal): Answer {
  return { status: 200, body: spelled('gateway', refusal, '') }
}

const refusals: readonly ElbMutant[] = [
  {
    id: 'invalid-updates-are-500',
    breaks: 'elb/update-pool/error-body',
    story: 'The exception has a good message, and no status of its own.',
    mutate: refusingWith(updatePool, 400, 500),
  },
  {
    id: 'refusals-are-200',
    breaks: 'elb/update-pool/error-body',
    story: 'The error is in the body, as in the RPC interface next door.',
    mutate: tellingRefusals(updatePool, softly),
  },
  {
    id: 'refusals-are-bare-text',
    breaks: 'elb/update-pool/error-body',
    story: 'The message is what matters, so the message is all that is sent.',
    mutate: tellingRefusals(updatePool, ({ status, message: body }) => ({ status, body })),
  },
]

export const doorMutants: readonly ElbMutant[] = [...credentials, ...paths, ...bodies, ...refusals]
