/** The request tables of both removals, keyword by keyword, where the checks of the prose do not ask. */

import type { Watch } from '../../fixtures/slb/watch.ts'
import { together } from '../../fixtures/slb/watch.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import { namedMembers, namedServers } from '../../fixtures/slb/lists.ts'
import type { Fields, Server } from '../../fixtures/slb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertUnchanged,
  isRefused,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { wrongTypes } from '../../src/generate/cases.ts'
import { drawing } from '../../src/generate/draw.ts'
import { smallest } from '../../src/generate/reduce.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import type { Exchange, HttpRequest, Operation } from '../../src/model.ts'
import { ignoredOrRefusedOrBoth } from './readings.ts'

/** One of the two removals, told apart in what holds the servers. */
interface Removal {
  readonly operation: Operation & `remove-${string}`
  readonly action: string
  /** Two servers to remove, where they are. */
  arrange(slb: SlbGround): Promise<Arranged>
}

interface Arranged {
  /** Names both servers, as the page prints it. */
  readonly named: readonly Fields[]
  readonly servers: readonly Server[]
  /** The call with this list. */
  request(list: unknown): HttpRequest
  watch(): Promise<Watch>
}

const fromGroup: Removal = {
  operation: 'remove-vserver-group-backend-servers',
  action: 'RemoveVServerGroupBackendServers',
  arrange: async (slb) => {
    const group = await slb.groupOf(2)
    return {
      named: namedMembers(group.members),
      servers: group.members,
      request: (list) => slb.removalFromGroup(group, written(list)),
      watch: () => slb.watch(group),
    }
  },
}

const fromDefault: Removal = {
  operation: 'remove-backend-servers',
  action: 'RemoveBackendServers',
  arrange: async (slb) => {
    const servers = await slb.defaultGroupOf(37, 100)
    return {
      named: namedServers(servers),
      servers,
      request: (list) => slb.removalOfServers(written(list)),
      watch: () => slb.watchDefaultGroup(),
    }
  },
}

/** Text as it is, all else as JSON. */
function written(list: unknown): string {
  return typeof list === 'string' ? list : JSON.stringify(list)
}

/** A request that must be refused, and what it tries. */
interface Wrong {
  readonly name: string
  readonly request: HttpRequest
}

/** The cases of a row that refuses, from the row, the removal and what is arranged. */
type Cases = (
  row: Row,
  removal: Removal,
  arranged: Arranged,
  slb: SlbGround,
) => Promise<readonly Wrong[]>

/** Each is refused, nothing has changed after all of them, and the same call is accepted as it should be. */
async function askRefusals(slb: SlbGround, row: Row, of: Removal, cases: Cases): Promise<void> {
  const arranged = await of.arrange(slb)
  const wrong = await cases(row, of, arranged, slb)
  const before = await slb.survey()
  for (const one of wrong) {
    const answered = await slb.ask(one.request)
    assertRefused(answered, isRefused(answered) ? '' : await caseOf(one, row, slb))
  }
  const names = wrong.map(({ name }) => name).join(', ')
  assertUnchanged(before, await slb.survey(), `These had been refused: ${names}.`)
  assertAccepted(await slb.ask(arranged.request(arranged.named)), 'It is as on the page again.')
}

/** The case, the seed it was drawn by, and the fewest parameters that are answered in the same wrong way. */
async function caseOf({ name, request }: Wrong, row: Row, slb: SlbGround): Promise<string> {
  const { query = [] } = request
  const fails = async (fewer: Fields) => {
    const kept = query.filter(([parameter]) => parameter in fewer)
    return !isRefused(await slb.ask({ ...request, query: kept }))
  }
  const least = await smallest(Object.fromEntries(query), ['Action', ...row.path], fails)
  const { seed } = slb.context.session.run
  return `The case: ${name}. The fewest parameters with which it fails: ${JSON.stringify(least)}. Seed ${seed}.`
}

const actionAbsent: Cases = (_row, _of, { request, named }) =>
  Promise.resolve([
    { name: 'left out', request: withParameter(request(named), 'Action', undefined) },
    { name: 'empty', request: withParameter(request(named), 'Action', '') },
  ])

const actionOther: Cases = (_row, { action }, { request, named }) =>
  Promise.resolve(
    [action.toLowerCase(), `${action}z`, action.slice(0, -1), `${action} `].map((name) => ({
      name: JSON.stringify(name),
      request: withParameter(request(named), 'Action', name),
    })),
  )

/** A query has no types; what is text there is not read as JSON. */
const asJson: Cases = ({ path: [name = ''] }, _of, { request, named }) => {
  const right = request(named)
  const value = right.query?.find(([one]) => one === name)?.[1] ?? ''
  const wrong = [
    { name: 'in quotes, as JSON', value: JSON.stringify(value) },
    { name: 'in a list, as JSON', value: JSON.stringify([value]) },
  ]
  return Promise.resolve(
    wrong.map((one) => ({ name: one.name, request: withParameter(right, name, one.value) })),
  )
}

const notJson: Cases = (_row, _of, { request, named, servers }) => {
  const texts = {
    'ids with commas': servers.map(({ ServerId }) => ServerId).join(),
    XML: `<BackendServer><ServerId>${servers[0]?.ServerId}</ServerId></BackendServer>`,
    'a list that breaks off': JSON.stringify(named).slice(0, -1),
    'a list and more': `${JSON.stringify(named)}]`,
  }
  return Promise.resolve(
    Object.entries(texts).map(([name, text]) => ({ name, request: request(text) })),
  )
}

/** Values of every other JSON type in the place of the whole list. */
const noList: Cases = async ({ id }, _of, { request, named }, slb) => {
  const draw = await drawing(slb.context.session.run.seed, id)
  const lone = { name: 'an element without its list', value: named[0] }
  return [...wrongTypes(['array'], draw, named[0]), lone].map(({ name, value }) => ({
    name,
    request: request(JSON.stringify(value)),
  }))
}

/** Values of every other JSON type among elements that are right. */
const noObject: Cases = async ({ id }, _of, { request, named }, slb) => {
  const draw = await drawing(slb.context.session.run.seed, id)
  return wrongTypes(['object'], draw, named[0]).map(({ name, value }) => ({
    name: `${name} among the elements`,
    request: request([named[0], value]),
  }))
}

interface Asked {
  readonly keyword: string
  readonly field: string | undefined
  readonly text: string
  readonly cases: Cases
}

const content = (path: readonly string[]) => path.includes('content')

/** Which cases ask a row that is a `must`, and in which words. */
function refusalsOf({ path, keyword }: Row): Omit<Asked, 'keyword' | 'field'> | undefined {
  const [name] = path
  if (name === 'Action') {
    if (keyword === 'mandatory') {
      return { text: 'A call without an action is refused.', cases: actionAbsent }
    }
    return keyword === 'const'
      ? { text: 'An action that is spelt in another way is refused.', cases: actionOther }
      : undefined
  }
  if (keyword === 'contentMediaType') {
    return { text: `What is no JSON in ${name} is refused as a whole.`, cases: notJson }
  }
  if (keyword !== 'type' || name === undefined) return undefined
  if (path.at(-1) === 'content') {
    return { text: `JSON in ${name} that is no list is refused.`, cases: noList }
  }
  if (path.at(-1) === 'items') {
    return {
      text: `A list in ${name} with an element that is no object is refused.`,
      cases: noObject,
    }
  }
  if (content(path) || name === 'BackendServers') return undefined
  return {
    text: `${name} is text: in quotes or in a list, as JSON is, it names nothing.`,
    cases: asJson,
  }
}

/** Fields of an element whose wrong types are a reading: a call may be refused or pass them over. */
const openTypes = ['ServerId', 'Port', 'Type', 'Weight']

/**
 * One element with a value of a wrong type where a field should be.
 *
 * What names the server may not be guessed, so nothing is removed; what does not name it, type and
 * weight, may be passed over, and then the server goes.
 */
async function askElement(slb: SlbGround, row: Row, of: Removal): Promise<string> {
  const arranged = await of.arrange(slb)
  const field = row.path.at(-1) ?? ''
  const identity = ['ServerId', 'Port'].includes(field)
  const draw = await drawing(slb.context.session.run.seed, row.id)
  const [first] = arranged.named
  const types = [row.value].flat().map(String)
  const found: string[] = []
  for (const { value } of wrongTypes(types, draw, first?.[field])) {
    const answered = await ask(slb, arranged, { ...first, [field]: value })
    if (answered.fate === 'removed' && identity) return answered.fail(field, value)
    found.push(answered.fate)
    if (answered.fate === 'removed') break
  }
  return together(found)
}

async function ask(slb: SlbGround, { request, watch, servers }: Arranged, element: Fields) {
  const watched = await watch()
  const answered: Exchange = await slb.ask(request([element]))
  const fate = await watched.fate(answered, servers.slice(0, 1))
  return {
    fate,
    fail: (field: string, value: unknown): never => {
      assertRefused(answered, `It named no server: ${field} was ${JSON.stringify(value)}.`)
      throw new Error(`A refusal removed a server, with status ${answered.status}.`)
    },
  }
}

const readings = { ...ignoredOrRefusedOrBoth, removed: 'It is passed over, and the server goes.' }

function isOpen({ path, keyword }: Row): boolean {
  return keyword === 'type' && path.includes('items') && openTypes.includes(path.at(-1) ?? '')
}

/** The checks of prose ask the same of these: see `src/catalogue.json`. */
const elsewhere = ['slb/remove-backend-servers/request.BackendServers.content.items.ServerId.type']

function entriesOf(of: Removal): readonly Entry[] {
  return rowsOf(of.operation, 'request')
    .filter(({ id }) => !elsewhere.includes(id))
    .flatMap((row) => entryOf(of, row) ?? [])
}

function entryOf(of: Removal, row: Row): Entry | undefined {
  const { id, source } = row
  const refusals = refusalsOf(row)
  if (refusals) {
    const level = row.keyword === 'type' && row.path.length === 1 ? 'implied' : 'must'
    return check({ id, level, text: refusals.text, source }, (slb) =>
      askRefusals(slb, row, of, refusals.cases),
    )
  }
  if (!isOpen(row)) return undefined
  const text = `The page does not say what becomes of an element whose ${row.path.at(-1)} is of another type.`
  return check({ id, level: 'reading', text, source, readings }, (slb) => askElement(slb, row, of))
}

export const removeVServerGroupServersRequestRows = entriesOf(fromGroup)
export const removeServersRequestRows = entriesOf(fromDefault)
