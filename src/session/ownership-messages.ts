/** Why the guard of ownership sends nothing, or fails a check: one sentence each. */

import { longestId } from '../dialects/objects.ts'

export function called(name: string | undefined): string {
  return name === undefined || name === '' ? 'without a name' : `called ${JSON.stringify(name)}`
}

export function foreign(key: string, name: string): string {
  return (
    `The answer to a creation named ${key}, and that is an object ${called(name)}, which this run did ` +
    'not make. Nothing is sent to it.'
  )
}

export function twice(key: string): string {
  return `The answer to a creation named ${key}, which is the id of another object of this run.`
}

export function lent(key: string): string {
  return `The answer to a creation named ${key}, which is the load balancer that is lent to this run.`
}

export function implausible(kind: string, id: string): string {
  return (
    `The answer to the creation of an object (${kind}) has the id ${JSON.stringify(id.slice(0, 200))}, ` +
    `which cannot be the id of an object: expected at most ${longestId} letters, digits and -._:~@+=, ` +
    'the first a letter or a digit. Nothing is sent to it.'
  )
}

export function unseen(key: string, why: string): string {
  return `Nothing is sent to ${key}, because no look shows that this run made it: ${why}.`
}

export function unlisted(key: string, why: string): string {
  return `Nothing is sent to ${key}, because ${why}, and it may be somebody else's.`
}

export function reused(key: string, name: string): string {
  return (
    `${key} was made by this run, and is now shown as ${called(name)}, ` +
    'which is not a name that this run gave it. Nothing more is sent to it.'
  )
}

/** It has an id that a check made up. */
export function existing(key: string, name: string | undefined): string {
  return `${key} exists, and is ${called(name)}, which this run did not make. Nothing was sent to it.`
}

/** Is this one of these sentences, or that about requests that name no object? */
export function isAboutOwnership(sentence = ''): boolean {
  return guarded.test(sentence)
}

const guarded =
  /^Nothing is sent to |^The answer to (?:a|the) creation |Nothing (?:is|was|more is) sent(?: to it)?\.$/

/** Others have put something into it, and many services would delete that as well. */
export function shared(key: string, stranger: string): string {
  return `${key} holds ${stranger}, which this run has not made, so it is not removed.`
}
