/** Faults in the request and the answer of a DELETE: the same for each operation that deletes. */

import { refusing, type Mutant } from '../../mutant.ts'
import { answering } from '../changes.ts'
import { badRequest } from '../refusals.ts'
import type { ElbStore } from '../store.ts'

/** @param prefix - Of the ids of the mutants. */
export function deletionMutants(
  name: string,
  on: string,
  prefix: string,
): readonly Mutant<ElbStore>[] {
  return [
    {
      id: `${prefix}-wants-a-body`,
      breaks: `elb/${name}/no-request-body`,
      story: 'The JSON parser runs for every method.',
      mutate: refusing(on, ({ text }) =>
        text === '' ? badRequest('The body is not JSON.') : undefined,
      ),
    },
    {
      id: `${prefix}-answers-200`,
      breaks: `elb/${name}/status-204`,
      story: 'The default status of the framework.',
      mutate: answering(on, 200),
    },
    {
      id: `${prefix}-answers-202`,
      breaks: `elb/${name}/status-204`,
      story: 'Done at once, but answered as if it were queued.',
      mutate: answering(on, 202),
    },
  ]
}
