/** Lists in answers of the RPC API: whether one is there at all, and whether it is whole. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { fieldsIn, parametersOf } from './slb-creations.ts'

/** Where a list is in an answer. */
export interface ListPlace {
  readonly plural: string
  readonly singular: string
  /** The id that each element has; the elements are numbers or texts where there is none. */
  readonly id?: string
  /** What the answer has to say as well, so that an empty object in place of the list is an empty list. */
  readonly isEmpty: (fields: Fields, asked: Fields) => boolean
}

type Fields = Readonly<Record<string, unknown>>

/** Its number is 0. */
const saysNone: ListPlace['isEmpty'] = ({ TotalCount }) =>
  isPlain(TotalCount) && Number(TotalCount) === 0

/** It is of the load balancer that was asked for, and no other list of listeners holds any. */
const saysWhose: ListPlace['isEmpty'] = ({ LoadBalancerId, ListenerPortsAndProtocol }, asked) =>
  isPlain(LoadBalancerId) &&
  LoadBalancerId === asked['LoadBalancerId'] &&
  holdsNothing(ListenerPortsAndProtocol)

export const loadBalancerList: ListPlace = {
  plural: 'LoadBalancers',
  singular: 'LoadBalancer',
  id: 'LoadBalancerId',
  isEmpty: saysNone,
}
export const groupList: ListPlace = {
  plural: 'VServerGroups',
  singular: 'VServerGroup',
  id: 'VServerGroupId',
  isEmpty: (fields) => fields['TotalCount'] === undefined || saysNone(fields, {}),
}
/** What the description of a load balancer shows of it. */
export const partLists: readonly ListPlace[] = [
  { plural: 'BackendServers', singular: 'BackendServer', id: 'ServerId', isEmpty: saysWhose },
  { plural: 'ListenerPorts', singular: 'ListenerPort', isEmpty: saysWhose },
]

/**
 * Why an answer shows no list, so that nothing is known of what would be in it; nothing when it shows one.
 *
 * Understands `{"Groups": {"Group": […]}}`, the same without the inner layer, and one element in place of an array.
 * An empty list is an empty array, or `{}` where the rest of the answer is whole. Null and an empty text are not lists.
 */
export function whyNoList(
  { body, request }: Pick<HttpResponse, 'body'> & { readonly request: HttpRequest },
  { plural, singular, id, isEmpty }: ListPlace,
): string | undefined {
  const fields = fieldsIn(body)
  if (!Object.hasOwn(fields, plural)) return `it has no list "${plural}"`
  const outer = fields[plural]
  const isWhole = isPlain(fields['RequestId']) && isEmpty(fields, parametersOf(request))
  if (isWhole && isObject(outer) && Object.keys(outer).length === 0) return undefined
  const inner = isObject(outer) ? outer[singular] : outer
  const isOne = id === undefined ? isPlain(inner) : isObject(inner)
  const items = isOne ? [inner] : inner
  if (!Array.isArray(items)) return `its "${plural}" is not a list`
  const fits = items.every((item: unknown) =>
    id === undefined ? isPlain(item) : isObject(item) && typeof item[id] === 'string',
  )
  return fits ? undefined : `its list "${plural}" holds something without ${id ?? 'a value'}`
}

/** `TotalCount` of an answer: not a number where it says none, nothing where there is no such field. */
export function totalIn({ body }: Pick<HttpResponse, 'body'>): number | undefined {
  const { TotalCount: said } = fieldsIn(body)
  if (said === undefined || said === null) return undefined
  const total = isPlain(said) ? Number(said) : NaN
  return Number.isSafeInteger(total) && total >= 0 ? total : NaN
}

/**
 * Why a list is not whole; nothing when it is, or when nothing says how long it is.
 *
 * @param total - The highest `TotalCount` that its pages have said.
 * @param shown - How many different elements they have shown.
 */
export function whyNotWhole(total: number | undefined, shown: number): string | undefined {
  if (Number.isNaN(total)) return 'its TotalCount is not a number'
  return total !== undefined && shown < total ? `it shows ${shown} of ${total}` : undefined
}

/** Nothing, or lists and objects with nothing in them. */
function holdsNothing(value: unknown): boolean {
  if (value === undefined) return true
  const isHolder = Array.isArray(value) || isObject(value)
  return isHolder && Object.values(value).every((inner) => holdsNothing(inner))
}

/** A number, or a text that is not empty. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
