/** Removals that are refused and have an effect all the same. */

import {
  tooLateId,
  refusalsWithEffects,
  tooLateStory,
  type RefusalWithEffect,
} from '../../../refusals-with-effects.ts'
import { deciding, performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { onRefusal } from '../../answer.ts'
import { expectedSignature } from '../../gateway.ts'
import type { Removal } from '../../removal.ts'
import type { BackendServer, Holder, SlbStore } from '../../store.ts'

type Fault = RefusalWithEffect<SlbStore>

export function refusalWithEffectMutants(of: Removal): readonly Mutant<SlbStore>[] {
  const faults = [...atTheGateway(of), ...ofTheNames(of), ...ofTheList(of)]
  return [
    ...refusalsWithEffects(faults, (call, store) => leaveTrace(of, call, store)),
    ofTheAction(of),
    ...(of.short === 'vserver' ? [ofTheDeleted(of)] : []),
  ]
}

/** Changes weights in the holder that is named, or else in the holders that were created last. */
function leaveTrace(of: Removal, { parameters }: Call, { groups, loadBalancers }: SlbStore): void {
  const id = parameters[of.holderId] ?? ''
  const holder: Holder | undefined = groups.get(id) ?? loadBalancers.get(id)
  const last = [[...groups.values()].at(-1), [...loadBalancers.values()].at(-1)]
  for (const each of holder ? [holder] : last) {
    if (each) each.servers = each.servers.map(lighter)
  }
}

function lighter(server: BackendServer): BackendServer {
  return { ...server, weight: server.weight === 0 ? 100 : server.weight - 1 }
}

function atTheGateway(of: Removal): readonly Fault[] {
  const own = (name: string) => `${of.operation}/${name}`
  const isFor = ({ parameters }: Call) => parameters['Action'] === of.action
  return [
    {
      breaks: own('altered-parameter'),
      keeps: 'slb/gateway/signature',
      when: (call) => isFor(call) && !beginsCorrectly(call),
    },
    {
      breaks: own('signature-whole'),
      keeps: 'slb/gateway/signature',
      when: (call) => isFor(call) && beginsCorrectly(call),
    },
    ...(of.holderId === 'VServerGroupId'
      ? [
          { breaks: own('signature-age'), keeps: 'slb/gateway/timestamp', when: isFor },
          { breaks: own('replay'), keeps: 'slb/gateway/nonce', when: isFor },
        ]
      : []),
    { breaks: own('unknown-access-key'), keeps: 'slb/gateway/access-key', when: isFor },
    {
      breaks: own('common-parameters-required'),
      keeps: 'slb/gateway/mandatory-parameters',
      when: isFor,
    },
    {
      breaks: own('request.Action.mandatory'),
      keeps: 'slb/gateway/mandatory-parameters',
      when: ({ parameters }) => !parameters['Action'] && parameters[of.holderId] !== undefined,
    },
  ]
}

/** Is the beginning of the signature correct? */
function beginsCorrectly(call: Call): boolean {
  const begins = (call.parameters['Signature'] ?? '').slice(0, 10)
  return expectedSignature(call).startsWith(begins)
}

const isQuoted = (name: string) => (call: Call) => /["[]/.test(call.parameters[name] ?? '')

const isPlain = (name: string) => (call: Call) => !isQuoted(name)(call)

function ofTheNames(of: Removal): readonly Fault[] {
  const own = (name: string) => `${of.operation}/${name}`
  const unknown = own(`unknown-${of.holderWord}`)
  return [
    { breaks: own('unknown-region'), when: isPlain('RegionId') },
    {
      breaks: own('request.RegionId.type'),
      keeps: own('unknown-region'),
      when: isQuoted('RegionId'),
    },
    { breaks: unknown, when: isPlain(of.holderId) },
    {
      breaks: own(`request.${of.holderId}.type`),
      keeps: of.short === 'vserver' ? unknown : own('malformed-load-balancer'),
      when: isQuoted(of.holderId),
    },
  ]
}

function ofTheList(of: Removal): readonly Fault[] {
  const own = (name: string) => `${of.operation}/${name}`
  const row = own('request.BackendServers')
  const malformed = (breaks: string, is: (list: unknown) => boolean): Fault => ({
    breaks,
    keeps: own('malformed-list'),
    when: ({ parameters }) => is(read(parameters['BackendServers'] ?? '')),
  })
  return [
    { breaks: own('backend-servers-required') },
    malformed(`${row}.content-media-type`, (list) => list === undefined),
    malformed(`${row}.content.type`, (list) => list !== undefined && !Array.isArray(list)),
    malformed(`${row}.content.items.type`, (list) => Array.isArray(list)),
  ]
}

/** Has an effect only when the call names a group that was deleted. */
function ofTheDeleted(of: Removal): Mutant<SlbStore> {
  const breaks = `${of.operation}/deleted-group`
  const deleted = ({ parameters }: Call) => `deleted ${parameters[of.holderId]}`
  return {
    id: tooLateId(breaks),
    breaks,
    story: tooLateStory,
    mutate: together(
      performing<SlbStore>('DeleteVServerGroup', (call, { notes }, original) => {
        notes.set(deleted(call), true)
        return original(call)
      }),
      deciding<SlbStore>(`${of.operation}/unknown-group`, (call, store, refusal) => {
        if (refusal && store.notes.has(deleted(call))) leaveTrace(of, call, store)
        return refusal
      }),
    ),
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** No rule refuses an unknown action: the server finds no effect for it. */
function ofTheAction(of: Removal): Mutant<SlbStore> {
  const breaks = `${of.operation}/request.Action.const`
  return {
    id: tooLateId(breaks),
    breaks,
    story: tooLateStory,
    mutate: performing<SlbStore>(onRefusal, (call, store, original) => {
      const { Action = '', [of.holderId]: holder } = call.parameters
      const isOdd = Action !== '' && Action !== of.action && holder !== undefined
      if (isOdd && !Action.startsWith('Describe')) leaveTrace(of, call, store)
      return original(call)
    }),
  }
}
