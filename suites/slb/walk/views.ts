/** The views of what exists, each held against the model: what is otherwise than it must be. */

import { describedGroup } from '../../../fixtures/slb/look.ts'
import { described as describedBalancer } from '../../../fixtures/slb/load-balancers.ts'
import {
  acceptedFields,
  defaultServersOf,
  descriptionsIn,
  elementsOf,
  serversOf,
  type Server,
} from '../../../fixtures/slb/wire-shapes.ts'
import { isDeepStrictEqual } from 'node:util'
import { slbCall } from '../../../src/dialects/slb.ts'
import {
  existing,
  identity,
  isEqual,
  isSame,
  withoutThose,
  type WalkedGroup,
  type World,
} from './world.ts'

/** Where something is looked at. */
export type View =
  | { readonly of: 'group'; readonly group: WalkedGroup }
  /** The load balancer with its default group. */
  | { readonly of: 'balancer' }
  | { readonly of: 'groups' }

/** One thing that is not as it must be. */
export interface Difference {
  readonly kind:
    | 'group'
    | 'missing'
    | 'back'
    | 'new'
    | 'changed'
    | 'described'
    | 'count'
    | 'balancer'
  readonly group?: WalkedGroup
  readonly server?: Server
  /** What it is, for a sentence. */
  readonly text: string
}

/** Looks at some views, in their order. What was open in the model is known afterwards. */
export async function differencesIn(world: World, views: readonly View[]): Promise<Difference[]> {
  const found: Difference[] = []
  for (const view of views) {
    if (view.of === 'group') found.push(...(await group(world, view.group)))
    else found.push(...(await (view.of === 'balancer' ? balancer(world) : groups(world))))
  }
  return found
}

/** Every view of everything. */
export function allViews(world: World): View[] {
  const own = world.groups.filter(({ kind }) => kind === 'vserver')
  return [
    ...own.map((one) => ({ of: 'group' as const, group: one })),
    { of: 'balancer' },
    { of: 'groups' },
  ]
}

/** The view of one group: of the default group, that of its load balancer. */
export function viewOf(group: WalkedGroup): View {
  return group.kind === 'default' ? { of: 'balancer' } : { of: 'group', group }
}

async function group(world: World, one: WalkedGroup): Promise<Difference[]> {
  const { send, session } = world.slb.context
  const shown = await send('look', describedGroup(session.target.given.region, one.id))
  const isRefused = shown.status >= 400 && shown.status < 500
  if (one.gone)
    return isRefused
      ? []
      : [{ kind: 'group', group: one, text: `${one.label} was deleted and is still shown` }]
  if (isRefused) return [{ kind: 'group', group: one, text: `${one.label} is no longer shown` }]
  return serversIn(one, serversOf(shown), descriptionsIn(shown))
}

async function balancer(world: World): Promise<Difference[]> {
  const { slb } = world
  const { session, send } = slb.context
  const shown = await send('look', describedBalancer(session, slb.loadBalancerId))
  if (shown.status === 404 && world.balancer !== undefined) {
    return [{ kind: 'balancer', text: 'the load balancer is no longer shown' }]
  }
  const fields = acceptedFields(shown)
  const beside = Object.fromEntries(balancerFields.map((name) => [name, fields[name]]))
  world.balancer ??= beside
  const own = existing(world).filter(({ kind }) => kind === 'default')
  return [
    ...own.flatMap((one) =>
      serversIn(one, defaultServersOf(shown), descriptionsIn(shown, identityIn(one))),
    ),
    ...(isDeepStrictEqual(world.balancer, beside)
      ? []
      : [
          {
            kind: 'balancer' as const,
            text: `the load balancer had ${JSON.stringify(world.balancer)} and has ${JSON.stringify(beside)}`,
          },
        ]),
  ]
}

/** Documented, and moved neither by time nor by servers that come and go. */
const balancerFields = [
  'LoadBalancerName',
  'LoadBalancerSpec',
  'Address',
  'AddressType',
  'VpcId',
  'VSwitchId',
  'ListenerPorts',
]

/** The VServer groups of the load balancer, with how many servers each has. */
async function groups(world: World): Promise<Difference[]> {
  const { slb, groups: known } = world
  const { send, session } = slb.context
  // The first list of a run is a look of its own: it shows whether the target lists groups at all.
  if (session.found.offers('DescribeVServerGroups') === undefined) await slb.groupIds()
  if (session.found.offers('DescribeVServerGroups') === false) return []
  const parameters = { RegionId: session.target.given.region, LoadBalancerId: slb.loadBalancerId }
  const shown = await send('look', slbCall('DescribeVServerGroups', parameters))
  const all = elementsOf(shown, 'VServerGroups', 'VServerGroup')
  return known
    .filter(({ kind }) => kind === 'vserver')
    .flatMap((one): Difference[] => {
      const entry = all.find(({ VServerGroupId }) => VServerGroupId === one.id)
      const about = (kind: 'group' | 'count', what: string): Difference => ({
        kind,
        group: one,
        text: `${one.label} ${what} in the list of groups`,
      })
      if (one.gone) return entry ? [about('group', 'was deleted and is still')] : []
      if (!entry) return [about('group', 'is missing')]
      const { VServerGroupName: name, ServerCount: count } = entry
      if (name !== one.name) return [about('group', `has the name ${JSON.stringify(name)}`)]
      // It may count servers or their ports, but never more than there are.
      const isTooMany = Number(count ?? 0) > one.members.length
      return isTooMany ? [about('count', `has ServerCount ${JSON.stringify(count)}`)] : []
    })
}

/** What tells the servers of this group apart: in a default group the port means nothing. */
export function identityIn({ kind }: WalkedGroup): (server: Server) => string {
  return kind === 'default' ? ({ ServerId }) => ServerId : identity
}

/** Servers that have the description of another one, in words. */
export function strayDescriptions(
  { descriptions, label }: WalkedGroup,
  shown: ReadonlyMap<string, string>,
): string[] {
  const owners = new Map([...descriptions].map(([owner, text]) => [text, owner]))
  return [...shown].flatMap(([one, text]) => {
    const owner = owners.get(text)
    const isStray = owner !== undefined && owner !== one
    return isStray ? [`${one} of ${label} has the description ${text}, which is ${owner}'s`] : []
  })
}

/** The servers of a group as they must be, and no others. */
export function serversIn(
  one: WalkedGroup,
  shown: readonly Server[],
  descriptions: ReadonlyMap<string, string>,
): Difference[] {
  const about = (kind: Difference['kind'], server: Server, what: string): Difference => ({
    kind,
    group: one,
    server,
    text: `${identity(server)} of ${one.label} ${what}`,
  })
  const found = [
    ...one.members.flatMap((member) => {
      const now = shown.find((server) => isSame(server, member))
      if (!now) {
        const mayBeGone = one.open.some((server) => isSame(server, member))
        return mayBeGone ? [] : [about('missing', member, 'is no longer there')]
      }
      return isEqual(now, member)
        ? []
        : [about('changed', member, `was ${JSON.stringify(member)} and is ${JSON.stringify(now)}`)]
    }),
    ...shown.flatMap((server) => {
      const own = one.described.get(identity(server))
      const now = descriptions.get(identity(server))
      return own === undefined || own === now
        ? []
        : [about('described', server, `had the description ${own} and has ${now ?? 'none'}`)]
    }),
    ...strayDescriptions(one, descriptions).map((text) => ({
      kind: 'described' as const,
      group: one,
      text,
    })),
    ...shown
      .filter((server) => !one.members.some((member) => isSame(server, member)))
      .map((server) =>
        one.removed.some((gone) => isSame(server, gone))
          ? about('back', server, 'was removed and is there')
          : about('new', server, 'was never added and is there'),
      ),
  ]
  if (found.length === 0) learn(one, shown)
  return found
}

/** What was open is settled by what was seen. */
function learn(one: WalkedGroup, shown: readonly Server[]): void {
  const gone = one.open.filter((server) => !shown.some((now) => isSame(now, server)))
  one.removed = [...one.removed, ...gone]
  one.described = withoutThose(one.described, gone)
  one.open = []
  one.members = shown
}
