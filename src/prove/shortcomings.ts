/** Why a proof fails, one sentence each: what happened, and what to correct. Pure. */

import type { MisspeltMutant } from './misspelt-mutants.ts'
import type { LawfulResult, MutantResult, RequirementResult, Results } from './proof.ts'

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
    ...references.flatMap((one) => notKept(one, 'the reference')),
    ...variants.flatMap((one) => notKept(one, 'a lawful variant')),
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
  const byId = new Map<string, RequirementResult[]>()
  for (const one of requirements) byId.set(one.id, [...(byId.get(one.id) ?? []), one])
  return [...byId]
    .filter(([, alike]) => alike.length > 1)
    .map(([id, alike]) => {
      const named = alike.map(({ text, source }) => `"${text}" (${source})`)
      return `${alike.length} requirements have the id ${id}: ${named.join(' and ')}. Give each an id of its own.`
    })
}

function notKept({ id, dialect, failures, leftovers, held }: LawfulResult, what: string): string[] {
  const where = `${what} (${dialect} ${id})`
  const kinds = Object.entries(held).map(([kind, count]) => `${count} ${kind}`)
  return [
    ...failures.map(({ check, family, message }) =>
      family === 'unasked'
        ? `${check} could not be asked of ${where}: ${message}`
        : `${check} fails on ${where}: ${message}`,
    ),
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
