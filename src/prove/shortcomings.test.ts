import { expect, test } from 'vitest'
import type { RequirementResult, Results } from './proof.ts'
import { shortcomingsOf } from './shortcomings.ts'

const proved: Results = {
  references: [],
  variants: [],
  mutants: [],
  pairs: { seed: 1, tried: 0, caught: 0, rightReason: 0, incompatible: 0, missed: [] },
  requirements: [],
  idleChecks: [],
  checksWithoutMutant: [],
}

function requirement(id: string, source: string, asked = true): RequirementResult {
  const mutants = ['deletes-all']
  return { id, level: 'must', text: `${source} says so.`, source, asked, mutants, kills: mutants }
}

test.each([
  ['checks', true],
  ['requirements, one of them not observable,', false],
])('an id that two %s have is named with both sources', (_, asked) => {
  const first = requirement('elb/delete-pool/members-first', 'Constraints')
  const second = requirement('elb/delete-pool/members-first', 'Function', asked)
  const other = requirement('elb/delete-pool/gone', 'Response')
  expect(shortcomingsOf({ ...proved, requirements: [first, other, second] }, [])).toEqual([
    '2 requirements have the id elb/delete-pool/members-first: "Constraints says so." (Constraints) and ' +
      '"Function says so." (Function). Give each an id of its own.',
  ])
  expect(shortcomingsOf({ ...proved, requirements: [first, other] }, [])).toEqual([])
})
