/** Faults in reading the body of an update, and in which fields its answer has. */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given, isObject, picked, type Given } from '../../body.ts'
import {
  failsOn,
  isCall,
  passes,
  poolOf,
  refusesBut,
  showing,
  misreading,
  updatesOtherwise,
} from '../../changes.ts'
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

const unreadable = 'elb/set-up/json-required'

/** A truncated body, completed. */
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

const brokenBodies: readonly Mutant<ElbStore>[] = [
  {
    id: 'closes-open-brackets',
    breaks: 'elb/update-pool/malformed-json',
    story: 'The parser is lenient: it completes a truncated body.',
    mutate: misreading(updatePool, (call) => ({ body: closed(call) })),
  },
  {
    id: 'fails-on-broken-bodies',
    breaks: 'elb/update-pool/malformed-json',
    story: 'The error of the parser is not caught.',
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
        picked(given({ ...call, body: closed(call) }, 'pool'), ['name', 'description']),
      )
    }),
  },
]

export const bodyMutants: readonly Mutant<ElbStore>[] = [
  ...brokenBodies,
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
    mutate: misreading(updatePool, ({ text, body }) => {
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
    story: 'A field with its default value is left out.',
    mutate: showingWithout((value, name) => name === 'admin_state_up' && value === true),
  },
]
