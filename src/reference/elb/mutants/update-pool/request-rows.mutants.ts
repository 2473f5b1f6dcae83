/** Faults of the request table, row by row. */

import { deciding, without, type Change, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given, isObject, textOr, type Given } from '../../body.ts'
import { passes, refusesUpdate, stickinessIn, storesOtherwise, misreading } from '../../changes.ts'
import { badRequest } from '../../refusals.ts'
import type { ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

const row = (place: string): string => `elb/update-pool/request.pool.${place}`

/** Measures another length than characters. */
function measuring(field: string, length: (text: string) => number): Change<ElbStore> {
  return deciding(row(`${field}.max-length`), (call) => {
    const text = textOr(given(call, 'pool')[field], '')
    return length(text) > 255 ? badRequest(`${field} is too long.`) : undefined
  })
}

function textual(field: 'name' | 'description'): readonly ElbMutant[] {
  return [
    {
      id: `${field}-has-no-limit`,
      breaks: row(`${field}.max-length`),
      story: 'The column is a TEXT.',
      mutate: without(row(`${field}.max-length`)),
    },
    {
      id: `${field}-limit-off-by-one`,
      breaks: row(`${field}.max-length`),
      story: 'At most 256, as in VARCHAR(256).',
      mutate: measuring(field, (text) => text.length - 1),
    },
    {
      id: `${field}-limit-exclusive`,
      breaks: row(`${field}.max-length`),
      story: 'Less than 255, where at most 255 was meant.',
      mutate: refusesUpdate((sent) => textOr(sent[field], '').length === 255),
    },
    {
      id: `${field}-takes-anything`,
      breaks: row(`${field}.type`),
      story: 'A value that is not text is stored as it is.',
      mutate: without(row(`${field}.type`)),
    },
  ]
}

/** The rows of which only the type is changed here. */
const typed: Readonly<Record<string, string>> = {
  lb_algorithm: 'algorithm-takes-anything',
  admin_state_up: 'admin-state-takes-anything',
  session_persistence: 'sessions-take-anything',
  'session_persistence.type': 'session-type-takes-anything',
  'session_persistence.cookie_name': 'cookie-name-takes-anything',
  'session_persistence.persistence_timeout': 'timeout-takes-anything',
}

/** Reads an update in another form than it was sent. */
function reading(read: (body: unknown) => unknown): Change<ElbStore> {
  return misreading(updatePool, ({ body }: Call) => ({ body: read(body) }))
}

/** The same of what is below the wrapper. */
function readingPool(read: (sent: Given) => unknown): Change<ElbStore> {
  return reading((body) => {
    const sent = isObject(body) ? body['pool'] : undefined
    return isObject(sent) ? { pool: read(sent) } : body
  })
}

const wrapper = 'elb/update-pool/wrapper-required'

const envelopes: readonly ElbMutant[] = [
  {
    id: 'body-in-a-list-accepted',
    breaks: 'elb/update-pool/request.type',
    story: 'The deserializer has UNWRAP_SINGLE_VALUE_ARRAYS on.',
    mutate: reading((body) => (Array.isArray(body) && body.length === 1 ? body[0] : body)),
  },
  {
    id: 'body-of-another-type-is-none',
    breaks: 'elb/update-pool/request.type',
    story: 'A body that is not an object is read as an empty one, so nothing is changed.',
    mutate: passes(wrapper, ({ body }) => body !== undefined && !isObject(body)),
  },
  {
    id: 'no-wrapper-is-no-work',
    breaks: 'elb/update-pool/request.pool.mandatory',
    story: 'An update without a pool in it is taken for one that changes nothing.',
    mutate: passes(wrapper, ({ body }) => isObject(body) && !('pool' in body)),
  },
  {
    id: 'null-wrapper-is-no-work',
    breaks: 'elb/update-pool/request.pool.mandatory',
    story: 'The wrapper is looked for with `in`, and null is in.',
    mutate: passes(wrapper, ({ body }) => isObject(body) && body['pool'] === null),
  },
  {
    id: 'first-of-a-list-of-pools',
    breaks: 'elb/update-pool/request.pool.type',
    story: 'Updates in bulk share the parser, which takes one pool or several.',
    mutate: reading((body) =>
      isObject(body) && Array.isArray(body['pool']) ? { pool: body['pool'][0] as unknown } : body,
    ),
  },
  {
    id: 'pool-in-quotes-accepted',
    breaks: 'elb/update-pool/request.pool.type',
    story: 'A workaround for a client that encoded twice.',
    mutate: reading((body) => {
      const sent = isObject(body) ? body['pool'] : undefined
      return typeof sent === 'string' && sent.startsWith('{')
        ? { pool: JSON.parse(sent) as unknown }
        : body
    }),
  },
]

const algorithmRow = row('lb_algorithm.enum')
const typeRow = row('session_persistence.type.enum')

const enumerations: readonly ElbMutant[] = [
  {
    id: 'algorithm-in-any-case',
    breaks: algorithmRow,
    story: 'Converted to upper case before it is compared.',
    mutate: readingPool(({ lb_algorithm: sent, ...rest }) => ({
      ...rest,
      ...(sent === undefined
        ? {}
        : { lb_algorithm: typeof sent === 'string' ? sent.toUpperCase() : sent }),
    })),
  },
  {
    id: 'algorithm-with-blanks',
    breaks: algorithmRow,
    story: 'Trimmed before it is compared.',
    mutate: readingPool(({ lb_algorithm: sent, ...rest }) => ({
      ...rest,
      ...(sent === undefined
        ? {}
        : { lb_algorithm: typeof sent === 'string' ? sent.trim() : sent }),
    })),
  },
  {
    id: 'empty-algorithm-is-none',
    breaks: algorithmRow,
    story: 'Empty values are dropped before the check.',
    mutate: readingPool(({ lb_algorithm: sent, ...rest }) =>
      sent === '' || sent === undefined ? rest : { ...rest, lb_algorithm: sent },
    ),
  },
  {
    id: 'algorithm-not-one-of-ours',
    breaks: algorithmRow,
    story: 'Compared with a list that was copied from a newer service.',
    mutate: passes('elb/update-pool/unknown-algorithm', (call) =>
      /^[A-Z0-9_]+$/.test(textOr(given(call, 'pool')['lb_algorithm'], '')),
    ),
  },
  {
    id: 'least-connections-stored-as-round-robin',
    breaks: algorithmRow,
    story: 'The scheduler below knows two algorithms.',
    mutate: storesOtherwise(({ pool, sent }) => {
      if (sent['lb_algorithm'] === 'LEAST_CONNECTIONS') pool.lb_algorithm = 'ROUND_ROBIN'
    }),
  },
  {
    id: 'session-type-in-any-case',
    breaks: typeRow,
    story: 'Converted to upper case before it is compared.',
    mutate: readingPool((sent) => {
      const inner = stickinessIn(sent)
      return typeof inner?.['type'] === 'string'
        ? { ...sent, session_persistence: { ...inner, type: inner['type'].toUpperCase() } }
        : sent
    }),
  },
  {
    id: 'source-ip-sessions-refused',
    breaks: typeRow,
    story: 'The list of types was copied from the page of another balancer.',
    mutate: refusesUpdate((sent) => stickinessIn(sent)?.['type'] === 'SOURCE_IP'),
  },
]

export const updatePoolRowMutants: readonly ElbMutant[] = [
  ...envelopes,
  ...enumerations,
  ...textual('name'),
  ...textual('description'),
  ...Object.entries(typed).map(([field, id]) => ({
    id,
    breaks: row(`${field}.type`),
    story: 'The type is not checked, and the language allows any.',
    mutate: without<ElbStore>(row(`${field}.type`)),
  })),
]
