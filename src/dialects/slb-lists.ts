/** Lists in answers of the RPC API: whether one is there at all, and whether it is whole. */

import type { HttpResponse } from '../model.ts'
import { fieldsIn } from './slb-creations.ts'

/** Where a list is in an answer. */
export interface ListPlace {
  readonly plural: string
  readonly singular: string
  /** The id that each element has; the elements are numbers or texts where there is none. */
  readonly id?: string
}

export const loadBalancerList: ListPlace = {
  plural: 'LoadBalancers',
  singular: 'LoadBalancer',
  id: 'LoadBalancerId',
}
export const groupList: ListPlace = {
  plural: 'VServerGroups',
  singular: 'VServerGroup',
  id: 'VServerGroupId',
}
/** What the description of a load balancer shows of it. */
export const partLists: readonly ListPlace[] = [
  { plural: 'BackendServers', singular: 'BackendServer', id: 'ServerId' },
  { plural: 'ListenerPorts', singular: 'ListenerPort' },
]

/**
 * Why an answer shows no list, so that nothing is known of what would be in it; nothing when it shows one.
 *
 * Understands `{"Groups": {"Group": […]}}`, the same without the inner layer, and one element in place of an array.
 * `{}`, null and an empty text are not lists: an empty list is an empty array.
 */
export function whyNoList(
  { body }: Pick<HttpResponse, 'body'>,
  { plural, singular, id }: ListPlace,
): string | undefined {
  const fields = fieldsIn(body)
  if (!Object.hasOwn(fields, plural)) return `it has no list "${plural}"`
  const outer = fields[plural]
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

/** A number, or a text that is not empty. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
