/** Reads whether a call of the RPC API created something although its answer was lost. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { fieldsIn, parametersOf } from './slb-creations.ts'
import type { Lookup } from './spelling.ts'

type Fields = Readonly<Record<string, unknown>>

/** Where something with a name of its own is listed. */
interface Listed {
  readonly action: string
  /** The parameter that names it, and the field of the list that does. */
  readonly name: string
  readonly plural: string
  readonly singular: string
  readonly id: string
  readonly by: readonly string[]
}

const lists: Readonly<Record<string, Listed>> = {
  CreateLoadBalancer: {
    action: 'DescribeLoadBalancers',
    name: 'LoadBalancerName',
    plural: 'LoadBalancers',
    singular: 'LoadBalancer',
    id: 'LoadBalancerId',
    by: ['RegionId', 'LoadBalancerName'],
  },
  CreateVServerGroup: {
    action: 'DescribeVServerGroups',
    name: 'VServerGroupName',
    plural: 'VServerGroups',
    singular: 'VServerGroup',
    id: 'VServerGroupId',
    by: ['RegionId', 'LoadBalancerId'],
  },
}

/** Every name is unique, so an object with the name is the one that was created. */
export function lookupOf(request: HttpRequest): Lookup | undefined {
  const parameters = parametersOf(request)
  const listed = lists[parameters['Action'] ?? '']
  const wanted = listed && parameters[listed.name]
  if (!listed || wanted === undefined) return undefined
  const kept = [...listed.by, 'Format', 'Version'].flatMap((name) =>
    parameters[name] === undefined ? [] : [[name, parameters[name]] as const],
  )
  return {
    request: { method: 'GET', path: '/', query: [['Action', listed.action], ...kept] },
    found: (seen) => foundIn(seen, listed, wanted),
  }
}

function foundIn(
  { status, headers, body }: HttpResponse,
  { plural, singular, name, id }: Listed,
  wanted: string,
): ReturnType<Lookup['found']> {
  const fields = fieldsIn(body)
  const outer = fields[plural] as Fields | undefined
  const inner = outer?.[singular] ?? outer
  if (status >= 300 || !Array.isArray(inner)) return 'unknown'
  const one = (inner as readonly (Fields | null)[]).find((item) => item?.[name] === wanted)
  if (!one) return 'absent'
  const made = { RequestId: fields['RequestId'], [id]: one[id], [name]: wanted }
  return { status: 200, headers, text: JSON.stringify(made), body: made }
}
