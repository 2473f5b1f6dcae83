/** Faults in what an update may be written in, and in which fields its answer has. */

import { together, type Mutant } from '../../../mutant.ts'
import type { Given } from '../../body.ts'
import { passes, showing, takenFor, updatesOtherwise } from '../../changes.ts'
import type { ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}

/** Drops fields of the answer by their value. */
function showingWithout(drop: (value: unknown, name: string) => boolean) {
  return showing([updatePool], 'pool', (pool: Given) =>
    Object.fromEntries(Object.entries(pool).filter(([name, value]) => !drop(value, name))),
  )
}

export const bodyMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'null-description-is-a-word',
    breaks: 'elb/update-pool/null-description',
    story: 'str(None).',
    mutate: together(
      passes('elb/update-pool/request.pool.description.type', ({ body }) =>
        JSON.stringify(body).includes('"description":null'),
      ),
      updatesOtherwise(({ pool, sent }) => {
        if (sent['description'] === null) pool.description = 'None'
      }),
    ),
  },
  {
    id: 'forms-are-read',
    breaks: 'elb/update-pool/content-type',
    story: 'A body parser for forms, with dots for nesting, came with the framework.',
    mutate: takenFor(updatePool, ({ text, body }) => {
      const [, description] = /^pool\.description=(.*)/.exec(text) ?? []
      return { body: description === undefined ? body : { pool: { description } } }
    }),
  },
  {
    id: 'answer-drops-what-is-empty',
    breaks: 'elb/update-pool/answer-has-every-field',
    story: 'The serializer is set to leave out empty values.',
    mutate: showingWithout(isEmpty),
  },
  {
    id: 'answer-drops-nulls',
    breaks: 'elb/update-pool/answer-has-every-field',
    story: 'The serializer is set to leave out nulls.',
    mutate: showingWithout((value) => value === null),
  },
  {
    id: 'answer-drops-the-default',
    breaks: 'elb/update-pool/answer-has-every-field',
    story: 'What is true by default need not be said.',
    mutate: showingWithout((value, name) => name === 'admin_state_up' && value === true),
  },
]
