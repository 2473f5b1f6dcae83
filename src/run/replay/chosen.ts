/** What a run was limited to, as its report says it. */

import type { Suite } from '../../check/check.ts'
import { idsOf, select } from '../../check/select.ts'
import { UsageError } from '../../model.ts'
import type { Report } from '../../report/report.ts'

/**
 * What all shards of it together were to ask; `undefined` where that cannot be told.
 *
 * @param suites - All that this version asks for the selection of the report.
 */
export function chosenIn(
  { run, skipped = [], findings }: Report,
  suites: readonly Suite[],
): readonly Suite[] | undefined {
  const { only, levels, skip, budget } = run
  const known = new Set(idsOf(suites))
  if (findings.some(({ id }) => !known.has(id))) return undefined
  try {
    const limits = { only, ...(levels ? { levels } : {}), ...(skip ? { skip } : {}) }
    const left = new Set(budget === undefined ? [] : skipped)
    return select(suites, limits).suites.map((suite) => ({
      ...suite,
      entries: suite.entries.filter(({ requirement }) => !left.has(requirement.id)),
    }))
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}
