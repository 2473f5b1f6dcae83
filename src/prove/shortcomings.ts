/** Why a proof fails, one sentence each: what happened, and what to correct. Pure. */

import { fingerprintOf } from '../report/fingerprint.ts'
import type { MisspeltMutant } from './misspelt-mutants.ts'
import type { LawfulResult, MutantResult, Results } from './proof.ts'

/** The least share of killed mutants that must be killed by the check of the requirement they break. */
export const leastRight = 0.98

/** Empty when everything is proved. */
export function shortcomingsOf(
  { references, variants, mutants, pairs, requirements, idleChecks }: Results,
  misspelt: readonly MisspeltMutant[],
): string[] {
  const known = new Set(requirements.filter(({ asked }) => asked).map(({ id }) => id))
  const spelt = mutants.filter(({ breaks }) => !misspelt.some((one) => one.breaks === breaks))
  return [
    ...duplicates(requirements),
    ...failuresOnLawful(references, variants),
    ...references.flatMap((one) => leftOn(one, 'the reference')),
    ...variants.flatMap((one) => leftOn(one, 'a lawful variant')),
    ...spelt.filter(({ killed }) => !killed).map((mutant) => survivor(mutant, known)),
    ...spelt.filter(isUnexplained).map(wrongReason),
    ...tooManyWrong(spelt),
    ...mutants.flatMap(({ dialect, id, breakdowns }) =>
      breakdowns.map(
        (one) => `A check ended in an error of its own on the ${dialect} mutant ${id}: ${one}`,
      ),
    ),
    ...misspelt.map(
      ({ id, breaks, nearest }) =>
        `The mutant ${id} breaks ${breaks}, which no requirement has. Did you mean ${nearest}?`,
    ),
    ...idleChecks
      .filter((id) => !misspelt.some(({ nearest }) => nearest === id))
      .map((id) => `The check ${id} found no mutant, so nothing shows that it can fail.`),
    ...pairs.missed.map(
      ({ dialect, mutants: [one = '', other = ''] }) =>
        `No check finds the ${dialect} mutants ${one} and ${other} in one server: one hides the other.`,
    ),
  ]
}

/** Whatever has the same id shares one result, so none of it is proved. */
function duplicates(requirements: Results['requirements']): string[] {
  return grouped(requirements, ({ id }) => id)
    .filter((alike) => alike.length > 1)
    .map((alike) => {
      const named = alike.map(({ text, source }) => `"${text}" (${source})`)
      return `${alike.length} requirements have the id ${alike[0].id}: ${named.join(' and ')}. Give each an id of its own.`
    })
}

/** Those with the same key together, in the order of the first of each. */
function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}

/**
 * One sentence for each failure of a check, however many servers it is the same on but for ids and times; references
 * come first.
 */
function failuresOnLawful(
  references: readonly LawfulResult[],
  variants: readonly LawfulResult[],
): string[] {
  const all = [
    ...references.map((one) => ({ ...one, what: 'the reference', noun: 'reference' })),
    ...variants.map((one) => ({ ...one, what: 'a lawful variant', noun: 'variant' })),
  ].flatMap(({ failures, ...server }) => failures.map((failure) => ({ ...server, ...failure })))
  const alike = grouped(all, ({ check, family, message }) =>
    JSON.stringify([family, fingerprintOf({ id: check, reason: message })]),
  )
  return alike.map(([first, ...others]) => {
    const { check, family, message, dialect, id, what } = first
    const how = family === 'unasked' ? 'could not be asked of' : 'fails on'
    const same = countsOf(others.map(({ noun }) => (noun === first.noun ? `other ${noun}` : noun)))
    return `${check} ${how} ${what} (${dialect} ${id})${same && `, the same on ${same}`}: ${message}`
  })
}

/** `1 other reference and 18 variants` */
function countsOf(nouns: readonly string[]): string {
  return grouped(nouns, (noun) => noun)
    .map((same) => `${same.length} ${same[0]}${same.length === 1 ? '' : 's'}`)
    .join(' and ')
}

function leftOn({ id, dialect, leftovers, held }: LawfulResult, what: string): string[] {
  const where = `${what} (${dialect} ${id})`
  const kinds = Object.entries(held).map(([kind, count]) => `${count} ${kind}`)
  return [
    ...leftovers.map((one) => `Something was left behind on ${where}: ${one}`),
    ...(kinds.length > 0 ? [`At the end ${where} still held ${kinds.join(', ')}.`] : []),
  ]
}

function survivor(
  { dialect, id, breaks, asked, message }: MutantResult,
  known: ReadonlySet<string>,
): string {
  const who = `The ${dialect} mutant ${id} survived`
  if (!known.has(breaks)) return `${who}: it breaks ${breaks}, for which there is no check.`
  const instead = message === undefined ? 'all of them passed' : `one did not pass: ${message}`
  return `${who} ${asked} checks, including ${breaks}, which should have failed; ${instead}.`
}

function isUnexplained({ killed, rightReason, explanation }: MutantResult): boolean {
  return killed && !rightReason && explanation === undefined
}

function wrongReason({ dialect, id, breaks, killers }: MutantResult): string {
  return (
    `The check ${breaks} does not find the ${dialect} mutant ${id}, which breaks its requirement; ` +
    `only ${killers.slice(0, 3).join(', ')} found it. Correct the check, or explain it in foundElsewhere.`
  )
}

function tooManyWrong(mutants: readonly MutantResult[]): string[] {
  const killed = mutants.filter((mutant) => mutant.killed)
  const right = killed.filter(({ rightReason }) => rightReason).length
  if (killed.length === 0 || right >= leastRight * killed.length) return []
  return [
    `${right} of ${killed.length} mutants were killed for the right reason: fewer than ${leastRight * 100} %.`,
  ]
}
