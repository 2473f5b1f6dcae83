/** The request tables of both removals, keyword by keyword, as far as no check in the suites asks the same. */

import { commonReading } from '../../fixtures/slb/group-look.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import type { Fields } from '../../fixtures/slb/wire-shapes.ts'
import { assertControl, assertRefused, assertUnchanged, isRefused } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { wrongTypes } from '../../src/generate/cases.ts'
import { drawing } from '../../src/generate/draw.ts'
import { smallest } from '../../src/generate/reduce.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import type { Exchange, HttpRequest, Level } from '../../src/model.ts'
import {
  fromDefaultGroup,
  fromVServerGroup,
  type Removal,
  type ServerGroup,
} from './either-removal/removal.ts'
import { ignoredOrRefusedOrBoth, removedIgnoredOrRefusedOrBoth } from './readings.ts'

/** A request that must be refused, and what is wrong with it. */
interface WrongRequest {
  readonly name: string
  readonly request: HttpRequest
}

/** The requests that must be refused because of a row. */
type Cases = (
  row: Row,
  removal: Removal,
  group: ServerGroup,
  slb: SlbGround,
) => Promise<readonly WrongRequest[]>

/** Each case is refused, nothing has changed after all of them, and the correct call is accepted. */
async function askRefusals(slb: SlbGround, row: Row, of: Removal, cases: Cases): Promise<void> {
  const group = await of.arrange(slb, 37, 100)
  const wrong = await cases(row, of, group, slb)
  const before = await slb.survey()
  for (const one of wrong) {
    const answered = await slb.ask(one.request)
    assertRefused(answered, isRefused(answered) ? '' : await caseOf(one, row, slb))
  }
  const names = wrong.map(({ name }) => name).join(', ')
  assertUnchanged(before, await slb.survey(), `These calls had been refused: ${names}.`)
  assertControl(await slb.ask(group.request(group.named)))
}

/** The case, the fewest parameters that are still not refused, and the seed. */
async function caseOf({ name, request }: WrongRequest, row: Row, slb: SlbGround): Promise<string> {
  const { query = [] } = request
  const fails = async (fewer: Fields) => {
    const kept = query.filter(([parameter]) => parameter in fewer)
    return !isRefused(await slb.ask({ ...request, query: kept }))
  }
  const least = await smallest(Object.fromEntries(query), ['Action', ...row.path], fails)
  const { seed } = slb.context.session.run
  return `The case: ${name}. The fewest parameters that still fail: ${JSON.stringify(least)}. Seed ${seed}.`
}

const actionAbsent: Cases = (_row, _of, { request, named }) =>
  Promise.resolve([
    { name: 'left out', request: withParameter(request(named), 'Action', undefined) },
    { name: 'empty', request: withParameter(request(named), 'Action', '') },
  ])

/**
 * Other names; whether the case of the letters matters is a reading of its own. No blank at an end: signature
 * version 3 sends the action in a header, where HTTP takes it off.
 */
const actionOther: Cases = (_row, { action }, { request, named }) =>
  Promise.resolve(
    [`${action}z`, action.slice(0, -1), `${action.slice(0, 6)} ${action.slice(6)}`].map((name) => ({
      name: JSON.stringify(name),
      request: withParameter(request(named), 'Action', name),
    })),
  )

/** Parameters of a query have no types: their text must not be parsed as JSON. */
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
    'a truncated list': JSON.stringify(named).slice(0, -1),
    'a list with text after it': `${JSON.stringify(named)}]`,
  }
  return Promise.resolve(
    Object.entries(texts).map(([name, text]) => ({ name, request: request(text) })),
  )
}

/** Values of every other JSON type in the place of the whole list. */
const notAList: Cases = async ({ id }, _of, { request, named }, slb) => {
  const draw = await drawing(slb.context.session.run.seed, id)
  const element = { name: 'an element outside a list', value: named[0] }
  return [...wrongTypes(['array'], draw, named[0]), element].map(({ name, value }) => ({
    name,
    request: request(JSON.stringify(value)),
  }))
}

/** Values of every other JSON type in a list whose other element is correct. */
const notAnObject: Cases = async ({ id }, _of, { request, named }, slb) => {
  const draw = await drawing(slb.context.session.run.seed, id)
  // Older editions of the pages have a list of ids in place of objects, so text may name a server.
  return wrongTypes(['object'], draw, named[0])
    .filter(({ value }) => typeof value !== 'string')
    .map(({ name, value }) => ({
      name: `${name} among the elements`,
      request: request([named[0], value]),
    }))
}

/** What a row asks that calls for refusals. */
interface Refusals {
  readonly text: string
  readonly cases: Cases
}

const content = (path: readonly string[]) => path.includes('content')

/** What a row asks if it calls for refusals. */
function refusalsOf({ path, keyword }: Row): Refusals | undefined {
  const [name] = path
  if (name === 'Action') {
    if (keyword === 'mandatory') {
      return { text: 'A call without an action is refused.', cases: actionAbsent }
    }
    return keyword === 'const'
      ? { text: 'An action that is not spelled as on the page is refused.', cases: actionOther }
      : undefined
  }
  if (keyword === 'contentMediaType') {
    return { text: `A value of ${name} that is not JSON is refused as a whole.`, cases: notJson }
  }
  if (keyword !== 'type' || name === undefined) return undefined
  if (path.at(-1) === 'content') {
    return { text: `A JSON value of ${name} that is not a list is refused.`, cases: notAList }
  }
  if (path.at(-1) === 'items') {
    return {
      text: `A list in ${name} with an element that is not an object is refused.`,
      cases: notAnObject,
    }
  }
  if (content(path) || name === 'BackendServers' || name === 'RegionId') return undefined
  return {
    text: `${name} is plain text: a JSON string or a JSON list in its place is refused.`,
    cases: asJson,
  }
}

/** Fields of an element for which a wrong type is a reading: the call may be refused or may ignore the field. */
const openTypes = ['ServerId', 'Port', 'Type', 'Weight']

/**
 * One element with a value of a wrong type where a field should be.
 *
 * `ServerId` and `Port` name the server and must not be guessed, so nothing is removed. `Type` and
 * `Weight` do not name it and may be ignored; then the server is removed.
 */
async function askElement(slb: SlbGround, row: Row, of: Removal): Promise<string> {
  const group = await of.arrange(slb, 37, 100)
  const field = row.path.at(-1) ?? ''
  const identity = ['ServerId', 'Port'].includes(field)
  const draw = await drawing(slb.context.session.run.seed, row.id)
  const [first] = group.named
  const types = [row.value].flat().map(String)
  const found: string[] = []
  for (const { value } of wrongTypes(types, draw, first?.[field])) {
    const answered = await ask(slb, group, { ...first, [field]: value })
    if (answered.effect === 'removed' && identity) return answered.fail(field, value)
    found.push(answered.effect)
    if (answered.effect === 'removed') break
  }
  return commonReading(found)
}

async function ask(slb: SlbGround, { request, watch, servers }: ServerGroup, element: Fields) {
  const watched = await watch()
  const answered: Exchange = await slb.ask(request([element]))
  const effect = await watched.effectOn(servers.slice(0, 1), answered)
  return {
    effect,
    fail: (field: string, value: unknown): never => {
      assertRefused(answered, `The call named no server: ${field} was ${JSON.stringify(value)}.`)
      throw new Error(`A refusal removed a server, with status ${answered.status}.`)
    },
  }
}

const readings = {
  ...ignoredOrRefusedOrBoth,
  removed: 'The field is ignored, and the server is removed.',
}

function isOpen({ path, keyword }: Row): boolean {
  return keyword === 'type' && path.includes('items') && openTypes.includes(path.at(-1) ?? '')
}

/** Rows that a check in the suites asks: see `suites/catalogue.json`. */
const askedElsewhere = [
  'slb/remove-backend-servers/request.BackendServers.content.items.ServerId.type',
]

function entriesOf(of: Removal): readonly Entry[] {
  return rowsOf(of.operation, 'request')
    .filter(({ id }) => !askedElsewhere.includes(id))
    .flatMap((row) => entryOf(of, row) ?? [])
}

function entryOf(of: Removal, row: Row): Entry | undefined {
  const { id, source } = row
  const refusals = refusalsOf(row)
  if (refusals) {
    return check({ id, level: levelOf(of, row), text: refusals.text, source }, (slb) =>
      askRefusals(slb, row, of, refusals.cases),
    )
  }
  if (row.keyword === 'type' && row.path.join('.') === 'RegionId') return regionEntry(of, row)
  if (!isOpen(row)) return undefined
  const text = `The page does not say what happens to an element whose ${row.path.at(-1)} has another type.`
  return check({ id, level: 'reading', text, source, readings }, (slb) => askElement(slb, row, of))
}

/** Only one of the pages has a row for the action, and no page says what a list is that cannot be read. */
function levelOf({ operation }: Removal, { path: [name] }: Row): Level {
  const hasRow = name === 'Action' && operation === 'remove-vserver-group-backend-servers'
  return hasRow ? 'must' : 'implied'
}

/** Whether a call looks at the region at all is open, and so is what it does with one in quotes. */
function regionEntry(of: Removal, { id, source, path }: Row): Entry {
  const text =
    'A region is plain text; the page does not say what happens to one that is written as JSON.'
  return check(
    { id, level: 'reading', text, source, readings: removedIgnoredOrRefusedOrBoth },
    async (slb) => {
      const group = await of.arrange(slb, 37, 100)
      const wrong = await asJson({ path } as Row, of, group, slb)
      const found: string[] = []
      for (const [index, { request }] of wrong.entries()) {
        const watch = await group.watch()
        const own = group.request(group.named.slice(index, index + 1))
        const region = request.query?.find(([name]) => name === 'RegionId')?.[1]
        const answered = await slb.ask(withParameter(own, 'RegionId', region))
        found.push(await watch.effectOn(group.servers.slice(index, index + 1), answered))
      }
      return commonReading(found)
    },
  )
}

export const removeVServerGroupServersRequestRows = entriesOf(fromVServerGroup)
export const removeServersRequestRows = entriesOf(fromDefaultGroup)
