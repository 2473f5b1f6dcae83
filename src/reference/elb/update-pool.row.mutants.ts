/**
 * Faults of the request table, row by row.
 *
 * They stand apart from the other mutants, because no check asks for their requirements yet: the
 * generated checks of the rows will claim them.
 */

import { deciding, without, type Change, type Mutant } from '../mutant.ts'
import { given, textOr } from './body.ts'
import { refusesUpdate } from './faults.ts'
import { badRequest } from './refusals.ts'
import type { ElbStore } from './store.ts'

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
      id: `${field}-limit-in-bytes`,
      breaks: row(`${field}.max-length`),
      story: 'The length of the column is in bytes.',
      mutate: measuring(field, (text) => Buffer.byteLength(text)),
    },
    {
      id: `${field}-takes-anything`,
      breaks: row(`${field}.type`),
      story: 'What is no text is stored as it is.',
      mutate: without(row(`${field}.type`)),
    },
  ]
}

/** The rows whose type alone is the matter. */
const typed: Readonly<Record<string, string>> = {
  lb_algorithm: 'algorithm-takes-anything',
  admin_state_up: 'admin-state-takes-anything',
  session_persistence: 'sessions-take-anything',
  'session_persistence.type': 'session-type-takes-anything',
  'session_persistence.cookie_name': 'cookie-name-takes-anything',
  'session_persistence.persistence_timeout': 'timeout-takes-anything',
}

export const elbRowMutants: readonly ElbMutant[] = [
  ...textual('name'),
  ...textual('description'),
  ...Object.entries(typed).map(([field, id]) => ({
    id,
    breaks: row(`${field}.type`),
    story: 'Nothing looks at the type, and the language does not mind.',
    mutate: without<ElbStore>(row(`${field}.type`)),
  })),
]
