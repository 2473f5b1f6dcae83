/**
 * A long conversation that visits every corner: for the tests of mutants and variants.
 *
 * It shows that a fault can be seen through the API at all. Whether our suites see it is for `prove`.
 */

import {
  addHealthMonitor,
  addListener,
  addMember,
  addPolicy,
  addPool,
  conversation,
  ground,
  update,
  type Ask,
  type Conversation,
} from './test-client.ts'
import type { ElbReferenceOptions } from './reference.ts'

/** Everything that was said, one line an exchange. */
export type Transcript = readonly string[]

type Scene = (ask: Ask, conversation: Conversation) => void

const nobody = '00000000-0000-4000-8000-999999999999'

const collections = ['loadbalancers', 'listeners', 'pools', 'healthmonitors', 'l7policies']

/** Looks at everything that a write could have touched. */
function look(ask: Ask, paths: readonly string[] = collections): void {
  for (const path of paths) {
    const { body } = ask('GET', path)
    for (const { id } of (body[path] ?? []) as unknown as readonly { id: string }[]) {
      ask('GET', `${path}/${id}`)
      if (path === 'loadbalancers') ask('GET', `${path}/${id}/statuses`)
      if (path === 'pools') ask('GET', `${path}/${id}/members`)
    }
  }
}

const deleting: Scene = (ask) => {
  const { pool, sibling, listener, loadBalancer } = ground(ask)
  ask('DELETE', `pools/${nobody}`)
  ask('DELETE', `pools/${sibling.toUpperCase()}`)
  ask('DELETE', `pools/${sibling}`, { pool: { id: pool } })
  look(ask)
  const third = addPool(ask, { loadbalancer_id: loadBalancer, name: 'third' })
  ask('DELETE', `pools/${third}`)
  look(ask)
  for (const path of [`pools/${third}`, `pools/${third}/members`]) ask('GET', path)
  update(ask, third, { name: 'again' })
  ask('DELETE', `pools/${third}`)
  look(ask, ['pools'])
  const sent = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: loadBalancer }
  ask('POST', 'pools', { pool: { ...sent, name: 'third' } })
  ask('DELETE', `pools/${pool}`)
  ask('GET', `listeners/${listener}`)
  look(ask)
}

/** Builds one dependent after the other, tries, and takes them down again. */
function dependents(wanted: readonly string[]): Scene {
  return (ask) => {
    const { sibling, listener } = ground(ask)
    const built = [
      wanted.includes('members')
        ? [addMember(ask, sibling), addMember(ask, sibling, '192.0.2.11')]
        : [],
      wanted.includes('monitor') ? [addHealthMonitor(ask, sibling)] : [],
      wanted.includes('policies')
        ? [addPolicy(ask, listener, sibling), addPolicy(ask, listener, sibling)]
        : [],
    ] as const
    const paths = [
      ...built[0].map((id) => `pools/${sibling}/members/${id}`),
      ...built[1].map((id) => `healthmonitors/${id}`),
      ...built[2].map((id) => `l7policies/${id}`),
    ]
    for (const path of paths) {
      ask('DELETE', `pools/${sibling}`)
      look(ask)
      if (path.startsWith('l7')) ask('PUT', path, { l7policy: { redirect_pool_id: null } })
      else ask('DELETE', path)
    }
    ask('DELETE', `pools/${sibling}`)
    look(ask)
  }
}

const policiesGo: Scene = (ask) => {
  const { sibling, listener } = ground(ask)
  const policy = addPolicy(ask, listener, sibling)
  ask('DELETE', `l7policies/${policy}`)
  ask('DELETE', `pools/${sibling}`)
}

const removing: Scene = (ask) => {
  const { pool, sibling, listener } = ground(ask)
  const first = addMember(ask, pool)
  addMember(ask, pool, '192.0.2.11')
  addMember(ask, sibling)
  const only = addMember(ask, sibling, '192.0.2.12')
  addHealthMonitor(ask, sibling)
  addPolicy(ask, listener, sibling)
  for (const member of [nobody, '192.0.2.11']) ask('DELETE', `pools/${pool}/members/${member}`)
  for (const other of [nobody, sibling]) ask('DELETE', `pools/${other}/members/${first}`)
  look(ask)
  ask('DELETE', `pools/${pool}/members/${first}`)
  ask('GET', `pools/${pool}/members/${first}`)
  look(ask)
  ask('DELETE', `pools/${pool}/members/${first}`)
  const member = { address: '192.0.2.10', protocol_port: 80, subnet_id: 'subnet' }
  ask('POST', `pools/${pool}/members`, { member })
  ask('DELETE', `pools/${sibling}/members/${only}`, {})
  look(ask)
}

const emptying: Scene = (ask) => {
  const { sibling, listener } = ground(ask)
  const member = addMember(ask, sibling)
  const monitor = addHealthMonitor(ask, sibling)
  addPolicy(ask, listener, sibling)
  ask('DELETE', `pools/${sibling}/members/${member}`)
  look(ask)
  ask('DELETE', `healthmonitors/${monitor}`)
}

const unblocking: Scene = (ask) => {
  const { sibling } = ground(ask)
  ask('DELETE', `pools/${sibling}/members/${addMember(ask, sibling)}`)
  ask('DELETE', `pools/${sibling}`)
}

const updating: Scene = (ask) => {
  const { pool, sibling } = ground(ask)
  addMember(ask, pool)
  addMember(ask, pool, '192.0.2.11')
  addHealthMonitor(ask, pool)
  const cookie = { type: 'HTTP_COOKIE', persistence_timeout: 1 }
  const texts = ['', 'new', '水'.repeat(255), 'x'.repeat(255), 'y'.repeat(256)]
  const bodies = [
    { lb_algorithm: 'LEAST_CONNECTIONS', session_persistence: cookie },
    { name: 'pool2' },
    { name: 'pool2' },
    { description: 'two' },
    { lb_algorithm: 'SOURCE_IP' },
    {},
    ...texts.flatMap((text) => [{ name: text }, { description: text }]),
    ...[7, 'RANDOM', 'round_robin'].map((lb_algorithm) => ({ name: 'half', lb_algorithm })),
    ...[7, false].flatMap((value) => [{ name: value }, { description: value }]),
    ...['no', false, true].map((admin_state_up) => ({ admin_state_up })),
    { name: 'half', session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 1441 } },
    { name: 'half', session_persistence: 'HTTP_COOKIE' },
    { name: 'half', session_persistence: { type: 'COOKIE' } },
    { protocol: 'TCP' },
    { colour: 'red' },
    { session_persistence: null },
    { session_persistence: null },
    { description: 'same', lb_algorithm: 'SOURCE_IP' },
    { description: 'same', lb_algorithm: 'SOURCE_IP' },
  ]
  for (const body of bodies) {
    update(ask, pool, body)
    look(ask, ['loadbalancers', 'pools'])
  }
  update(ask, nobody, { name: 'x' })
  for (const body of [{}, { name: 'bare' }]) ask('PUT', `pools/${sibling}`, body)
}

const every = [undefined, 'SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE', 'COOKIE', 7]
const names = [undefined, 'my_cookie', '', null, 7]
const minutes = [undefined, null, -1, 0, 1, 60, 61, 1440, 1441, 86_400, 2_147_483_648, '5']

/** Every kind of sticky session after every other, and null between some. */
function sticking(protocol: string): Scene {
  return (ask) => {
    const home = ground(ask).loadBalancer
    const pool = addPool(ask, { loadbalancer_id: home, protocol, lb_algorithm: 'ROUND_ROBIN' })
    const other = addPool(ask, { loadbalancer_id: home, protocol })
    const set = (target: string, sent: unknown): void => {
      update(ask, target, { session_persistence: sent })
      ask('GET', `pools/${target}`)
    }
    for (const lb_algorithm of ['SOURCE_IP', 'LEAST_CONNECTIONS'])
      update(ask, pool, { lb_algorithm })
    for (const type of every) {
      for (const cookie_name of protocol === 'HTTP' ? names : []) {
        set(pool, { type, cookie_name, persistence_timeout: 5 })
        set(pool, { type: 'HTTP_COOKIE' })
      }
      set(pool, {})
      for (const persistence_timeout of minutes) {
        set(other, {
          type,
          cookie_name: type === 'APP_COOKIE' ? 'c' : undefined,
          persistence_timeout,
        })
      }
      set(other, null)
    }
  }
}

/** Weights that are set while they have no effect. */
const weighing: Scene = (ask) => {
  const { pool } = ground(ask)
  const member = addMember(ask, pool)
  update(ask, pool, { lb_algorithm: 'SOURCE_IP' })
  ask('PUT', `pools/${pool}/members/${member}`, { member: { weight: 20 } })
  ask('GET', `pools/${pool}/members/${member}`)
}

/** Texts of every kind, and bodies that are none. */
const writing: Scene = (ask) => {
  const { pool } = ground(ask)
  const texts = ['a  b', `it's`, '<b>&</b>', '水', null]
  for (const name of texts) {
    update(ask, pool, { name })
    ask('GET', `pools/${pool}`)
  }
  for (const text of ['{"pool":{"name":"broken"', '{"pool":{"name":"bro']) {
    ask('PUT', `pools/${pool}`, text)
    ask('GET', `pools/${pool}`)
  }
}

/** Bodies of other shapes than the page's, and words in other cases. */
const misshaping: Scene = (ask) => {
  const { pool } = ground(ask)
  const sent = { description: 'shaped' }
  const bodies = [
    undefined,
    [{ pool: sent }],
    7,
    { pool: null },
    { pool: [sent] },
    { pool: JSON.stringify(sent) },
    { pool: { description: null } },
    { pool: { lb_algorithm: ' ROUND_ROBIN' } },
    { pool: { lb_algorithm: '' } },
    { pool: { session_persistence: { type: 'http_cookie' } } },
    { pool: { name: '\u{1F600}'.repeat(255) } },
    { pool: { name: '\u{1F600}'.repeat(256) } },
    { pool: { name: 'e\u0301'.repeat(255) } },
    'pool.description=form',
  ]
  for (const body of bodies) {
    ask('PUT', `pools/${pool}`, body)
    ask('GET', `pools/${pool}`)
  }
  update(ask, pool, { name: 'n'.repeat(255), description: 'd'.repeat(255) })
}

/** Asks as somebody who may not, then for what is no id, and looks what came of it. */
function knock(ask: Ask, method: string, path: string, body?: unknown): void {
  const parent = path.slice(0, path.lastIndexOf('/'))
  const odd = ['not%20an%20id', 'x'.repeat(64), ''].map((id) => `${parent}/${id}`)
  for (const token of ['', 'no-token', 'other-project-token']) ask(method, path, body, token)
  for (const asked of [parent, ...odd, `${path}0000`]) ask(method, asked, body)
  look(ask)
}

const updatingAtTheDoor: Scene = (ask) => {
  const { pool } = ground(ask)
  knock(ask, 'PUT', `pools/${pool}`, { pool: { name: 'stranger' } })
  ask('PUT', `pools/${pool}/pool`, { pool: { name: 'astray' } })
}

const deletingAtTheDoor: Scene = (ask) => {
  const { sibling } = ground(ask)
  knock(ask, 'DELETE', `pools/${sibling}`)
  for (const method of ['POST', 'PATCH']) ask(method, `pools/${sibling}`)
  look(ask)
}

const removingAtTheDoor: Scene = (ask) => {
  const { sibling } = ground(ask)
  const member = addMember(ask, sibling)
  knock(ask, 'DELETE', `pools/${sibling}/members/${member}`)
  for (const id of ['', 'not%20an%20id', 'x'.repeat(64)]) {
    ask('DELETE', `pools/${id}/members/${member}`)
  }
  ask('DELETE', `members/${member}`)
  look(ask)
}

const relations: Scene = (ask) => {
  const { loadBalancer } = ground(ask)
  const listeners = ['TCP', 'UDP', 'HTTP'].map((protocol, index) =>
    addListener(ask, loadBalancer, protocol, 90 + index),
  )
  const protocols = ['TCP', 'UDP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS']
  for (const protocol of protocols) {
    const pool = { protocol, lb_algorithm: 'ROUND_ROBIN' }
    ask('POST', 'pools', { pool: { ...pool, loadbalancer_id: loadBalancer } })
    for (const listener_id of listeners) {
      const { body } = ask('POST', 'pools', { pool: { ...pool, listener_id } })
      if (body['pool']) ask('DELETE', `pools/${body['pool'].id}`)
      else look(ask, ['pools'])
    }
  }
}

const busy: Scene = (ask, { reference, wait }) => {
  const { loadBalancer, pool } = ground(ask)
  for (const status of ['PENDING_UPDATE', 'PENDING_CREATE', 'PENDING_DELETE', 'ERROR', 'ACTIVE']) {
    reference.setProvisioningStatus(loadBalancer, status)
    update(ask, pool, { name: status })
    ask('GET', `pools/${pool}`)
    wait(1000)
  }
}

const strangers: Scene = (ask) => {
  const { pool, sibling } = ground(ask)
  ask('GET', `pools/${pool}`, undefined, 'other-project-token')
  ask('DELETE', `pools/${sibling}`, undefined, 'other-project-token')
}

const kindsOfDependents = [
  'members',
  'monitor',
  'policies',
  'members monitor',
  'members policies',
  'monitor policies',
  'members monitor policies',
]

/** The scenes, by the operation that they are about. */
const scenes: Readonly<Record<string, readonly Scene[]>> = {
  'update-pool': [
    relations,
    busy,
    updating,
    weighing,
    writing,
    misshaping,
    updatingAtTheDoor,
    ...['HTTP', 'TCP', 'UDP'].map(sticking),
  ],
  'delete-pool': [
    deleting,
    ...kindsOfDependents.map((kinds) => dependents(kinds.split(' '))),
    policiesGo,
    strangers,
    deletingAtTheDoor,
  ],
  'remove-member': [removing, emptying, unblocking, removingAtTheDoor],
}

const all = Object.entries(scenes).flatMap(([about, some]) =>
  some.map((scene) => ({ about, scene, faultless: told(scene, {}).join('\n') })),
)

/** What is said with a reference of that kind; each scene has a fresh one. */
export function transcript(options: ElbReferenceOptions = {}): Transcript {
  return all.flatMap(({ scene }) => told(scene, options))
}

/**
 * Is anything said otherwise than with the reference itself? Stops at the first scene that differs.
 *
 * @param operation - Plays only what is about it: `delete-pool`.
 */
export function canBeTold(options: ElbReferenceOptions, operation?: string): boolean {
  return all
    .filter(({ about }) => operation === undefined || about === operation)
    .some(({ scene, faultless }) => told(scene, options).join('\n') !== faultless)
}

/** A scene that cannot be played to its end is told as far as it went. */
function told(scene: Scene, options: ElbReferenceOptions): Transcript {
  const lines: string[] = []
  const talk = conversation(options)
  const ask: Ask = (method, path, body, token) => {
    const reply = talk.ask(method, path, body, token)
    talk.wait(100)
    const { 'X-Request-Id': _, ...headers } = reply.headers
    lines.push(JSON.stringify([method, path, body, reply.status, headers, reply.body]))
    return reply
  }
  try {
    scene(ask, talk)
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('No ')) throw error
  }
  return lines
}
