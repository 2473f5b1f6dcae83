/** Which requirement is broken when something is not as it must be after a step. */

import type { Fields, Server } from '../../../fixtures/slb/wire-shapes.ts'
import { id } from './removal-rules.ts'
import type { Difference } from './views.ts'
import type { WalkedGroup } from './world.ts'

/** The requirement that a difference breaks; none where the step itself may have done it. */
export type Blame = (difference: Difference) => string | undefined

/**
 * After a removal that was accepted.
 *
 * @param named - The servers that it had to remove.
 * @param written - All that its list named, members or not.
 */
export function blameOfRemoval(
  group: WalkedGroup,
  named: readonly Server[],
  requirement: string,
  written: readonly Fields[],
): Blame {
  return (difference) => {
    const { group: concerned, kind, server } = difference
    if (concerned !== group) return bystander(group, difference)
    if (kind === 'back') {
      const isNamed = named.some(
        (one) => one.ServerId === server?.ServerId && one.Port === server.Port,
      )
      return isNamed ? requirement : id(group, 'durable')
    }
    if (kind === 'group')
      return id(group, group.kind === 'vserver' ? 'group-stays-when-empty' : 'empties')
    if (kind === 'changed') return weights(group)
    if (kind === 'count') return id(group, 'removes-named-server')
    if (group.kind === 'vserver' && server && sharesOnlyOne(server, written)) {
      return id(group, 'identity-server-id-and-port')
    }
    return id(group, 'removes-named-server')
  }
}

function weights(group: WalkedGroup): string {
  return id(group, group.kind === 'vserver' ? 'weights-of-the-rest-kept' : 'stored-weights-kept')
}

function sharesOnlyOne(server: Server, written: readonly Fields[]): boolean {
  return written.some(
    ({ ServerId, Port }) => (ServerId === server.ServerId) !== (Number(Port) === server.Port),
  )
}

/** Something that the call did not name. */
function bystander(group: WalkedGroup, { group: concerned, kind }: Difference): string {
  if (group.kind === 'vserver') {
    const isGroup = concerned?.kind === 'vserver'
    return id(group, isGroup ? 'only-that-group' : 'default-group-untouched')
  }
  return id(group, kind === 'balancer' ? 'load-balancer-stays' : 'vserver-groups-untouched')
}

/** After a call that was refused, or that named nothing: nothing may have changed. */
export function blameOfNothing(group: WalkedGroup, requirement: string): Blame {
  return (difference) => (difference.group === group ? requirement : bystander(group, difference))
}

/** After a step that is none of the operations under test. */
export const blameOfSetUp: Blame = ({ kind, group }) =>
  kind === 'back' && group ? id(group, 'durable') : undefined
