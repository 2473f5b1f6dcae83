/** Which checks that did not pass on a lawful server are wrong. */

import { selects } from '../check/select.ts'
import type { VariantInfo } from './known-servers.ts'
import type { NotPassed, TrialResult } from './trial.ts'

/** All but those that cannot be asked of this variant, as it says itself. */
export function failuresOn(
  { unasked = [] }: Pick<VariantInfo, 'unasked'>,
  { notPassed }: Pick<TrialResult, 'notPassed'>,
): readonly NotPassed[] {
  return notPassed.filter(
    ({ family, check }) =>
      family !== 'unasked' || !unasked.some((prefix) => selects(prefix, check)),
  )
}
