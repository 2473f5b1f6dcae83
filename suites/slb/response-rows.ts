/** The response tables of both removals, held against answers in JSON and XML, with servers left and none. */

import { innerListOf, rootOf } from '../../fixtures/slb/as-written.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { namedMembers, namedServers } from '../../fixtures/slb/lists.ts'
import { acceptedFields, elementsOf } from '../../fixtures/slb/wire-shapes.ts'
import { assertThat, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { fits } from '../../src/generate/fit.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import type { Exchange, Operation } from '../../src/model.ts'

/** Answers of one removal, one after the other, until nobody is left. */
type Tour = (slb: SlbGround) => Promise<readonly Exchange[]>

/** Four members with weights 37, 100, 0, 1: three left in XML, two, one in XML, none, none in both. */
const throughGroup: Tour = async (slb) => {
  const group = await slb.groupOf(4)
  const named = namedMembers(group.members)
  return inTurn(slb, named, (list, format) => slb.removeFromGroup(group, list, {}, { format }))
}

/** Three servers, the bounds of the weight among them: two left in XML, one, none in XML, none in both. */
const throughDefault: Tour = async (slb) => {
  const named = namedServers(await slb.defaultGroupOf(37, 0, 100))
  return inTurn(slb, named, (list, format) => slb.removeServers(list, {}, { format }))
}

async function inTurn<One>(
  { context }: SlbGround,
  named: readonly One[],
  remove: (list: readonly One[], format: 'JSON' | 'XML') => Promise<Exchange>,
): Promise<readonly Exchange[]> {
  const xml = context.session.offers('xml') ? 'XML' : 'JSON'
  const answers: Exchange[] = []
  for (const [index, one] of named.entries()) {
    answers.push(await remove([one], index % 2 === 0 ? xml : 'JSON'))
  }
  // Nobody is left: once more, in both formats.
  return [...answers, await remove(named, 'JSON'), await remove(named, xml)]
}

/** What an answer shows in the place of a row; in XML all of it is text. */
function shownIn(answered: Exchange, { path }: Row): readonly unknown[] {
  const [name, inner, , field] = path
  if (name === undefined) return [acceptedFields(answered) && answered.body]
  if (inner === undefined) return [acceptedFields(answered)[name]]
  if (!path.includes('items')) return [innerListOf(answered)]
  const elements = elementsOf(answered)
  if (field === undefined) return elements
  return elements.map((element) => element[field]).filter((value) => value !== undefined)
}

/** In XML digits stand for a number, and an empty element for a list of none. */
function asWritten(answered: Exchange, row: Row, value: unknown): unknown {
  if (rootOf(answered) === undefined) return value
  if (row.value === 'object' || row.value === 'array') return row.value === 'object' ? {} : []
  const isNumber = row.path.some((name) => ['Port', 'Weight'].includes(name))
  return isNumber && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
}

async function askRow(slb: SlbGround, row: Row, tour: Tour): Promise<void> {
  const answers = await tour(slb)
  const shown = answers.flatMap((answered) =>
    shownIn(answered, row).map((value) => asWritten(answered, row, value)),
  )
  const wrong = shown.filter((value) => !isFit(row, value)).map((value) => JSON.stringify(value))
  const place = row.path.join('.') || 'the answer'
  assertThat(
    wrong.length === 0,
    `In ${answers.length} answers, ${place} is not as its row has it: ${wrong.slice(0, 5).join('; ')}.`,
  )
  const optional = row.path.at(-1) === 'Description'
  assertThat(optional || shown.length > 0, `None of ${answers.length} answers shows ${place}.`)
}

/** An empty text identifies nothing. Descriptions may be empty. */
function isFit(row: Row, value: unknown): boolean {
  const named = row.path.at(-1) === 'Description' || value !== ''
  // `eci` is on newer pages than these.
  return fits(row, value) && named && (row.keyword !== 'enum' || typeof value === 'string')
}

/** Integers in the table and text in the example: every JSON answer has the one form or the other. */
async function askNumberForm(slb: SlbGround, row: Row, tour: Tour): Promise<string> {
  const answers = await tour(slb)
  const json = answers.filter((answered) => rootOf(answered) === undefined)
  const values = json.flatMap((answered) => shownIn(answered, row))
  const others = answers.flatMap((answered) => shownIn(answered, row))
  assertThat(
    values.length > 0 && others.every((value) => /^\d+$/.test(String(value))),
    `${row.path.at(-1)} is no whole number in every answer: ${JSON.stringify(others)}.`,
  )
  return readingOf(
    {
      numbers: values.every((value) => Number.isInteger(value)),
      strings: values.every((value) => typeof value === 'string'),
    },
    `${row.path.at(-1)} is written both ways: ${JSON.stringify(values)}.`,
  )
}

const texts: Readonly<Record<string, (what: string, value: string) => string>> = {
  type: (what, value) => `In every answer ${what} is of the type ${value}.`,
  enum: (what, value) => `In every answer ${what} is one of ${value}.`,
  minimum: (what, value) => `In no answer is ${what} less than ${value}.`,
  maximum: (what, value) => `In no answer is ${what} more than ${value}.`,
}

const group = 'slb/remove-vserver-group-backend-servers/response.BackendServers'

/** One member in place of a list of one is a reading, asked beside the other ones. */
const elsewhere = [`${group}.BackendServer.type`]
const numberForms = ['Port', 'Weight'].map((name) => `${group}.BackendServer.items.${name}.type`)

function entriesOf(operation: Operation, tour: Tour): readonly Entry[] {
  return rowsOf(operation, 'response')
    .filter(({ id, keyword }) => keyword in texts && !elsewhere.includes(id))
    .map((row) => {
      const { id, source, keyword, value, path } = row
      const text =
        texts[keyword]?.(path.join('.') || 'the whole', [value].flat().join(' or ')) ?? ''
      if (!numberForms.includes(id)) {
        return check({ id, level: 'must', text, source }, (slb) => askRow(slb, row, tour))
      }
      return check(
        {
          id,
          level: 'reading',
          text: `${path.at(-1)} is an integer in the table and text in the JSON example; one of them throughout.`,
          source,
          readings: { numbers: 'Always a number.', strings: 'Always text.' },
        },
        (slb) => askNumberForm(slb, row, tour),
      )
    })
}

export const removeVServerGroupServersResponseRows = entriesOf(
  'remove-vserver-group-backend-servers',
  throughGroup,
)
export const removeServersResponseRows = entriesOf('remove-backend-servers', throughDefault)
