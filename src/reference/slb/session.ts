/** A long conversation with a server, written down; for the tests that compare servers by it. */

import { referenceAccounts, referenceRegion } from './given.ts'
import { slbReference, type SlbReferenceOptions } from './reference.ts'
import { call, type Manner } from './signed-call.ts'

type Asked = Readonly<Record<string, string | undefined>>

/** One question about a removal, put to a world of its own. */
interface Probe {
  readonly parameters: Asked
  readonly manner?: Manner
}

/** What a world holds: the ids that questions refer to. */
interface World {
  readonly LoadBalancerId: string
  readonly other: string
  readonly VServerGroupId: string
  readonly sister: string
  readonly deleted: string
}

const members = [
  { ServerId: 'i-reference01', Port: 8001, Weight: 0 },
  { ServerId: 'i-reference01', Port: 8002, Weight: 37 },
  { ServerId: 'i-reference02', Port: 8001, Weight: 100 },
  { ServerId: 'eni-reference01', Port: 8003, Weight: 10, Type: 'eni' },
]
const servers = [
  { ServerId: 'i-reference01', Weight: 0 },
  { ServerId: 'i-reference02', Weight: 37 },
  { ServerId: 'i-reference03', Weight: 100 },
  { ServerId: 'eni-reference01', Weight: 10, Type: 'eni' },
]
const strangers = Array.from({ length: 20 }, (_, index) => ({
  ServerId: `i-stranger${index}`,
  Port: 9000,
}))
const crowd = Array.from({ length: 21 }, (_, index) => ({
  ServerId: 'i-reference09',
  Port: 7001 + index,
}))

/** What the conversation is about. */
export type Subject = 'remove-vserver-group-backend-servers' | 'remove-backend-servers'

/** Everything that the server says in the conversation, one line for each answer. */
export function transcript(subject: Subject, options: SlbReferenceOptions = {}): readonly string[] {
  const lines: string[] = []
  converse(subject, options, (line) => void lines.push(line))
  return lines
}

/** The first line that is not as expected; the conversation ends there. */
export function firstDifference(
  subject: Subject,
  expected: readonly string[],
  options: SlbReferenceOptions,
): string | undefined {
  let count = 0
  try {
    converse(subject, options, (line) => {
      if (line !== expected[count]) throw new Different(line)
      count += 1
    })
  } catch (error) {
    if (error instanceof Different) return error.message
    throw error
  }
  return undefined
}

class Different extends Error {
  override readonly name = 'Different'
}

function converse(
  subject: Subject,
  options: SlbReferenceOptions,
  write: (line: string) => void,
): void {
  let ids = 0
  const newId = () => `ABCDEF00-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`
  let now = 0
  const reference = slbReference({ now: () => now, newId, ...options })
  const say: Say = (parameters, manner = {}) => {
    const { status, type, text, body } = call(reference, parameters, manner)
    write(`${status} ${type} ${text}`)
    return body
  }
  for (const [index, probe] of probesOf[subject].entries()) {
    const world = worldBy(say)
    ask(say, probe, world)
    now += 1000
    if (index < 3) linger(say, world)
    leave(say, world)
  }
  if (subject === 'remove-vserver-group-backend-servers') askOfTheCrowd(say)
}

type Say = (parameters: Asked, manner?: Manner) => Readonly<Record<string, unknown>>

/** Asks twice, and looks after each time. */
function ask(say: Say, { parameters, manner }: Probe, world: World): void {
  const asked = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, inserted(value, world)]),
  )
  say(asked, manner)
  look(say, world)
  say(asked, manner)
  look(say, world)
}

/** Looks once more, and puts everybody back. */
function linger(say: Say, world: World): void {
  look(say, world)
  const { LoadBalancerId, VServerGroupId } = world
  const BackendServers = JSON.stringify(members)
  say({ Action: 'AddVServerGroupBackendServers', VServerGroupId, BackendServers })
  for (const server of servers) {
    say({
      Action: 'AddBackendServers',
      LoadBalancerId,
      BackendServers: JSON.stringify([server]),
    })
  }
  look(say, world)
}

function leave(say: Say, { LoadBalancerId, other }: World): void {
  for (const id of [LoadBalancerId, other])
    say({ Action: 'DeleteLoadBalancer', LoadBalancerId: id })
}

/** One server at twenty-one ports: more than a call may name, and one member more than a page. */
function askOfTheCrowd(say: Say): void {
  const { VServerGroupId } = worldBy(say)
  const put = (Action: string, list: readonly object[]) => {
    say({ Action, VServerGroupId, BackendServers: JSON.stringify(list) })
    say({ Action: 'DescribeVServerGroupAttribute', VServerGroupId })
  }
  put('AddVServerGroupBackendServers', crowd.slice(0, 20))
  put('AddVServerGroupBackendServers', crowd.slice(20))
  put('RemoveVServerGroupBackendServers', crowd)
  put('RemoveVServerGroupBackendServers', crowd.slice(0, 1))
  put('RemoveVServerGroupBackendServers', crowd.slice(1))
}

/** `$other` in a question stands for an id of this world. */
function inserted(value: string | undefined, world: World): string | undefined {
  return value?.replace(/\$(\w+)/, (_, name) => world[name as keyof World])
}

function look(say: Say, { LoadBalancerId, other, VServerGroupId, sister }: World): void {
  for (const id of [LoadBalancerId, other]) {
    say({ Action: 'DescribeLoadBalancerAttribute', LoadBalancerId: id })
  }
  for (const id of [VServerGroupId, sister]) {
    say({ Action: 'DescribeVServerGroupAttribute', VServerGroupId: id })
  }
}

function worldBy(say: Say): World {
  const [LoadBalancerId, other] = ['one', 'other'].map((LoadBalancerName) => {
    const made = say({ Action: 'CreateLoadBalancer', LoadBalancerName })
    const id = String(made['LoadBalancerId'])
    say({
      Action: 'AddBackendServers',
      LoadBalancerId: id,
      BackendServers: JSON.stringify(servers),
    })
    return id
  }) as [string, string]
  const ListenerPort = '80'
  const Action = 'CreateLoadBalancerTCPListener'
  say({ Action, LoadBalancerId, ListenerPort, BackendServerPort: '80' })
  const [VServerGroupId, sister, deleted] = ['one', 'sister', 'deleted'].map((VServerGroupName) => {
    const BackendServers = JSON.stringify(members)
    const create = { Action: 'CreateVServerGroup', LoadBalancerId, VServerGroupName }
    return String(say({ ...create, BackendServers })['VServerGroupId'])
  }) as [string, string, string]
  say({ Action: 'DeleteVServerGroup', VServerGroupId: deleted })
  return { LoadBalancerId, other, VServerGroupId, sister, deleted }
}

/** Each list in turn, then the questions that are not about lists. */
function probes(Action: string, lists: readonly (string | undefined)[]): readonly Probe[] {
  const holder =
    Action === 'RemoveBackendServers'
      ? { LoadBalancerId: '$LoadBalancerId' }
      : { VServerGroupId: '$VServerGroupId' }
  const usual = { Action, ...holder, BackendServers: lists[0] }
  const named = Object.keys(holder).at(0) ?? ''
  return [
    ...lists.map((BackendServers) => ({ parameters: { ...usual, BackendServers } })),
    ...[undefined, Action.slice(0, -1)].map((misspelt) => ({
      parameters: { ...usual, Action: misspelt },
    })),
    { parameters: { ...usual, Version: '2014-05-16' } },
    { parameters: usual, manner: { unsigned: true } },
    { parameters: usual, manner: { now: -3_600_000 } },
    { parameters: { ...usual, SignatureNonce: 'sent-twice' } },
    { parameters: usual, manner: { account: { ...referenceAccounts[0], accessKeySecret: '?' } } },
    { parameters: usual, manner: { account: referenceAccounts[1] } },
    { parameters: usual, manner: { account: { ...referenceAccounts[0], accessKeyId: '?' } } },
    ...['SignatureNonce', 'Timestamp', 'SignatureMethod', 'SignatureVersion', 'Version'].map(
      (absent) => ({ parameters: { ...usual, [absent]: undefined } }),
    ),
    { parameters: usual, manner: { spoil: (signature: string) => signature.slice(0, 20) } },
    { parameters: usual, manner: { spoil: (signature: string) => `${signature.slice(0, -2)}?=` } },
    { parameters: { ...usual, RegionId: undefined } },
    { parameters: { ...usual, RegionId: 'xx-nowhere-9' } },
    ...[undefined, '', 'lb-', 'lb-unknown', 'rsp-unknown', '$deleted'].map((id) => ({
      parameters: { ...usual, [named]: id },
    })),
    { parameters: { ...usual, Format: 'XML' } },
    { parameters: { ...usual, Format: 'XML', BackendServers: '[1]' } },
    { parameters: { ...usual, RegionId: JSON.stringify(referenceRegion) } },
    { parameters: { ...usual, [named]: `"$${named}"` } },
    { parameters: usual, manner: { method: 'POST' } },
    { parameters: usual, manner: { method: 'POST', form: true } },
  ]
}

function memberLists(): readonly (string | undefined)[] {
  const [one, sibling, two, interfaced] = members as [object, object, object, object]
  return [
    ...commonLists(one, two, members),
    JSON.stringify([sibling]),
    JSON.stringify([interfaced]),
    JSON.stringify([
      { ServerId: 'i-reference01', Port: 8002 },
      { ServerId: 'i-reference02', Port: 8001 },
    ]),
    JSON.stringify([{ ServerId: 'i-reference01', Port: 9999 }]),
    JSON.stringify([{ ServerId: 'i-reference01', Port: '8001' }]),
    JSON.stringify([{ ServerId: 'i-reference01', Port: 8001, Weight: 50 }]),
    ...[0, 65_536, 'x'].map((Port) => JSON.stringify([{ ServerId: 'i-reference01', Port }])),
    JSON.stringify([{ ServerId: 'i-reference01' }]),
    JSON.stringify([{ Port: 8001 }]),
    JSON.stringify([{ ServerId: ['i-reference01'], Port: 8001 }]),
    JSON.stringify([{ ServerId: 'i-reference01', Port: [8001] }]),
    "[{'ServerId':'i-reference01','Port':'8001'}]",
    '[{"ServerId":"i-reference01","Port":8001},',
    '{"ServerId":"i-reference01","Port":8001}',
  ]
}

function serverLists(): readonly (string | undefined)[] {
  const [one, two] = servers as [object, object]
  return [
    ...commonLists(one, two, servers),
    JSON.stringify([{ ServerId: 'eni-reference01', Type: 'eni' }]),
    ...[0, 100, 10, '37', 101, -1, 'x'].map((Weight) =>
      JSON.stringify([{ ServerId: 'i-reference02', Weight }]),
    ),
    ...[1, null, ''].map((ServerId) => JSON.stringify([{ ServerId }])),
    JSON.stringify([{ ServerId: 'i-reference02', Zone: 'b' }]),
    '[{ "ServerId": "i-reference02" }]',
    '[{ "ServerId": "eni-reference01", "Type": "eni", "Weight": "10" }]',
    ...['ecs', 'eni', 'vm'].map((Type) => JSON.stringify([{ ServerId: 'i-reference02', Type }])),
    JSON.stringify([{ ServerId: 'i-reference02' }]),
    JSON.stringify([{ Type: 'ecs' }]),
    JSON.stringify([{ ServerId: 'i-reference02', Type: 7 }]),
    JSON.stringify([{ ServerId: 'i-reference02', Weight: [7] }]),
    "[{'ServerId':'i-reference01'}]",
    '[{"ServerId":"i-reference01"},',
    '{"ServerId":"i-reference01"}',
  ]
}

function commonLists(
  one: object,
  two: object,
  all: readonly object[],
): readonly (string | undefined)[] {
  const lists = [
    [one],
    [one, two],
    [two, one],
    [one, strangers[0]],
    [strangers[0], one],
    [strangers[0]],
    [one, one],
    all,
    all.slice(1),
    [],
    [...strangers.slice(0, 19), one],
    [one, ...strangers],
  ]
  const odd = [[one, 7], { ...one }, 'text', 7].map((list) => JSON.stringify(list))
  const more = [`${JSON.stringify([one])}]`, 'i-reference01,i-reference02']
  const none = [undefined, '', '{', '[1]']
  return [...lists.map((list) => JSON.stringify(list)), ...odd, ...more, ...none]
}

const probesOf: Readonly<Record<Subject, readonly Probe[]>> = {
  'remove-vserver-group-backend-servers': probes('RemoveVServerGroupBackendServers', memberLists()),
  'remove-backend-servers': probes('RemoveBackendServers', serverLists()),
}
