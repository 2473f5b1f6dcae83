/** Checks against servers whose conduct is known: what must pass passes, what is broken is found. */

import { isCheck, perform, type Check, type Outcome, type Suite } from './check.ts'
import { Lanes } from './lanes.ts'
import type { Dialect } from './model.ts'
import { openSession, type Surroundings } from './session.ts'
import type { Target } from './target.ts'
import { directWire, type Handler } from './wire.ts'

/** A server in this process that a person could have written: the reference, changed or not. */
export interface Specimen {
  /** Fresh, with nothing in it. */
  readonly server: Handler & {
    setProvisioningStatus(loadBalancerId: string, status: string): boolean
    inventory(): Readonly<Record<string, number>>
  }
  readonly target: Target
  readonly environment: Surroundings['environment']
}

/** What came of asking a specimen. */
export interface Examined {
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** What clean-up said it could not remove. */
  readonly leftovers: readonly string[]
  /** What the server still holds, by kind; only kinds of which something is left. */
  readonly held: Readonly<Record<string, number>>
}

const run = { id: '00000000', seed: 1 }

/** Puts the questions that are meant to a specimen, without sockets, a few at a time. */
export async function examine(
  specimen: Specimen,
  suites: readonly Suite[],
  meant: (id: string) => boolean = () => true,
): Promise<Examined> {
  const { server, target, environment } = specimen
  const session = openSession(target, run, {
    wire: directWire(server),
    environment,
    setProvisioningStatus: (id, status) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  })
  const own = suites.filter(({ dialect }) => dialect === target.dialect)
  const kit = own[0]?.kit
  if (!kit) throw new Error(`No suite speaks ${target.dialect}.`)
  const lanes = new Lanes(kit.keeper(session, () => undefined))
  const asked = await Promise.all(
    checks(own, meant).map(async (check) => {
      const outcome = await perform(check, kit, session, lanes)
      return [check.requirement.id, outcome] as const
    }),
  )
  const outcomes = new Map(asked)
  const leftovers = [...asked.flatMap(([, outcome]) => outcome.leftovers), ...(await lanes.close())]
  return { outcomes, leftovers, held: held(server.inventory()) }
}

/** The checks of some suites whose id is meant. */
export function checks(suites: readonly Suite[], meant: (id: string) => boolean): Check[] {
  return suites
    .flatMap(({ entries }) => entries)
    .filter((entry) => isCheck(entry))
    .filter(({ requirement }) => meant(requirement.id))
}

/** Each check that did not end as on a server that keeps everything, with what it said. */
export function complaints({ outcomes }: Examined): string[] {
  return [...outcomes].flatMap(([id, { thrown }]) =>
    thrown && thrown.family !== 'not-offered' ? [`${id}: ${thrown.message}`] : [],
  )
}

/** All requirement ids of a dialect, asked or not. */
export function idsOf(suites: readonly Suite[], dialect: Dialect): string[] {
  return suites
    .filter((suite) => suite.dialect === dialect)
    .flatMap(({ entries }) => entries.map(({ requirement }) => requirement.id))
}

function held(inventory: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(inventory).filter(([, count]) => count > 0))
}
