/** Lawful differences in the calls that checks look with. The pages under test do not describe them. */

import { performing, refusing, together, type Variant } from '../../mutant.ts'
import type { Call, Refusal } from '../../rule.ts'
import type { Body } from '../answer.ts'
import { crash, editingList, editingServers } from '../changes.ts'
import { groupNamed } from '../preconditions.ts'
import { actionUnknown } from '../refusals.ts'
import type { SlbStore, VServerGroup } from '../store.ts'
import { numbersAsTexts } from './set-up.variants.ts'

const listing = 'DescribeVServerGroups'
const listingLoadBalancers = 'DescribeLoadBalancers'
const describing = ['DescribeLoadBalancerAttribute', 'DescribeVServerGroupAttribute']

/** After how many looks at one object one fails. */
const looksPerFailure = 5

export const lookVariants: readonly Variant<SlbStore>[] = [
  {
    id: 'groups-not-listed',
    allowedBy: 'The pages under test do not mention a list of groups.',
    change: refusing(listing, () => actionUnknown),
  },
  {
    id: 'groups-listed-to-other-users',
    allowedBy: 'A user may have the right to remove servers, and none to list groups.',
    change: refusing(listing, () => ({
      status: 403,
      code: 'Forbidden.RAM',
      message: 'User not authorized to operate on the specified resource.',
    })),
  },
  {
    id: 'deleted-groups-listed-once-more',
    allowedBy: 'No page says that a list is never old: a group in it may be gone.',
    change: together(
      performing<SlbStore>('DeleteVServerGroup', (call, store, original) => {
        const group = groupNamed(call, store)
        if (group) store.notes.set('deleted group', group)
        return original(call)
      }),
      performing<SlbStore>(listing, (call, { notes }, original) => {
        const answer = original(call)
        const group = notes.get('deleted group') as VServerGroup | undefined
        notes.delete('deleted group')
        if (group?.loadBalancerId !== call.parameters['LoadBalancerId']) return answer
        const shown = { VServerGroupId: group?.id, VServerGroupName: group?.name }
        return { ...answer, body: withGroup(answer.body as Body, shown) }
      }),
    ),
  },
  {
    id: 'counters-in-looks',
    allowedBy: 'A service may show fields that no caller sets, and change them by itself.',
    change: performing(describing, (call, { notes }, original) => {
      const looks = Number(notes.get('looks') ?? 0) + 1
      notes.set('looks', looks)
      const answer = original(call)
      const counters = { ActiveConnections: looks, ModifyTimeStamp: call.now + looks }
      return { ...answer, body: { ...(answer.body as Body), ...counters } }
    }),
  },
  {
    id: 'looks-show-numbers-as-texts',
    allowedBy: 'number-form: examples of these calls quote numbers; the calls are not tested.',
    change: performing(describing, (call, _store, original) =>
      editingServers(original(call), numbersAsTexts),
    ),
  },
  {
    id: 'looks-show-more-of-servers',
    allowedBy: 'A response table does not exclude fields that were added later, such as ServerIp.',
    change: performing(describing, (call, _store, original) =>
      editingServers(original(call), (server) => ({ ServerIp: '192.0.2.2', VpcId: '', ...server })),
    ),
  },
  {
    id: 'looks-change-the-order-of-servers',
    allowedBy: 'No page gives an order of servers.',
    change: performing(describing, (call, { notes }, original) => {
      const turns = Number(notes.get('turns') ?? 0) + 1
      notes.set('turns', turns)
      const answer = original(call)
      return turns % 2 === 0 ? answer : editingList(answer, (servers) => servers.toReversed())
    }),
  },
  {
    id: 'load-balancers-of-others-come-and-go',
    allowedBy: 'No page says that an account has only one user at a time.',
    change: performing(listingLoadBalancers, (call, { notes }, original) => {
      const lists = Number(notes.get('lists') ?? 0) + 1
      notes.set('lists', lists)
      const answer = original(call)
      return isFiltered(call) ? answer : { ...answer, body: withOthers(answer.body as Body, lists) }
    }),
  },
  {
    id: 'load-balancers-in-pages-of-five',
    allowedBy: 'The pages under test do not say how many load balancers a list shows at once.',
    change: performing(listingLoadBalancers, (call, _store, original) =>
      original({ ...call, parameters: { PageSize: '5', ...call.parameters } }),
    ),
  },
  {
    id: 'looks-fail-now-and-then',
    allowedBy: 'An internal error of another call does not show that a removal went wrong.',
    change: together(...describing.map((look) => refusing<SlbStore>(look, failingNowAndThen))),
  },
]

/** Counts for each object, so that a look that is repeated at once does not fail again. */
function failingNowAndThen({ parameters }: Call, { notes }: SlbStore): Refusal | undefined {
  const { LoadBalancerId, VServerGroupId } = parameters
  const note = `looks at ${VServerGroupId ?? LoadBalancerId}`
  const looks = Number(notes.get(note) ?? 0) + 1
  notes.set(note, looks)
  return looks % looksPerFailure === 0 ? crash : undefined
}

function withGroup(body: Body, group: Body): Body {
  const list = body['VServerGroups'] as { VServerGroup: readonly Body[] }
  return { ...body, VServerGroups: { VServerGroup: [...list.VServerGroup, group] } }
}

const filters = ['LoadBalancerId', 'LoadBalancerName', 'ServerId']

function isFiltered({ parameters }: Call): boolean {
  return filters.some((name) => parameters[name] !== undefined)
}

/** None, one or two load balancers of another user, in turn. */
function withOthers(body: Body, lists: number): Body {
  const { LoadBalancer } = body['LoadBalancers'] as { LoadBalancer: readonly Body[] }
  const others = Array.from({ length: lists % 3 }, (_, index) => ({
    ...LoadBalancer[0],
    LoadBalancerId: `lb-other${lists}x${index}`,
    LoadBalancerName: 'made-by-another-user',
    LoadBalancerStatus: 'inactive',
  }))
  const TotalCount = Number(body['TotalCount']) + others.length
  return { ...body, TotalCount, LoadBalancers: { LoadBalancer: [...others, ...LoadBalancer] } }
}
