/** The response tables of both removals, compared with answers in JSON and XML, with servers left and without. */

import { listOf, rootOf, shownListOf } from '../../fixtures/slb/as-written.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import {
  acceptedFields,
  elementsOf,
  isFields,
  type Server,
} from '../../fixtures/slb/wire-shapes.ts'
import { assertThat, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import type { CallForm } from '../../src/dialects/slb.ts'
import { fits } from '../../src/generate/fit.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import type { Exchange } from '../../src/model.ts'
import { fromDefaultGroup, fromVServerGroup, type Removal } from './either-removal/removal.ts'

/** The answers while the servers of a group are removed one by one, and two more for the empty group. */
type Answers = (slb: SlbGround) => Promise<readonly Exchange[]>

/** Asked once a run: the rows of one table look at the same answers. */
function answersOf(of: Removal): Answers {
  return (slb) => slb.context.shared(`answers of ${of.operation}`, () => answersInEachForm(of, slb))
}

/** In each form while servers are left, as far as the target offers them. The weights include both bounds. */
async function answersInEachForm(of: Removal, slb: SlbGround): Promise<readonly Exchange[]> {
  const weights = of.pick({ vserverGroup: [37, 100, 0, 1], defaultGroup: [37, 0, 100] })
  const { servers, ownerId } = await of.arrange(slb, ...weights)
  const xml = (await slb.offersXml()) ? ('XML' as const) : ('JSON' as const)
  const remove = (some: readonly Server[], form: CallForm = {}) =>
    of.removeFrom(slb.inForm({ format: 'JSON', method: 'GET', ...form }), ownerId, some)
  const inXml = { format: xml }
  const byForm = { method: 'form' } as const
  // The last server but one is removed by a call whose answer is in JSON: its list has one element.
  const forms = of.pick<readonly CallForm[]>({
    vserverGroup: [byForm, inXml, {}],
    defaultGroup: [inXml, byForm],
  })
  const answers: Exchange[] = []
  for (const [index, one] of servers.entries()) answers.push(await remove([one], forms[index]))
  return [...answers, await remove(servers), await remove(servers, { format: xml })]
}

/** The values in an answer that a row describes. In XML all of them are text. */
function shownIn(answered: Exchange, { path }: Row): readonly unknown[] {
  const [name, inner, , field] = path
  if (name === undefined) return [acceptedFields(answered) && answered.body]
  if (inner === undefined) return [acceptedFields(answered)[name]]
  if (!path.includes('items')) return listsIn(answered)
  const elements = elementsOf(answered)
  if (field === undefined) return elements
  return elements.map((element) => element[field]).filter((value) => value !== undefined)
}

/**
 * The list, if it has servers: no page says how an empty one is written. The tables have it as `BackendServers`, the
 * examples inside of that.
 */
function listsIn(answered: Exchange): readonly unknown[] {
  return elementsOf(answered).length === 0 ? [] : [listOf(answered)]
}

/** The value as JSON would have it: in XML, numbers are digits and an empty list is an empty element. */
function asInJson(answered: Exchange, row: Row, value: unknown): unknown {
  if (rootOf(answered) === undefined) return value
  if (row.value === 'object' || row.value === 'array') return row.value === 'object' ? {} : []
  const isNumber = row.path.some((name) => ['Port', 'Weight'].includes(name))
  return isNumber && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
}

async function askRow(slb: SlbGround, row: Row, answersFor: Answers): Promise<void> {
  const answers = await answersFor(slb)
  const shown = answers.flatMap((answered) =>
    shownIn(answered, row).map((value) => asInJson(answered, row, value)),
  )
  const wrong = shown.filter((value) => !isFit(row, value)).map((value) => JSON.stringify(value))
  const place = row.path.join('.') || 'the answer'
  assertThat(
    wrong.length === 0,
    `In ${answers.length} answers, ${place} does not fit its row: ${wrong.slice(0, 5).join('; ')}.`,
  )
  const optional = row.path.at(-1) === 'Description'
  assertThat(optional || shown.length > 0, `None of ${answers.length} answers shows ${place}.`)
}

/** Only a description may be an empty text. */
function isFit(row: Row, value: unknown): boolean {
  const named = row.path.at(-1) === 'Description' || value !== ''
  // Newer pages than these also list the type `eci`.
  return fits(row, value) && named && (row.keyword !== 'enum' || typeof value === 'string')
}

/** The table says integer and the example shows text: all JSON answers must have the same one of the two. */
async function askNumberForm(slb: SlbGround, row: Row, answersFor: Answers): Promise<string> {
  const answers = await answersFor(slb)
  const json = answers.filter((answered) => rootOf(answered) === undefined)
  const values = json.flatMap((answered) => shownIn(answered, row))
  const others = answers.flatMap((answered) => shownIn(answered, row))
  assertThat(
    values.length > 0 && others.every((value) => /^\d+$/.test(String(value))),
    `${row.path.at(-1)} is not a whole number in every answer: ${JSON.stringify(others)}.`,
  )
  return readingOf(
    {
      numbers: values.every((value) => Number.isInteger(value)),
      strings: values.every((value) => typeof value === 'string'),
    },
    `${row.path.at(-1)} is a number in some answers and text in others: ${JSON.stringify(values)}.`,
  )
}

const texts: Readonly<Record<string, (what: string, value: string) => string>> = {
  type: (what, value) => `In every answer ${what} has the type ${value}.`,
  enum: (what, value) => `In every answer ${what} is one of ${value}.`,
  minimum: (what, value) => `In every answer ${what} is at least ${value}.`,
  maximum: (what, value) => `In every answer ${what} is at most ${value}.`,
}

const group = 'slb/remove-vserver-group-backend-servers/response.BackendServers'

/** Whether a list with one member may be a lone object is a reading, which a check in the suite asks. */
const askedElsewhere = [`${group}.BackendServer.type`]
const numberForms = ['Port', 'Weight'].map((name) => `${group}.BackendServer.items.${name}.type`)

/** The table has the list where the examples have an object with a list. */
async function askListForm(slb: SlbGround, answersFor: Answers): Promise<string> {
  const answers = await answersFor(slb)
  const json = answers.filter((answered) => rootOf(answered) === undefined)
  const shown = json.flatMap((answered) => shownListOf(answered) ?? [])
  const nameless = json
    .flatMap((answered) => elementsOf(answered))
    .filter(({ ServerId }) => ServerId === undefined)
  assertThat(
    shown.length > 0 && nameless.length === 0,
    `${nameless.length} elements of the lists in ${json.length} answers have no ServerId.`,
  )
  return readingOf(
    {
      object: shown.every(({ outer }) => isFields(outer)),
      array: shown.every(({ outer }) => Array.isArray(outer)),
    },
    `BackendServers is neither an object in all answers nor an array in all: ${JSON.stringify(shown)}.`,
  )
}

const listForms = [fromVServerGroup, fromDefaultGroup].map(
  ({ operation }) => `slb/${operation}/response.BackendServers.type`,
)

const listReadings = {
  object: 'An object with the list inside of it, as in the examples.',
  array: 'The list itself, as in the table.',
}

function entriesOf(of: Removal): readonly Entry[] {
  const answersFor = answersOf(of)
  // The answers are asked for once, whichever row comes first.
  const varies = { factors: [] }
  return rowsOf(of.operation, 'response')
    .filter(({ id, keyword }) => keyword in texts && !askedElsewhere.includes(id))
    .map((row) => {
      const { id, source, keyword, value, path } = row
      const text =
        texts[keyword]?.(path.join('.') || 'the whole body', [value].flat().join(' or ')) ?? ''
      if (listForms.includes(id)) {
        const open =
          'BackendServers is the list itself in the table, and an object in the examples; every answer must have the same one.'
        return check({ id, level: 'reading', text: open, source, readings: listReadings }, (slb) =>
          askListForm(slb, answersFor),
        )
      }
      if (!numberForms.includes(id)) {
        return check({ id, level: 'must', text, source, varies }, (slb) =>
          askRow(slb, row, answersFor),
        )
      }
      return check(
        {
          id,
          level: 'reading',
          text: `${path.at(-1)} is an integer in the table and text in the JSON example; every answer must have the same one.`,
          source,
          readings: { numbers: 'Always a number.', strings: 'Always text.' },
        },
        (slb) => askNumberForm(slb, row, answersFor),
      )
    })
}

export const removeVServerGroupServersResponseRows = entriesOf(fromVServerGroup)
export const removeServersResponseRows = entriesOf(fromDefaultGroup)
