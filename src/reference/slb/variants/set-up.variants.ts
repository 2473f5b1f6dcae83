/** Lawful differences in the calls that create what checks need. The pages under test do not describe them. */

import { performing, refusing, together, type Change, type Variant } from '../../mutant.ts'
import type { Body } from '../answer.ts'
import { namedBy } from '../backend-servers.ts'
import { editingServers } from '../changes.ts'
import { invalid, methodUnsupported } from '../refusals.ts'
import type { SlbStore } from '../store.ts'

const creating = 'CreateVServerGroup'

/** The calls that put servers into a group. */
const adding = [
  creating,
  'AddVServerGroupBackendServers',
  'SetVServerGroupAttribute',
  'ModifyVServerGroupBackendServers',
  'AddBackendServers',
  'SetBackendServers',
]

export const setUpVariants: readonly Variant<SlbStore>[] = [
  {
    id: 'group-ids-are-long',
    allowedBy: 'VServerGroupId is typed String; its form is known from examples only.',
    change: performing(creating, (call, { groups }, original) => {
      const answer = original(call)
      const old = String((answer.body as Body)['VServerGroupId'])
      const group = groups.get(old)
      if (!group) return answer
      const VServerGroupId = `RSP-${old.slice(4).toUpperCase()}.Reference_${'x'.repeat(60)}`
      groups.delete(old)
      groups.set(VServerGroupId, { ...group, id: VServerGroupId })
      return { ...answer, body: { ...(answer.body as Body), VServerGroupId } }
    }),
  },
  {
    id: 'numbers-as-texts-while-adding',
    allowedBy: 'Examples of the calls that add servers quote numbers; these calls are not tested.',
    change: performing(adding, (call, _store, original) =>
      editingServers(original(call), numbersAsTexts),
    ),
  },
  {
    id: 'network-interfaces-refused',
    allowedBy: 'Network interfaces can be added to some kinds of load balancers only.',
    unasked: [
      'slb/remove-vserver-group-backend-servers/eni',
      'slb/remove-backend-servers/example-2',
      'slb/remove-backend-servers/type-eni',
    ],
    change: refusingInterfaces(),
  },
  {
    id: 'post-refused-everywhere',
    allowedBy: 'post: no page under test mentions a method.',
    change: refusing('*', ({ method }) => (method === 'POST' ? methodUnsupported : undefined)),
  },
]

/** Quotes the numbers of a server. */
export function numbersAsTexts(server: Body): Body {
  const quoted = Object.entries(server).map(([key, value]) => [
    key,
    typeof value === 'number' ? String(value) : value,
  ])
  return Object.fromEntries(quoted) as Body
}

function refusingInterfaces(): Change<SlbStore> {
  const refusals = adding.map((on) =>
    refusing<SlbStore>(on, (call) => {
      const named = [...namedBy(call), ...namedBy(call, 'NewBackendServers')]
      return named.some(({ type }) => type === 'eni')
        ? invalid('The type eni is not served.')
        : undefined
    }),
  )
  return together(...refusals)
}
