/** The steps that are drawn: few values of each kind, so that they meet, and some that a page forbids. */

import * as fc from 'fast-check'
import type { Fields } from '../../../fixtures/elb/wire-shapes.ts'
import type { Step } from '../../../src/check/walk.ts'
import { DeletionStep, GonePoolStep, RemovalStep, namings } from './removal-steps.ts'
import { InARow } from './in-a-row.ts'
import {
  AdditionAgainStep,
  AdditionStep,
  ListenerStep,
  MonitorStep,
  PolicyStep,
} from './set-up-steps.ts'
import { algorithms } from './update-rules.ts'
import { ForcedStatusStep, UpdateStep, fittingType, namesake } from './update-step.ts'
import type { World } from './world.ts'

const which = fc.constantFrom(0, 0, 0, 1)
const look = fc.nat(59)

const texts = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>('x', 'X', 'web-1', 'web-1.example', '') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ' x ',
      'a  b',
      'Ää 漢字',
      '𝒜 🚀',
      'p'.repeat(255),
      '漢'.repeat(255),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('p'.repeat(256), 5, null, ['x']) },
)

const names = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 1, arbitrary: fc.constant(namesake) },
)

const algorithm = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...algorithms) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('SOURCE_IP_PORT', 'round_robin', '', 1) },
)

const timeout = fc.constantFrom<unknown>(60, 1, 30, 61, 300, 1000, 1440, 0, 1441)

/** With a timeout or without one. */
function withTimeout(fields: Fields): fc.Arbitrary<Fields> {
  return fc
    .option(timeout, { freq: 2 })
    .map((minutes) => (minutes === null ? fields : { ...fields, persistence_timeout: minutes }))
}

const cookieNames = fc.constantFrom('sid', 'JSESSIONID', 'Cookie.with_a-long.name')

const persistence: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 6, arbitrary: withTimeout({ type: fittingType }) },
  {
    weight: 4,
    arbitrary: cookieNames.map((cookie_name) => ({ type: 'APP_COOKIE', cookie_name })),
  },
  { weight: 1, arbitrary: withTimeout({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      { type: 'APP_COOKIE' },
      { type: 'APP_COOKIE', cookie_name: '' },
      { type: 'APP_COOKIE', cookie_name: 'sid', persistence_timeout: 5 },
      { type: 'COOKIE' },
      { type: 'http_cookie' },
      { type: 'SOURCE_IP' },
      { type: 'HTTP_COOKIE', cookie_name: 'sid' },
      { type: fittingType, persistence_timeout: '5' },
      'SOURCE_IP',
    ),
  },
)

const values = fc.record({
  name: names,
  description: texts,
  lb_algorithm: algorithm,
  admin_state_up: fc.constantFrom<unknown>(true, true, true, true, false),
  session_persistence: persistence,
})

const fieldNames = [
  'session_persistence',
  'name',
  'description',
  'lb_algorithm',
  'admin_state_up',
] as const

/** One field, some or all. */
const fields: fc.Arbitrary<Fields> = fc
  .tuple(fc.subarray([...fieldNames], { minLength: 1 }), values)
  .map(([chosen, drawn]) => Object.fromEntries(chosen.map((name) => [name, drawn[name]])))

const goodFields: fc.Arbitrary<Fields> = fc.constantFrom<Fields>(
  { description: 'while not active' },
  { name: 'while-not-active' },
  { lb_algorithm: 'SOURCE_IP' },
  { session_persistence: null },
  { session_persistence: { type: fittingType } },
  { name: 'x', description: 'x', lb_algorithm: 'LEAST_CONNECTIONS' },
)

const update = fc.record({ which, fields, look }).map((drawn) => new UpdateStep(drawn))

/** Texts that must be taken, and no two alike, so that one that comes back is seen. */
const plainly: fc.Arbitrary<Fields> = fc
  .tuple(
    fc.subarray(['name', 'description', 'lb_algorithm'] as const, { minLength: 1, maxLength: 2 }),
    fc.nat(99),
    fc.constantFrom(...algorithms),
  )
  .map(([chosen, nth, lb_algorithm]) => {
    const drawn = { name: `name-${nth}`, description: `text-${nth}`, lb_algorithm }
    return Object.fromEntries(chosen.map((name) => [name, drawn[name]]))
  })

const persistently: fc.Arbitrary<Fields> = fc
  .oneof(
    { weight: 2, arbitrary: fc.constantFrom<unknown>(null, { type: fittingType }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(1, 30, 300, 1000)
        .map((persistence_timeout) => ({ type: fittingType, persistence_timeout })),
    },
    {
      weight: 2,
      arbitrary: cookieNames.map((cookie_name) => ({ type: 'APP_COOKIE', cookie_name })),
    },
  )
  .map((session_persistence) => ({ session_persistence }))

/** Updates of one pool in a row. */
const updates = fc
  .record({
    which,
    all: fc.oneof(fc.tuple(plainly, plainly), fc.tuple(persistently, persistently)),
  })
  .map(({ which: pool, all }) => {
    const each = all.map((sent) => new UpdateStep({ which: pool, fields: sent, look: 0 }))
    return new InARow(each)
  })

const again = fc
  .record({ which, member: fc.nat(2), look })
  .map((drawn) => new AdditionAgainStep(drawn))

/** A removal that is refused, and then one that is not. */
const refusedFirst = fc
  .record({
    which,
    member: fc.nat(2),
    by: fc.constantFrom('altered' as const, 'cut' as const),
    look,
  })
  .map(
    (drawn) => new InARow([new RemovalStep(drawn), new RemovalStep({ ...drawn, by: namings[0] })]),
  )

const removal = fc
  .record({
    which,
    member: fc.nat(2),
    by: fc.oneof(
      { weight: 8, arbitrary: fc.constant(namings[0]) },
      { weight: 7, arbitrary: fc.constantFrom(...namings.slice(1)) },
    ),
    look,
  })
  .map((drawn) => new RemovalStep(drawn))

const addition = fc
  .record({
    which,
    address: fc.nat(1),
    port: fc.nat(2),
    weight: fc.constantFrom(1, 0, 100),
    name: fc.constantFrom('', 'server'),
  })
  .map((drawn) => new AdditionStep(drawn))

const deletion = fc.record({ which, look }).map((drawn) => new DeletionStep(drawn))
const gone = fc
  .record({ which: fc.constant(0), update: fc.boolean() })
  .map((drawn) => new GonePoolStep(drawn))
const monitor = fc.record({ which, onPort: fc.boolean() }).map((drawn) => new MonitorStep(drawn))
const policy = fc
  .record({ which, does: fc.constantFrom('add' as const, 'unlink' as const, 'delete' as const) })
  .map((drawn) => new PolicyStep(drawn))
const listener = fc.record({ which }).map((drawn) => new ListenerStep(drawn))
const forced = fc
  .record({
    which,
    status: fc.constantFrom('PENDING_UPDATE', 'PENDING_CREATE', 'PENDING_DELETE', 'ERROR'),
    fields: goodFields,
    look,
  })
  .map((drawn) => new ForcedStatusStep(drawn))

/** A kind that stands here more than once is drawn so much more often. */
export const steps: readonly fc.Arbitrary<Step<World>>[] = [
  ...Array.from({ length: 7 }, () => update),
  ...Array.from({ length: 4 }, () => updates),
  again,
  again,
  refusedFirst,
  ...Array.from({ length: 4 }, () => deletion),
  ...Array.from({ length: 5 }, () => removal),
  ...Array.from({ length: 3 }, () => addition),
  monitor,
  monitor,
  policy,
  policy,
  listener,
  forced,
  gone,
]
