/** What the recipes of `slb` have in common: a call from an object of parameters, and servers to name in it. */

import { withParameter } from '../../../fixtures/slb/ask.ts'
import { deleteGroup } from '../../../fixtures/slb/clean-up.ts'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import {
  fieldsOf,
  isFields,
  textIn,
  type Fields,
  type Server,
} from '../../../fixtures/slb/wire-shapes.ts'
import { slbCall } from '../../../src/dialects/slb.ts'
import type { Exchange, HttpRequest } from '../../../src/model.ts'

/** Sends the parameters as a call. */
export function call(slb: SlbGround, request: unknown): Promise<Exchange> {
  return slb.ask(requestOf(request))
}

/** The call with these parameters, `Action` among them; what is not a text is written as JSON. */
export function requestOf(request: unknown): HttpRequest {
  const { Action, ...others } = isFields(request) ? request : {}
  const written = Object.entries(others).map(([name, value]) => [name, asText(value)])
  const parameters = Object.fromEntries(written) as Readonly<Record<string, string>>
  const named = Action === undefined ? undefined : asText(Action)
  return withParameter(slbCall('', parameters), 'Action', named)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Deletes the group that an answer names after the check. */
export function removedLater(slb: SlbGround, answered: Exchange): Exchange {
  const { VServerGroupId: id } = fieldsOf(answered)
  if (answered.status < 300 && typeof id === 'string' && id !== '') {
    slb.context.onCleanUp(() => deleteGroup(slb.context, id), id)
  }
  return answered
}

/** The first server that is lent, on so many ports of its own. */
export function onPorts(slb: SlbGround, first: number, many: number): readonly Fields[] {
  const [ServerId] = slb.servers(1)
  return Array.from({ length: many }, (_, index) => ({
    ServerId,
    Port: first + index,
    Weight: 100,
  }))
}

/** A group with one server, which no look has to have shown. */
export async function newGroup(slb: SlbGround): Promise<{ readonly id: string }> {
  const { session, send } = slb.context
  const created = await send(
    'arrange',
    slbCall('CreateVServerGroup', {
      RegionId: session.target.given.region,
      LoadBalancerId: slb.loadBalancerId,
      VServerGroupName: session.name('group'),
      BackendServers: asText(onPorts(slb, 8000, 1)),
    }),
  )
  return { id: textIn(removedLater(slb, created), 'VServerGroupId') }
}

const element = (fields: Fields): Fields => ({ BackendServers: [fields] })

/** An interface is named where the type is that of one. */
export function interfaceFor(slb: SlbGround, path: string, value: unknown): Fields {
  if (!path.endsWith('items.Type') || value !== 'eni') return {}
  const { ServerId } = slb.eni(100)
  return element({ ServerId })
}

/** Whether the operator lends what a value needs. */
export function isLent({ context }: SlbGround, path: string, value: unknown): boolean {
  const { eniIds = [] } = context.session.target.given
  return !path.endsWith('items.Type') || value !== 'eni' || eniIds.length > 0
}

/** Servers as they are shown, in the form of a request. */
export function asRequest(servers: readonly Server[]): Fields {
  return { BackendServers: servers }
}

export const typed = () => element({ Type: 'ecs' })
