/** Rows of set-up operations that cannot be asked by themselves, by what follows `request.` in their id, and why. */

import type { Exceptions } from './asked-rows.ts'

const project = 'It names a project, and any other than that of the credentials is refused.'
const address = 'No address is so long: whatever is longer is refused for another reason.'
const region = 'Whether a call needs a region is a reading, asked of the operations under test.'
const listener = 'It names a listener: whatever is none is refused for that reason.'

const tenantOf = (wrapper: string): Exceptions => ({
  [`${wrapper}.tenant_id.type`]: project,
  [`${wrapper}.tenant_id.max-length`]: project,
})
const regional: Exceptions = { 'RegionId.mandatory': region }
const few: Exceptions = {
  'BackendServers.content.max-items':
    'A default group takes a server once, and few targets lend more than twenty.',
}
const unseenPort = 'No answer shows a port of a server in the default group.'
const onlyWeights = 'The call sets weights: whether it changes anything else is not said.'

/** By `dialect/operation`. */
export const requestExceptions: Readonly<Record<string, Exceptions>> = {
  'elb/create-pool': { ...tenantOf('pool'), 'pool.listener_id.type': listener },
  'elb/add-member': { ...tenantOf('member'), 'member.address.max-length': address },
  'elb/create-health-monitor': tenantOf('healthmonitor'),
  'slb/create-vserver-group': regional,
  'slb/add-vserver-group-backend-servers': regional,
  'slb/add-backend-servers': { ...regional, ...few },
  'slb/set-backend-servers': {
    ...regional,
    ...few,
    'BackendServers.content.items.Port.minimum': unseenPort,
    'BackendServers.content.items.Port.maximum': unseenPort,
    'BackendServers.content.items.Description.max-length': onlyWeights,
    'BackendServers.content.items.Type.enum': onlyWeights,
    'BackendServers.content.items.Type.default': onlyWeights,
  },
}

const later = 'A new object has none; answers in which there is one are judged wherever they come.'
const description =
  'Not every target takes descriptions; answers with one are judged wherever they come.'
const id = 'Without it nothing can be asked of a new object, and every check says so.'
const certificates = 'It needs certificates, and the listeners of a run have none.'
const rules = 'The forwarding policies of a run have no rules.'
const elsewhere = 'The forwarding policies of a run lead to pools.'
const toPools = { 'l7policy.redirect_listener_id': elsewhere, 'l7policy.redirect_url': elsewhere }
const described = { 'BackendServers.BackendServer.items.Description': description }

/** Why the answers that are asked for do not show a path: it is listed, or `….*` is, which stands for all below as well. */
export function unseenReason(path: string, unseen: Exceptions = {}): string | undefined {
  const found = Object.entries(unseen).find(([one]) => {
    const whole = one.replace(/\.\*$/, '')
    return path === whole || (whole !== one && path.startsWith(`${whole}.`))
  })
  return found?.[1]
}

/** Paths in answers that the answer to a plain request does not show, and why. */
export const unseenPaths: Readonly<Record<string, Exceptions>> = {
  'elb/create-pool': { 'pool.healthmonitor_id': later, 'pool.id': id },
  'elb/add-member': { 'member.id': id },
  'elb/create-health-monitor': { 'healthmonitor.id': id },
  'elb/create-listener': {
    'listener.id': id,
    'listener.default_pool_id': later,
    'listener.default_tls_container_ref': certificates,
    'listener.client_ca_tls_container_ref': certificates,
    'listener.tls_ciphers_policy': certificates,
  },
  'elb/create-forwarding-policy': { ...toPools, 'l7policy.id': id },
  'elb/update-forwarding-policy': toPools,
  'elb/create-load-balancer': {
    '': id,
    loadbalancer: id,
    'loadbalancer.id': id,
    'loadbalancer.listeners.items.*': later,
    'loadbalancer.pools.items.*': later,
  },
  'elb/show-status-tree': {
    'statuses.loadbalancer.listeners.items.l7policies.items.rules.items.*': rules,
  },
  'slb/create-vserver-group': { ...described, VServerGroupId: id },
  'slb/add-vserver-group-backend-servers': described,
  'slb/describe-vserver-group-attribute': described,
  'slb/add-backend-servers': described,
  'slb/set-backend-servers': described,
}
