/** All faults of one removal: those that both can have, and its own. */

import type { Mutant } from '../../mutant.ts'
import type { Removal } from '../removal.ts'
import type { SlbStore } from '../store.ts'
import { answerMutants } from './either-removal/answer.mutants.ts'
import { companyMutants } from './either-removal/company.mutants.ts'
import { gatewayMutants } from './either-removal/gateway.mutants.ts'
import { listMutants } from './either-removal/list.mutants.ts'
import { readingMutants } from './either-removal/reading.mutants.ts'
import { refusalWithEffectMutants } from './either-removal/refusals-with-effects.mutants.ts'
import { removalMutants } from './either-removal/removal.mutants.ts'
import { rowMutants } from './either-removal/rows.mutants.ts'
import { trafficMutants } from './either-removal/traffic.mutants.ts'

/** @param own - The faults that only this removal can have. They stand before what is made from rows and rules. */
export function eitherRemovalMutants(
  of: Removal,
  own: readonly Mutant<SlbStore>[],
): readonly Mutant<SlbStore>[] {
  return [
    ...removalMutants(of),
    ...listMutants(of),
    ...answerMutants(of),
    ...gatewayMutants(of),
    ...readingMutants(of),
    ...companyMutants(of),
    ...own,
    ...rowMutants(of),
    ...refusalWithEffectMutants(of),
    ...trafficMutants(of),
  ]
}
