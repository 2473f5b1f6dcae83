/** Mutants that no check can find for the right reason, because no requirement has the id that they break. Pure. */

import { idsOf, nearestId } from '../check/select.ts'
import type { Suite } from '../check/check.ts'
import { operations } from '../model.ts'
import type { KnownServers, MutantInfo } from './known-servers.ts'
import { isSelected, operationOf } from './trial.ts'

export interface MisspeltMutant extends Pick<MutantInfo, 'id' | 'breaks'> {
  /** The id that was probably meant. */
  readonly nearest: string
}

/** Of what the proof is made. */
interface Asked {
  readonly suites: readonly Suite[]
  readonly knownServers: Pick<KnownServers, 'mutants' | 'setUpMutants'>
  readonly only: readonly string[]
}

/**
 * Those that are selected by what they break, or by what was probably meant.
 *
 * Of an operation without a suite here nothing can be known, unless there is no such operation at all.
 */
export function misspeltMutants({ suites, knownServers, only }: Asked): readonly MisspeltMutant[] {
  const ids = idsOf(suites)
  const known = new Set(ids)
  const here = new Set(suites.map(({ dialect, operation }) => `${dialect}/${operation}`))
  const elsewhere = new Set<string>(
    operations.map(({ dialect, operation }) => `${dialect}/${operation}`),
  )
  const isHere = ({ breaks }: MutantInfo) => here.has(operationOf(breaks))
  const meant = knownServers.mutants.filter(
    (mutant) => isHere(mutant) || !elsewhere.has(operationOf(mutant.breaks)),
  )
  return [...meant, ...knownServers.setUpMutants.filter((mutant) => isHere(mutant))]
    .filter(({ breaks }) => !known.has(breaks))
    .map(({ id, breaks }) => ({ id, breaks, nearest: nearestId(breaks, ids) }))
    .filter(({ breaks, nearest }) => isSelected(breaks, only) || isSelected(nearest, only))
}
