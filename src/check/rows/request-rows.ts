/** The request table of any extracted operation, keyword by keyword: one check for each row that can be asked. */

import type { Document } from '../../extract/schema/document.ts'
import { isObject } from '../../extract/page/json-text.ts'
import { askableRows, isOpenCondition, type Exceptions } from '../../generate/asked-rows.ts'
import { omitted } from '../../generate/cases.ts'
import { drawing } from '../../generate/draw.ts'
import { shownAt } from '../../generate/fit.ts'
import { smallest } from '../../generate/reduce.ts'
import type { Row } from '../../generate/row.ts'
import type { Exchange, Level, Requirement } from '../../model.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../assert.ts'
import { unobservable, type CheckContext, type Entry } from '../check.ts'
import type { Target } from '../../target.ts'
import type { Recipe } from './recipe.ts'
import { requestCases, requestOf, type RowCase } from './request-cases.ts'

/** What every ground has. */
export interface WithContext {
  readonly context: CheckContext<Target, unknown>
}

/** The operation whose rows are asked. */
export interface RowsOf<Ground extends WithContext, Arranged> {
  readonly document: Document
  readonly recipe: Recipe<Ground, Arranged>
  readonly exceptions?: Exceptions
}

/** One row asked of one ground. */
interface Attempt<Ground extends WithContext, Arranged> extends RowsOf<Ground, Arranged> {
  readonly row: Row
  readonly ground: Ground
  readonly arranged: Arranged
}

/** A check for each row of the request table, and the reason for each that cannot be asked. */
export function requestRowEntries<Ground extends WithContext, Arranged>(
  of: RowsOf<Ground, Arranged>,
): readonly Entry[] {
  return askableRows(of.document, of.exceptions).map(({ row, reason }) => {
    const requirement = { ...requirementOf(row), ...neededFor(of.recipe, row) }
    if (reason !== undefined) return unobservable(requirement, reason)
    const ask = requirement.readings ? askReading : askRow
    return { requirement, ask: (ground: Ground) => ask(of, row, ground) }
  })
}

function neededFor({ needs }: Pick<Recipe, 'needs'>, { path }: Row): Pick<Requirement, 'needs'> {
  const features = needs?.(path.join('.')) ?? []
  return features.length > 0 ? { needs: features } : {}
}

const readings = {
  refused: 'Every such value is refused.',
  coerced: 'Some of them are accepted, as another value or without effect.',
}

/** Which rows leave open what follows: services convert what is like a boolean, and ignore what has no meaning. */
function isOpen(row: Row): boolean {
  if (row.keyword === 'type') return row.value === 'boolean'
  return row.keyword === 'x-conditions' && isOpenCondition(row)
}

function requirementOf(row: Row): Requirement {
  const { id, source } = row
  if (isOpen(row)) return { id, level: 'reading', text: textOf(row), source, readings }
  // A column says which type a field has; that another is refused only follows from it.
  const level: Level = row.keyword === 'type' ? 'implied' : 'must'
  return { id, level, text: textOf(row), source }
}

const texts: Readonly<Record<string, (what: string, value: string) => string>> = {
  type: (what, value) => `The type of ${what} is ${value}; a value of another type is refused.`,
  maxLength: (what, value) =>
    `${what} accepts ${value} characters, stores them all, and refuses more.`,
  enum: (what, value) => `${what} accepts exactly ${value}, and nothing else.`,
  const: (what, value) => `${what} is ${value}; another spelling is refused.`,
  minimum: (what, value) => `${what} accepts ${value}, and refuses less.`,
  maximum: (what, value) => `${what} accepts ${value}, and refuses more.`,
  maxItems: (what, value) => `${what} accepts ${value} elements, and refuses more.`,
  mandatory: (what) => `${what} is mandatory: it may not be left out or null.`,
  default: (what, value) => `Where ${what} is left out, it is ${value || 'empty'}.`,
  contentMediaType: (what) => `A value of ${what} that is not JSON is refused as a whole.`,
  anyOf: (what) => `${what} has one at least of the fields that are mandatory in turn.`,
  'x-conditions': (what) => `${what} depends on other fields as its row says.`,
}

function textOf({ path, keyword, value }: Row): string {
  const named = path.filter((name) => name !== 'content').join('.') || 'the body'
  const spelled = [value]
    .flat()
    .map(String)
    .join(keyword === 'enum' ? ', ' : ' or ')
  return texts[keyword]?.(named.replaceAll('.items', '[]'), spelled) ?? `The row of ${named}.`
}

async function casesFor<Ground extends WithContext, Arranged>({
  document,
  recipe,
  row,
  ground,
  arranged,
}: Attempt<Ground, Arranged>): Promise<readonly RowCase[]> {
  const draw = await drawing(ground.context.session.run.seed, row.id)
  const valid = recipe.valid(ground, arranged)
  const cases = requestCases({
    document,
    row,
    draw,
    valid,
    samples: recipe.samples?.(ground, arranged) ?? {},
    beside: (path, value, when) => recipe.beside?.(path, value, when, arranged) ?? {},
    text: recipe.text,
    neighbours: recipe.neighbours ?? {},
    elements: (many) => recipe.elements?.(ground, arranged, many) ?? [],
  })
  const at = row.path.join('.')
  return cases.filter(
    ({ follows, value }) => follows === 'refused' || (recipe.takes?.(ground, at, value) ?? true),
  )
}

function sendCase<Ground extends WithContext, Arranged>(
  { recipe, ground, arranged }: Attempt<Ground, Arranged>,
  one: RowCase,
): Promise<Exchange> {
  return recipe.send(ground, arranged, requestOf(recipe.valid(ground, arranged), one))
}

/**
 * Sends what must be refused, asserts that nothing changed, then sends what must be accepted: where the row is
 * about what is accepted, a look has to show it; otherwise it is only the control.
 */
async function askRow<Ground extends WithContext, Arranged>(
  of: RowsOf<Ground, Arranged>,
  row: Row,
  ground: Ground,
): Promise<void> {
  const arranged = await of.recipe.arrange(ground, row.path.join('.'))
  const attempt = { ...of, row, ground, arranged }
  const cases = await casesFor(attempt)
  const wrong = cases.filter(({ follows }) => follows === 'refused')
  const before = await of.recipe.survey(ground, arranged)
  for (const one of wrong) await expectRefused(attempt, one)
  const names = wrong.map(({ name }) => name).join(', ')
  assertUnchanged(before, await of.recipe.survey(ground, arranged), `Refused were: ${names}.`)
  for (const one of cases.filter(({ follows }) => follows === 'accepted')) {
    await expectTaken(
      { ...attempt, arranged: await of.recipe.arrange(ground, row.path.join('.')) },
      one,
    )
  }
}

/** What an accepted value is the question of, and not only the control. */
const shownRows = ['maxLength', 'enum', 'minimum', 'maximum', 'maxItems', 'default', 'x-conditions']

async function expectRefused<Ground extends WithContext, Arranged>(
  attempt: Attempt<Ground, Arranged>,
  one: RowCase,
): Promise<void> {
  const answered = await sendCase(attempt, one)
  if (!isRefused(answered)) assertRefused(answered, await described(attempt, one, isRefused))
}

async function expectTaken<Ground extends WithContext, Arranged>(
  attempt: Attempt<Ground, Arranged>,
  one: RowCase,
): Promise<void> {
  const answered = await sendCase(attempt, one)
  const { row, recipe, ground, arranged } = attempt
  const what = row.path.at(-1) ?? 'the body'
  if (!shownRows.includes(row.keyword)) return assertControl(answered, `a valid ${what}`)
  if (!isAccepted(answered)) assertAccepted(answered, await described(attempt, one, isAccepted))
  const wanted = row.keyword === 'default' ? row.value : one.value
  if (wanted === omitted) return
  const path = row.path.filter((name) => name !== 'content')
  const [shown] = shownAt(await recipe.shown(ground, arranged, answered), path)
  assertSame(comparable(shown), comparable(wanted), `${what}, after ${one.name}`)
}

/** Calls write numbers as texts; of a list, how many elements it has is asked. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return `${value.length} elements`
  return typeof value === 'number' ? String(value) : value
}

/** The case, the seed it was drawn by, and the smallest request that gets the same wrong answer. */
async function described<Ground extends WithContext, Arranged>(
  { recipe, row, ground }: Attempt<Ground, Arranged>,
  one: RowCase,
  isRight: (answered: Exchange) => boolean,
): Promise<string> {
  const arranged = await recipe.arrange(ground, row.path.join('.'))
  const request = requestOf(recipe.valid(ground, arranged), one)
  const [wrapper = '', field = ''] = row.path
  const isWrapped = isObject(request) && Object.keys(request).length === 1 && wrapper in request
  const fields = isWrapped ? request[wrapper] : request
  const whole = (inner: unknown) => (isWrapped ? { [wrapper]: inner } : inner)
  const fails = async (inner: unknown) =>
    !isRight(await recipe.send(ground, arranged, whole(inner)))
  const { seed, id } = ground.context.session.run
  const fieldsKept = [isWrapped ? field : wrapper, ...namesIn(fields, id)]
  const least = isObject(fields) ? await smallest(fields, fieldsKept, fails) : fields
  return `The case: ${one.name}. The smallest request with which it fails: ${JSON.stringify(whole(least))}. Seed ${seed}.`
}

/** The fields by which an object is recognised as one of this run. */
function namesIn(fields: unknown, run: string): readonly string[] {
  const all = Object.entries(isObject(fields) ? fields : {})
  return all.filter(([, value]) => String(value).includes(`-${run}-`)).map(([name]) => name)
}

/** What is refused by some services, and converted or ignored by others. */
async function askReading<Ground extends WithContext, Arranged>(
  of: RowsOf<Ground, Arranged>,
  row: Row,
  ground: Ground,
): Promise<string> {
  const arranged = await of.recipe.arrange(ground, row.path.join('.'))
  const cases = await casesFor({ ...of, row, ground, arranged })
  const found: string[] = []
  for (const one of cases) {
    const attempt = {
      ...of,
      row,
      ground,
      arranged: await of.recipe.arrange(ground, row.path.join('.')),
    }
    const before = await of.recipe.survey(ground, attempt.arranged)
    const answered = await sendCase(attempt, one)
    if (one.follows === 'accepted') {
      assertControl(answered, `a valid ${row.path.at(-1)}`)
      continue
    }
    if (isRefused(answered)) {
      assertUnchanged(before, await of.recipe.survey(ground, attempt.arranged))
    }
    const is = { refused: isRefused(answered), coerced: isAccepted(answered) }
    found.push(readingOf(is, `${one.name} answered ${answered.status}.`))
  }
  return found.includes('coerced') ? 'coerced' : 'refused'
}
