/** Members: adding, showing and changing them. @see Adding a Backend Server */

import type { Call, Effect, Rule } from '../rule.ts'
import { exists } from './existence.ts'
import { booleanOr, given, numberOr, picked, textOr } from './body.ts'
import { bodyRule, nameField, tenantField, type Field } from './fields.ts'
import { listed, queryRule } from './list.ts'
import { presentMember } from './present.ts'
import { inUse, notFound } from './refusals.ts'
import { existing, membersOf, type ElbStore, type Member, type NewId } from './store.ts'

const all = '/v2.0/lbaas/pools/:pool_id/members'
const one = `${all}/:member_id`

const changeable: readonly Field[] = [
  nameField,
  { name: 'admin_state_up', kind: 'boolean', values: [true] },
  { name: 'weight', kind: 'integer', range: [0, 100] },
]

const creatable: readonly Field[] = [
  ...changeable,
  tenantField,
  { name: 'address', kind: 'string', mandatory: true, maximumLength: 64 },
  { name: 'protocol_port', kind: 'integer', mandatory: true, range: [1, 65_535] },
  { name: 'subnet_id', kind: 'string', mandatory: true },
]

const filters = 'id tenant_id name address protocol_port subnet_id admin_state_up weight'.split(' ')

export const memberRules: readonly Rule<ElbStore>[] = [
  exists(
    'elb/set-up/pool-of-member-exists',
    [`POST ${all}`, `GET ${all}`, `GET ${one}`, `PUT ${one}`],
    'pool',
  ),
  {
    keeps: 'elb/set-up/member-exists',
    on: [`GET ${one}`, `PUT ${one}`],
    refuse({ parameters: { pool_id, member_id } }, { members }) {
      const member = members.get(member_id ?? '')
      return member?.pool_id === pool_id ? undefined : notFound('member', member_id)
    },
  },
  queryRule(`GET ${all}`, filters),
  bodyRule(`POST ${all}`, 'member', creatable),
  bodyRule(`PUT ${one}`, 'member', changeable),
  {
    keeps: 'elb/set-up/member-unique',
    on: `POST ${all}`,
    refuse(call, store) {
      const { address, protocol_port } = given(call, 'member')
      const twin = membersOf(store, call.parameters['pool_id'] ?? '').find(
        (member) => member.address === address && member.protocol_port === protocol_port,
      )
      return twin && inUse(`Member ${twin.id} already has this address and port.`)
    },
  },
]

export function memberEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return [
    { on: `POST ${all}`, perform: (call, store) => shown(201, create(call, store, newId)) },
    { on: `GET ${all}`, perform: list },
    { on: `GET ${one}`, perform: (call, store) => shown(200, meant(call, store)) },
    { on: `PUT ${one}`, perform: (call, store) => shown(200, update(call, store)) },
  ]
}

function shown(status: number, member: Member) {
  return { status, body: { member: presentMember(member) } }
}

function meant({ parameters }: Call, { members }: ElbStore): Member {
  return existing(members, parameters['member_id'])
}

function create(call: Call, { members }: ElbStore, newId: NewId): Member {
  const sent = given(call, 'member')
  const created: Member = {
    id: newId(),
    tenant_id: call.project ?? '',
    pool_id: call.parameters['pool_id'] ?? '',
    name: textOr(sent['name'], ''),
    address: textOr(sent['address'], ''),
    protocol_port: numberOr(sent['protocol_port'], 0),
    subnet_id: textOr(sent['subnet_id'], ''),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    weight: numberOr(sent['weight'], 1),
  }
  members.set(created.id, created)
  return created
}

function list(call: Call, store: ElbStore) {
  const members = membersOf(store, call.parameters['pool_id'] ?? '')
  return listed(
    'members',
    call,
    members.map((member) => ({ shown: presentMember(member) })),
  )
}

function update(call: Call, store: ElbStore): Member {
  const names = changeable.map(({ name }) => name)
  return Object.assign(meant(call, store), picked(given(call, 'member'), names))
}
