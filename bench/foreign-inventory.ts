/** Objects of somebody else's on a reference, and whether anything of them has changed. */

import { elbRequest } from '../src/dialects/elb.ts'
import { slbCall } from '../src/dialects/slb.ts'
import type { Dialect } from '../src/model.ts'
import type { Send } from './operator.ts'

/** What somebody else owns. */
export interface ForeignInventory {
  /** By kind, in the vendor's words: a collection, or a kind of the RPC API. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** One of their load balancers, to be lent. */
  readonly loadBalancerId: string
  /** Everything of it as it is now, as text: fields that a service moves by itself are left out. */
  snapshot(): Promise<string>
}

type Fields = Readonly<Record<string, unknown>>

export function foreignInventory(dialect: Dialect, send: Send): Promise<ForeignInventory> {
  return dialect === 'elb' ? elbInventory(send) : slbInventory(send)
}

async function elbInventory(send: Send): Promise<ForeignInventory> {
  const ids: Record<string, string[]> = {}
  const make = async (path: string, key: string, fields: Fields) => {
    const made = (
      await send(elbRequest('POST', path, { [key]: { name: 'production', ...fields } }))
    )[key] as { id: string }
    const kind = path.slice(path.lastIndexOf('/') + 1)
    ;(ids[kind] ??= []).push(made.id)
    return made.id
  }
  const paths: string[] = []
  let port = 30_000
  for (const owner of ['billing', 'shop']) {
    const loadbalancer_id = await make('/loadbalancers', 'loadbalancer', {
      name: owner,
      vip_subnet_id: 's',
    })
    const protocol = 'HTTP'
    const listener_id = await make('/listeners', 'listener', {
      loadbalancer_id,
      protocol,
      protocol_port: (port += 1),
    })
    for (const name of ['', 'api']) {
      const pool = { name, loadbalancer_id, protocol, lb_algorithm: 'ROUND_ROBIN' }
      const pool_id = await make('/pools', 'pool', pool)
      const member = { address: '192.0.2.77', protocol_port: (port += 1), subnet_id: 's', name }
      const members = `/pools/${pool_id}/members`
      await make(members, 'member', member)
      const monitor = { pool_id, type: 'HTTP', delay: 5, timeout: 3, max_retries: 3, name }
      await make('/healthmonitors', 'healthmonitor', monitor)
      if (name !== '') {
        const policy = { listener_id, redirect_pool_id: pool_id, action: 'REDIRECT_TO_POOL' }
        await make('/l7policies', 'l7policy', policy)
      }
      paths.push(members)
    }
  }
  const lists = ['loadbalancers', 'listeners', 'pools', 'healthmonitors', 'l7policies']
  const places = [...lists.map((kind) => `/${kind}`), ...paths]
  const theirs = new Set(Object.values(ids).flat())
  const snapshot = async () => {
    const shown = await Promise.all(
      places.map(async (path) => {
        const answered = await send(elbRequest('GET', path))
        const items = answered[path.slice(path.lastIndexOf('/') + 1)] ?? []
        return (items as { id: string }[]).filter(({ id }) => theirs.has(id))
      }),
    )
    return textOf(shown, theirs)
  }
  return { ids, loadBalancerId: ids['loadbalancers']?.[0] ?? '', snapshot }
}

/** Of lists of ids only theirs: what a run has put beside them is another matter. */
function textOf(shown: unknown, theirs: ReadonlySet<string>): string {
  return JSON.stringify(
    shown,
    (key, value: unknown) => {
      if (key === 'updated_at') return undefined
      const isList = ['pools', 'listeners'].includes(key) && Array.isArray(value)
      return isList ? (value as { id: string }[]).filter(({ id }) => theirs.has(id)) : value
    },
    1,
  )
}

async function slbInventory(send: Send): Promise<ForeignInventory> {
  const RegionId = 'cn-hangzhou'
  const call = (action: string, own: Record<string, string>) =>
    send(slbCall(action, { RegionId, ...own }))
  const loadBalancers: string[] = []
  const groups: string[] = []
  for (const LoadBalancerName of ['billing', 'shop']) {
    const made = await call('CreateLoadBalancer', { LoadBalancerName, VSwitchId: 'vsw-reference' })
    const LoadBalancerId = String(made['LoadBalancerId'])
    loadBalancers.push(LoadBalancerId)
    const listener = { ListenerPort: '443', BackendServerPort: '443', Bandwidth: '-1' }
    await call('CreateLoadBalancerTCPListener', { LoadBalancerId, ...listener })
    if (LoadBalancerName === 'shop') {
      const servers = [{ ServerId: 'i-reference30', Weight: '7' }]
      await call('AddBackendServers', { LoadBalancerId, BackendServers: JSON.stringify(servers) })
    }
    for (const VServerGroupName of ['api', 'web']) {
      const member = [{ ServerId: 'i-reference30', Port: '443', Weight: '7' }]
      const BackendServers = JSON.stringify(member)
      const group = { LoadBalancerId, VServerGroupName, BackendServers }
      groups.push(String((await call('CreateVServerGroup', group))['VServerGroupId']))
    }
  }
  const snapshot = async () => {
    const shown = await Promise.all([
      ...loadBalancers.map((id) => call('DescribeLoadBalancerAttribute', { LoadBalancerId: id })),
      ...groups.map((id) => call('DescribeVServerGroupAttribute', { VServerGroupId: id })),
    ])
    return JSON.stringify(
      shown,
      (key, value: unknown) => (key === 'RequestId' ? undefined : value),
      1,
    )
  }
  const ids = { LoadBalancer: loadBalancers, VServerGroup: groups }
  return { ids, loadBalancerId: loadBalancers[0] ?? '', snapshot }
}
