/** Updating a pool, as a step: with the fields that were drawn, or while the load balancer is not ACTIVE. */

import { poolFields } from '../../../fixtures/elb/compared-fields.ts'
import { fieldsOf as fieldsIn, isFields, type Fields } from '../../../fixtures/elb/wire-shapes.ts'
import { Violation, type Step } from '../../../src/check/walk.ts'
import type { Exchange } from '../../../src/model.ts'
import { ask, look } from './asking.ts'
import { blameOfRefusedUpdate, blameOfUpdate } from './blame.ts'
import { pickedFrom, type Ruling } from '../../../src/check/ruling.ts'
import { expectedAfter, rulingOn } from './update-rules.ts'
import { fieldsOf, type View } from './views.ts'
import { alive, described, known, type WalkedPool, type World } from './world.ts'

/** A value that depends on the pool, where it is drawn without knowing the pool. */
export const namesake = 'namesake'
export const fittingType = 'fitting'

/** What was drawn for one update. */
export interface DrawnUpdate {
  readonly which: number
  readonly fields: Fields
  readonly look: number
}

/** Updates a pool. */
export class UpdateStep implements Step<World> {
  readonly #drawn: DrawnUpdate

  constructor(drawn: DrawnUpdate) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return alive(world).length > 0
  }

  async take(world: World): Promise<void> {
    const { which, fields, look: drawn } = this.#drawn
    for (const pool of pickedFrom(alive(world), which)) {
      const sent = await resolved(fields, pool, world)
      const ruling = rulingOn(pool, sent)
      const { answered, accepted } = await tell(world, pool, sent, () =>
        ask(world, ruling, () => world.elb.updatePool(pool, sent)),
      )
      await (accepted
        ? holdAccepted(world, pool, sent, answered, drawn)
        : holdRefused(world, pool, ruling, drawn))
    }
  }
}

/** Updates a pool while the operator's hook holds its load balancer in a status. */
export class ForcedStatusStep implements Step<World> {
  readonly #drawn: DrawnUpdate & { readonly status: string }

  constructor(drawn: DrawnUpdate & { readonly status: string }) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    const hook = world.elb.context.session.setProvisioningStatus
    return hook !== undefined && alive(world).length > 0
  }

  async take(world: World): Promise<void> {
    const { which, fields, status, look: drawn } = this.#drawn
    for (const pool of pickedFrom(alive(world), which)) {
      const sent = await resolved(fields, pool, world)
      const name = status.toLowerCase().replace('_', '-')
      const requirement = `elb/update-pool/active-only.${name}`
      world.watch.did(`While the load balancer is ${status}:`)
      await tell(world, pool, sent, () =>
        ask(world, { follows: 'refused', requirement }, () =>
          world.elb.updateWhile(status, pool, sent),
        ),
      )
      await look(world, refusalViews(world, pool, drawn), () => requirement)
    }
  }
}

async function tell<Asked extends { readonly answered: Exchange }>(
  { watch }: World,
  pool: WalkedPool,
  sent: Fields,
  asking: () => Promise<Asked>,
): Promise<Asked> {
  const words = `Update ${described(pool)} with ${shortened(sent)}`
  try {
    const asked = await asking()
    watch.did(`${words}: ${asked.answered.status}.`)
    return asked
  } catch (error) {
    watch.did(`${words}.`)
    throw error
  }
}

function shortened(sent: Fields): string {
  return JSON.stringify(sent, withoutLongTexts)
}

function withoutLongTexts(_name: string, value: unknown): unknown {
  const isLong = typeof value === 'string' && value.length > 60
  return isLong ? `${value.slice(0, 20)}… (${value.length} characters)` : value
}

/** The fields as they are sent: what depends on the pool is put in. */
async function resolved(fields: Fields, pool: WalkedPool, world: World): Promise<Fields> {
  const { name, session_persistence: sessions } = fields
  return {
    ...fields,
    ...('name' in fields ? { name: await nameThatFits(name, pool, world) } : {}),
    ...(isFields(sessions) ? { session_persistence: sessionsFor(pool, sessions, world) } : {}),
  }
}

/** The name of the other pool is drawn as such, or by chance; where two may not have one, it is another. */
async function nameThatFits(drawn: unknown, pool: WalkedPool, world: World): Promise<unknown> {
  const others = world.pools
    .filter((one) => one !== pool)
    .map(({ own }) => known(own.name))
    .filter((one) => typeof one === 'string')
  const [theirs = 'x'] = others
  const name = drawn === namesake ? theirs : drawn
  const isTaken = name !== '' && others.some((one) => one === name)
  return isTaken && !(await world.elb.takesNamesakes())
    ? world.elb.context.session.name('pool')
    : name
}

const fittingTypes = { HTTP: 'HTTP_COOKIE', TCP: 'SOURCE_IP', UDP: 'SOURCE_IP' }

/** With the type that takes effect on the pool, and without a timeout where the target offers none. */
function sessionsFor({ protocol }: WalkedPool, drawn: Fields, { elb }: World): Fields {
  const fitted: Fields =
    drawn['type'] === fittingType ? { ...drawn, type: fittingTypes[protocol] } : drawn
  const { persistence_timeout: minutes, ...rest } = fitted
  const isTimed = protocol === 'UDP' || elb.context.session.offers('persistenceTimeout')
  return isTimed && minutes !== undefined ? { ...rest, persistence_timeout: minutes } : rest
}

async function holdRefused(
  world: World,
  pool: WalkedPool,
  ruling: Ruling,
  drawn: number,
): Promise<void> {
  await look(world, refusalViews(world, pool, drawn), blameOfRefusedUpdate(pool, ruling))
}

function refusalViews(world: World, pool: WalkedPool, drawn: number): View[] {
  const extras = belongings(world, pool)
  // Now and then the list alone will do: a refusal is looked at again with what comes next.
  return [{ of: 'list' }, ...extras.filter((_, index) => index === drawn % (extras.length + 1))]
}

/** Views of what belongs to a pool, and of what belongs to others. */
export function belongings(world: World, pool: WalkedPool): View[] {
  const others = alive(world).filter((one) => one !== pool)
  return [pool, ...others].flatMap((one) => [
    ...(one.members.length > 0 ? [{ of: 'members' as const, pool: one }] : []),
    ...(one.monitor ? [{ of: 'monitor' as const, pool: one }] : []),
    ...(one.policies.length > 0 ? [{ of: 'policies' as const }] : []),
  ])
}

async function holdAccepted(
  world: World,
  pool: WalkedPool,
  sent: Fields,
  answered: Exchange,
  drawn: number,
): Promise<void> {
  if (![200, 202].includes(answered.status)) {
    throw violation('status', `The update answered ${answered.status}, expected 200 or 202.`)
  }
  const updated = { pool, sent, stored: pool.own.session_persistence, wasOff: pool.wasOff }
  Object.assign(pool.own, expectedAfter(pool, sent))
  pool.hadSourceIp ||= known(pool.own.lb_algorithm) === 'SOURCE_IP'
  const extra = pickedFrom([...belongings(world, pool), { of: 'balancer' as const }], drawn)
  await look(world, [{ of: 'show', pool }, { of: 'list' }, ...extra], blameOfUpdate(updated))
  const isOff = known(pool.own.session_persistence) === null
  pool.wasOff ||= isOff && known(updated.stored) !== null
  holdAnswer(world, pool, sent, answered)
}

/** The answer shows the pool as the looks afterwards did; what was sent, unless it is still settling. */
function holdAnswer(world: World, pool: WalkedPool, sent: Fields, answered: Exchange): void {
  const shown = fieldsIn(answered.body)['pool']
  if (!isFields(shown)) {
    throw violation('response.pool.type', 'The answer to the update has no object "pool".')
  }
  // healthmonitor_id is a reading where there is none.
  const due = poolFields.filter((name) => name !== 'healthmonitor_id' || pool.monitor !== undefined)
  const missing = due.filter((name) => !(name in shown))
  if (missing.length > 0) {
    throw violation(
      'answer-has-every-field',
      `The answer to the update has no ${missing.join(', ')}.`,
    )
  }
  const open = world.elb.wasSettling(answered) ? Object.keys(sent) : []
  const [wrong] = fieldsOf(world, pool, shown, 'answer').filter(
    ({ field = '' }) => !open.includes(field),
  )
  if (!wrong) return
  const { field = '', text } = wrong
  const requirement =
    answerRequirements[field] ?? (field in sent ? 'answer-shows-the-update' : 'answer-equals-show')
  throw violation(requirement, `In the answer to the update ${text}.`)
}

const answerRequirements: Readonly<Record<string, string>> = {
  id: 'answer-names-the-pool',
  members: 'answer-lists-members',
  healthmonitor_id: 'answer-names-health-monitor',
  listeners: 'answer-lists-listeners',
  loadbalancers: 'answer-lists-load-balancer',
}

function violation(requirement: string, message: string): Violation {
  return new Violation(`elb/update-pool/${requirement}`, message)
}
