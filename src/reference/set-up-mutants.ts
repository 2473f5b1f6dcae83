/**
 * Faults of the set-up operations, made from the rows of their pages: one row, one fault, and no rule of the
 * reference is looked at.
 */

import type { Document } from '../extract/schema/document.ts'
import {
  askableRows,
  askedConditions,
  isOpenCondition,
  type Exceptions,
  type RowCondition,
} from '../generate/asked-rows.ts'
import { fits, shownAt } from '../generate/fit.ts'
import { rowsIn, type Row } from '../generate/row.ts'
import { unseenReason } from '../generate/set-up-exceptions.ts'
import { plainKeywords } from '../generate/set-up-operations.ts'
import { performing, type Change, type Mutant } from './mutant.ts'
import type { Answer, Call, Refusal } from './rule.ts'
import { edited } from './rows.ts'

/** The rows of one operation, from which faults are made. */
export interface FaultyRows {
  readonly document: Document
  /** The key of its rules and effect: `POST /v2.0/lbaas/pools`, `CreateVServerGroup`. */
  readonly on: string
  readonly exceptions?: Exceptions
  readonly unseen?: Exceptions
}

/** One operation, as the faults need to know it. */
export interface Faulty extends FaultyRows {
  /** The effect that answers where an action is not known, for calls that name their operation themselves. */
  readonly onUnknown?: string
  /** Of a call, what the request table describes. */
  readonly requestOf: (call: Call) => unknown
  /** The same call with another request. */
  readonly withRequest: (call: Call, request: unknown) => Call
  readonly success: Answer
  readonly refusal: Refusal
}

/** All faults of the request and response tables of one operation. */
export function setUpMutants<Store>(of: Faulty): readonly Mutant<Store>[] {
  return [...requestMutants<Store>(of), ...responseMutants<Store>(of)]
}

function requestMutants<Store>(of: Faulty): readonly Mutant<Store>[] {
  return askableRows(of.document, of.exceptions)
    .filter(({ reason }) => reason === undefined)
    .flatMap(({ row }) => faultsOf<Store>(of, row))
}

/** What follows is a reading: refused or not, but answered. */
function isOpen(row: Row): boolean {
  if (row.keyword === 'type') return row.value === 'boolean'
  return row.keyword === 'x-conditions' && isOpenCondition(row)
}

function faultsOf<Store>(of: Faulty, row: Row): readonly Mutant<Store>[] {
  const breaks = row.id
  const named = (what: string) => `${nameOf(row)}-${what}`
  if (row.keyword === 'default') {
    const story = 'The default was changed, and the page was not.'
    const mutate = storing<Store>(of, row, (value) => (value === undefined ? other(row) : value))
    return [{ id: named('another'), breaks, story, mutate }]
  }
  const wrong = (request: unknown) => violates(row, request)
  if (isOpen(row)) {
    const crash = { status: 500, code: 'InternalError', message: 'Unknown error.' }
    const story = 'Nobody thought of such a value.'
    const mutate = refusingWhen<Store>({ ...of, refusal: crash }, wrong)
    return [{ id: named('crashes'), breaks, story, mutate }]
  }
  const all: Mutant<Store>[] = [
    {
      id: named('not-checked'),
      breaks,
      story: 'The row is in the documentation and not in the validation.',
      mutate: accepting(of, row, wrong),
    },
  ]
  const last = lastAccepted(row)
  if (last === undefined) return all
  return [
    ...all,
    {
      id: named('one-too-few'),
      breaks,
      story: 'The last value that the row allows is refused.',
      mutate: refusingWhen(of, (request) => last(valueIn(row, request))),
    },
    {
      id: named('stored-otherwise'),
      breaks,
      story: 'The column below is narrower, and the value is made to fit.',
      mutate: storing(of, row, (value) => (last(value) ? nearby(row, value) : value)),
    },
  ]
}

/** `create-pool-request-pool-name-max-length`. */
function nameOf({ id }: Row): string {
  return id.split('/').slice(1).join('-').replaceAll(/[._]/g, '-').toLowerCase()
}

function valueIn({ path }: Row, request: unknown): unknown {
  return shownAt(request, pathIn(path))[0]
}

/** What is JSON in a text has been read. */
function pathIn(path: readonly string[]): readonly string[] {
  return path.filter((name) => name !== 'content')
}

function violates(row: Row, request: unknown): boolean {
  const { keyword, value, path } = row
  if (keyword === 'x-conditions') {
    return askedConditions(row).some((condition) => breaksCondition(row, condition, request))
  }
  if (keyword === 'anyOf') return lacksAll(value, valueIn(row, request))
  if (keyword === 'mandatory') {
    const parents = shownAt(request, pathIn(path).slice(0, -1))
    const name = path.at(-1) ?? ''
    return parents.some((one) => isObject(one) && [undefined, null, ''].includes(one[name] as ''))
  }
  const shown = shownAt(request, pathIn(path)).filter((one) => one !== null)
  if (keyword === 'const') return shown.some((one) => one !== value && isLike(one, value))
  if (keyword === 'contentMediaType') return shown.some((one) => typeof one === 'string')
  if (keyword === 'maxItems') {
    return shown.some((one) => Array.isArray(one) && one.length > Number(value))
  }
  return shown.some((one) => !fits(row, asNumber(keyword, one)))
}

/** Numbers may be in quotes where a call is text. */
function asNumber(keyword: string, value: unknown): unknown {
  const isBound = keyword === 'minimum' || keyword === 'maximum'
  return isBound && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
}

/** Misspelt, and not another action. */
function isLike(one: unknown, value: unknown): boolean {
  const [short, long] = [String(one), String(value)].toSorted((a, b) => a.length - b.length)
  return String(long).startsWith(String(short)) && String(short).length > 3
}

function breaksCondition(row: Row, condition: RowCondition, request: unknown): boolean {
  const [where] = shownAt(request, condition.field)
  const value = valueIn(row, request)
  const isMet = condition.is.includes(String(where))
  if (condition.effect === 'valid-only') return value !== undefined && !isMet
  if (!isMet) return false
  if (condition.effect === 'invalid') return value !== undefined
  if (condition.effect === 'mandatory') return value === undefined
  const { minimum = -Infinity, maximum = Infinity } = condition
  return typeof value === 'number' && (value < minimum || value > maximum)
}

function lacksAll(value: unknown, object: unknown): boolean {
  const names = [value]
    .flat()
    .flatMap((one) => (isObject(one) ? (one['required'] as readonly string[]) : []))
  return isObject(object) && names.every((name) => object[name] === undefined)
}

/** Recognises the outermost value that a row allows; `undefined` for rows that allow no particular one. */
function lastAccepted({ keyword, value }: Row): ((sent: unknown) => boolean) | undefined {
  if (keyword === 'maxLength') return (sent) => String(sent).length === value
  if (keyword === 'minimum' || keyword === 'maximum')
    return (sent) => String(sent) === String(value)
  if (keyword !== 'enum') return undefined
  const [first] = value as readonly unknown[]
  return (sent) => sent === first
}

/** A value of the same type that is not the one that was sent. */
function nearby({ keyword, value }: Row, sent: unknown): unknown {
  if (keyword === 'maxLength') return String(sent).slice(0, -1)
  if (keyword === 'enum') return (value as readonly unknown[])[1] ?? sent
  const moved = Number(value) + (keyword === 'minimum' ? 1 : -1)
  return typeof sent === 'string' ? String(moved) : moved
}

/** Not the default. */
function other({ value, path }: Row): unknown {
  if (value === 'ecs') return 'eni'
  if (typeof value === 'boolean') return !value
  if (path.at(-1) === 'url_path') return '/other'
  return /^\d+$/.test(String(value)) ? Number(value) - 1 + 2 * Number(Number(value) < 2) : 'other'
}

/** No rule is asked of such a request; what can be made of it is made, unless it could not be found again. */
function accepting<Store>(
  of: Faulty,
  row: Row,
  when: (request: unknown) => boolean,
): Change<Store> {
  const isMeant = (call: Call) => when(of.requestOf(call))
  return (behaviour) => ({
    ...behaviour,
    rules: behaviour.rules.map((rule) => ({
      ...rule,
      refuse: (call: Call, store: Store) =>
        concernsAction(of, call) && isMeant(call) ? undefined : rule.refuse(call, store),
    })),
    effects: behaviour.effects.map((effect) => {
      if (effect.on !== of.on && effect.on !== of.onUnknown) return effect
      return {
        ...effect,
        perform: (call: Call, store: Store) => {
          if (!concernsAction(of, call) || !isMeant(call)) return effect.perform(call, store)
          if (effect.on === of.onUnknown || isLost(row)) return of.success
          return effect.perform(call, store)
        },
      }
    }),
  })
}

/** A call to this operation, or for calls that name it themselves, one that may be meant for it. */
function concernsAction({ on, document }: Faulty, { parameters, method, path }: Call): boolean {
  if (document.method !== null) {
    const [verb, place = ''] = on.split(' ')
    // oxlint-disable-next-line linear/expressions -- each part ends at a slash
    const pattern = new RegExp(`^${place.replaceAll(/:\w+/g, '[^/]+')}$`)
    return method === verb && pattern.test(path)
  }
  const { Action } = parameters
  return !Action || Action === on || isLike(Action, on)
}

/** Without a name, or beside what it belongs to, an object would be nobody's. */
function isLost({ path }: Row): boolean {
  const [, field] = path
  return path.length < 2 || field === 'name' || String(path.at(-1)).endsWith('_id')
}

function refusingWhen<Store>(of: Faulty, when: (request: unknown) => boolean): Change<Store> {
  return (behaviour) => ({
    ...behaviour,
    rules: [
      {
        keeps: 'nothing',
        on: of.on,
        refuse: (call: Call) => (when(of.requestOf(call)) ? of.refusal : undefined),
      },
      ...behaviour.rules,
    ],
  })
}

function storing<Store>(
  of: Faulty,
  { path }: Row,
  edit: (value: unknown) => unknown,
): Change<Store> {
  return performing(of.on, (call, _store, original) => {
    const request = put(of.requestOf(call), pathIn(path), edit)
    return original(of.withRequest(call, request))
  })
}

function put(
  request: unknown,
  [name, ...rest]: readonly string[],
  edit: (value: unknown) => unknown,
): unknown {
  if (name === undefined) return edit(request)
  if (name === 'items') {
    return Array.isArray(request) ? request.map((one: unknown) => put(one, rest, edit)) : request
  }
  return isObject(request) ? { ...request, [name]: put(request[name], rest, edit) } : request
}

/** One wrong value in the answer for each row of the response table; a field that is null stays so. */
function responseMutants<Store>(of: Faulty): readonly Mutant<Store>[] {
  const { document, unseen } = of
  const isSeen = ({ path }: Row) => unseenReason(path.join('.'), unseen) === undefined
  return rowsIn(document, 'response')
    .filter((row) => plainKeywords.includes(row.keyword) && isSeen(row))
    .map((row) => ({
      id: `${nameOf(row)}-wrong`,
      breaks: row.id,
      story: 'The serializer was written from memory.',
      mutate: performing<Store>(of.on, (call, _store, original) => {
        const answer = original(call)
        const edit = (value: unknown) => (value === null ? value : wrongValue(row, value))
        return { ...answer, body: edited(answer.body, row.path, edit) }
      }),
    }))
}

/** One of them is of another type than any row says. */
const ofEachType = [7, 'seven', ['seven'], { seven: 7 }]

function wrongValue(row: Row, shown: unknown): unknown {
  const { keyword, value } = row
  if (keyword === 'type') return ofEachType.find((one) => !fits(row, one))
  if (keyword === 'minimum') return Number(value) - 1
  if (keyword === 'maximum') return Number(value) + 1
  return typeof shown === 'boolean' ? !shown : `${String(shown)}_2`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
