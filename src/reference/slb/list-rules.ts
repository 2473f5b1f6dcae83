/** Functions that make rules for `BackendServers` lists. All of these rules accept a call without a list. */

import type { Refusal } from '../rule.ts'
import {
  mostServers,
  portOf,
  readList,
  serverIdOf,
  typeOf,
  weightOf,
  type Entry,
} from './backend-servers.ts'
import { referenceServers } from './given.ts'
import type { SlbRule } from './preconditions.ts'
import * as refusals from './refusals.ts'

/** Where a list is: the calls that have it, and the parameter. */
export interface ListPlace {
  readonly on: string | readonly string[]
  /** Without it, `BackendServers`. */
  readonly parameter?: string
}

/** The value is not the empty text. */
export function someText(keeps: string, { on, parameter = 'BackendServers' }: ListPlace): SlbRule {
  return {
    keeps,
    on,
    refuse: ({ parameters }) => (parameters[parameter] === '' ? refusals.listMalformed : undefined),
  }
}

/** The value is a list of objects. */
export function wellFormed(
  keeps: string,
  { on, parameter = 'BackendServers' }: ListPlace,
): SlbRule {
  return {
    keeps,
    on,
    refuse({ parameters }) {
      const text = parameters[parameter]
      return text === undefined || readList(text) ? undefined : refusals.listMalformed
    },
  }
}

/** The list is not empty. */
export function someServers(keeps: string, place: ListPlace): SlbRule {
  return listRule(keeps, place, (list) =>
    list.length === 0 ? refusals.invalid('BackendServers names no server.') : undefined,
  )
}

/** The list has at most twenty elements, whatever they name. */
export function notTooMany(keeps: string, place: ListPlace): SlbRule {
  return listRule(keeps, place, (list) =>
    list.length > mostServers ? refusals.tooManyServers : undefined,
  )
}

/** Every element names a server. */
export function everyServerId(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, hasServerId, refusals.invalid('A ServerId is empty.'))
}

/** Every element has a port from 1 to 65535. */
export function everyPort(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, hasPort, refusals.invalid('A Port is not in [1, 65535].'))
}

/** The same where ports are not needed. */
export function everyPortGiven(keeps: string, place: ListPlace): SlbRule {
  const otherwise = refusals.invalid('A Port is not in [1, 65535].')
  return everyEntry(keeps, place, (entry) => entry.port === undefined || hasPort(entry), otherwise)
}

/** Every weight in the list is valid. */
export function everyWeight(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, hasValidWeight, refusals.weightInvalid)
}

/** Every element has a weight. */
export function everyWeightGiven(keeps: string, place: ListPlace): SlbRule {
  const otherwise = refusals.invalid('A Weight is missing.')
  return everyEntry(keeps, place, ({ weight }) => weight !== undefined, otherwise)
}

/** Every type in the list is documented. */
export function everyType(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, hasType, refusals.invalid('The type is invalid.'))
}

/** Every type fits the id of its server: an interface must be added as `eni`. */
export function everyTypeFits(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, typeFitsId, refusals.invalid('The type is invalid.'))
}

/** Every description is a text of 1 to 80 characters. */
export function everyDescription(keeps: string, place: ListPlace): SlbRule {
  return everyEntry(keeps, place, isDescribed, refusals.invalid('A Description is not valid.'))
}

/** Every server exists and runs. */
export function everyServerRuns(keeps: string, place: ListPlace, otherwise: Refusal): SlbRule {
  return everyEntry(keeps, place, runs, otherwise)
}

function hasServerId(entry: Entry): boolean {
  return serverIdOf(entry) !== undefined
}

function hasPort(entry: Entry): boolean {
  return portOf(entry) !== undefined
}

function hasValidWeight(entry: Entry): boolean {
  return entry.weight === undefined || weightOf(entry) !== undefined
}

function hasType(entry: Entry): boolean {
  return typeOf(entry) !== undefined
}

function typeFitsId(entry: Entry): boolean {
  return serverIdOf(entry)?.startsWith('eni-') === (typeOf(entry) === 'eni')
}

function isDescribed({ description }: Entry): boolean {
  if (description === undefined) return true
  return typeof description === 'string' && /^.{1,80}$/su.test(description)
}

function runs(entry: Entry): boolean {
  return referenceServers.includes(serverIdOf(entry) ?? '')
}

function everyEntry(
  keeps: string,
  place: ListPlace,
  fits: (entry: Entry) => boolean,
  otherwise: Refusal,
): SlbRule {
  return listRule(keeps, place, (list) => (list.every(fits) ? undefined : otherwise))
}

function listRule(
  keeps: string,
  { on, parameter = 'BackendServers' }: ListPlace,
  say: (list: readonly Entry[]) => Refusal | undefined,
): SlbRule {
  return {
    keeps,
    on,
    refuse({ parameters }) {
      const list = readList(parameters[parameter] ?? '')
      return list && say(list)
    },
  }
}
